import { describe, expect, it } from 'vitest';
import type { Incident } from './journal.ts';
import { simulated } from './testing/model.ts';

const HEARTBEAT = 'detection: { method: heartbeat, interval: 1s, missed: 3 }';
const PHI = 'detection: { method: phi-accrual, interval: 1s }';

/**
 * A run of ten minutes, or of so many requests by a caller that always waits for the answer before it
 * asks the group again.
 */
function run(group: string, faults: string, { requests = 0, seed = 1 } = {}) {
  const load = `load: { requests: ${requests}, callers: 1, services: [client] }`;
  const { first, replications } = simulated(
    `
redundancy: { db: { minHealthy: 1, ${group} } }
services: { client: { latency: 0s, calls: [{ to: db }] } }
scenarios: { test: { faults: [${faults}], ${requests > 0 ? load : ''} } }
simulation: { duration: 10m, replications: 1 }
`,
    { scenario: 'test', seed },
  );
  const [summary] = replications;
  if (!summary) throw new Error('no replication');
  const { incidents, world } = first;
  const db = world.group('db');
  const statesOf = (id: string) =>
    db.member(id).states.entries.map(({ atMs, state }) => [atMs, state] as const);
  return { ...summary, db, detected: db.detected, incidents, statesOf, world };
}

/** The first incident of a kind. */
function find<Kind extends Incident['kind']>(incidents: readonly Incident[], kind: Kind) {
  const found = incidents.find(
    (incident): incident is Extract<Incident, { kind: Kind }> => incident.kind === kind,
  );
  if (!found) throw new Error(`no ${kind} among ${incidents.map((incident) => incident.kind)}`);
  return found;
}

describe.each([1, 2, 3, 4, 5])('a failure that nobody knows of yet, seed %i', (seed) => {
  it('costs the requests that go to the member until three heartbeats are missing', () => {
    // Requests take turns: 100 ms at one member, then 100 ms at the other.
    const { detected, failures, incidents } = run(
      `active: [a, b], latency: 100ms, ${HEARTBEAT}`,
      '{ at: 60.05s, fail: a, for: 1m }',
      { seed, requests: 2000 },
    );
    const { afterMs, atMs, component } = find(incidents, 'detected');
    expect([component, atMs]).toEqual(['a', 60_050 + afterMs]);
    // The last heartbeat was up to an interval ago, and the third to be missed is half of one late.
    expect(afterMs).toBeGreaterThan(2500);
    expect(afterMs).toBeLessThanOrEqual(3500);
    // After each answer of b the next request is refused by a, and at once another asks b.
    expect(detected.refused).toBe(Math.floor(afterMs / 100));
    expect(detected).toMatchObject({ found: 1, slowestMs: afterMs, mistakes: 0 });
    // And one was under way at a when it failed.
    expect(failures.unavailable).toBe(1 + detected.refused);
  });

  it('promotes nobody until it is found out', () => {
    const { groups, incidents, statesOf } = run(
      `active: [a], standby: [b], activation: 2s, latency: 100ms, ${HEARTBEAT}`,
      '{ at: 60.05s, fail: a, for: 1m }',
      { seed },
    );
    const { atMs } = find(incidents, 'detected');
    expect(find(incidents, 'promotion')).toMatchObject({ atMs, component: 'b' });
    expect(statesOf('b').slice(0, 3)).toEqual([
      [0, 'standby'],
      [atMs, 'activating'],
      [atMs + 2000, 'active'],
    ]);
    expect(statesOf('a').slice(0, 3)).toEqual([
      [0, 'active'],
      [60_050, 'failed'],
      [atMs, 'recovering'],
    ]);
    // Down from the failure on, not from when it was found out.
    expect(groups.get('db')?.longestOutageMs).toBe(atMs + 2000 - 60_050);
    expect(groups.get('db')?.lowestServing).toBe(0);
  });

  it('starts the recovery when it is found out, but the member is down from its failure on', () => {
    const { incidents } = run(
      `active: [a], ${HEARTBEAT}, recovery: { time: 5s, successRate: 100% }`,
      '{ at: 1m, fail: a }',
      { seed },
    );
    const { afterMs } = find(incidents, 'detected');
    expect(find(incidents, 'recovery').downMs).toBeCloseTo(afterMs + 5000, 6);
  });
});

it('is not put off by heartbeats that were under way when their sender crashed', () => {
  const group = `active: [a, b], latency: 2s, ${HEARTBEAT}`;
  const { incidents } = run(group, '{ at: 1m, fail: a, for: 1m }');
  expect(find(incidents, 'detected').afterMs).toBeLessThanOrEqual(3500);
});

it('a failure right after a recovery is found out as well, before the first heartbeat', () => {
  const group = `active: [a, b], latency: 10ms, ${HEARTBEAT}`;
  const faults = '{ at: 10s, fail: a, for: 20s }, { at: 30.001s, fail: a, for: 20s }';
  const { detected, incidents } = run(group, faults);
  expect(detected).toMatchObject({ found: 2, unnoticed: 0 });
  // Who has just come back counts as heard.
  expect(incidents.findLast(({ kind }) => kind === 'detected')?.atMs).toBeCloseTo(33_500, 6);
});

describe('a member that was repaired before anybody knew that it was down', () => {
  const group = `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}`;

  it('goes on where it was', () => {
    const { detected, incidents, statesOf } = run(group, '{ at: 10s, fail: a, for: 2s }');
    expect(incidents.map(({ kind }) => kind)).toEqual(['failure', 'recovery']);
    expect(detected).toMatchObject({ found: 0, unnoticed: 1 });
    expect(statesOf('a')).toEqual([
      [0, 'active'],
      [10_000, 'failed'],
      [12_000, 'active'],
    ]);
  });

  it('is down until the later of two repairs', () => {
    const faults = '{ at: 10s, fail: a, for: 1s }, { at: 10.5s, fail: a, for: 1.5s }';
    expect(run(group, faults).statesOf('a').at(-1)).toEqual([12_000, 'active']);
    const shorter = '{ at: 10s, fail: a, for: 2s }, { at: 10.5s, fail: a, for: 0.5s }';
    expect(run(group, shorter).statesOf('a').at(-1)).toEqual([12_000, 'active']);
  });

  it('is left to the policy when that decides about its second failure', () => {
    const faults = '{ at: 10s, fail: a, for: 1s }, { at: 10.5s, fail: a }';
    const { incidents } = run(`${group}, recovery: { successRate: 100% }`, faults);
    const { atMs } = find(incidents, 'detected');
    expect(find(incidents, 'recovery')).toMatchObject({
      atMs: atMs + 5000,
      method: 'recovery_policy',
    });
  });

  it('begins its activation again', () => {
    const { statesOf } = run(
      `active: [a], standby: [b], activation: 5s, latency: 10ms, ${HEARTBEAT}`,
      '{ at: 10s, fail: a, for: 5m }, { at: 16s, fail: b, for: 1s }',
    );
    const states = statesOf('b');
    const [, [promotedMs] = [0]] = states;
    expect(promotedMs).toBeGreaterThan(12_000);
    expect(states.slice(2)).toEqual([
      [16_000, 'failed'],
      [17_000, 'activating'],
      [22_000, 'active'],
    ]);
  });
});

describe('a group that is gone as a whole', () => {
  it('promotes a standby that is down too, as long as nobody knows', () => {
    const { db, groups, incidents } = run(
      `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}`,
      '{ at: 10s, fail: db, for: 20s }',
    );
    const found = incidents.filter(({ kind }) => kind === 'detected');
    expect(found).toHaveLength(2);
    expect(incidents.filter(({ kind }) => kind === 'recovery')).toHaveLength(2);
    expect(groups.get('db')?.isUpAtTheEnd).toBe(true);
    expect(db.machine.actives.length + db.machine.standbys.length).toBe(2);
  });
});

describe('a member whose heartbeats are late', () => {
  const slow = (latency: string) => `{ at: 20s, degrade: a, latency: ${latency}, for: 1m }`;

  it('is taken for failed though it is up, and joins the pool when they come again', () => {
    const { db, detected, incidents, statesOf } = run(
      `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}`,
      slow('10s'),
    );
    const mistakenMs = find(incidents, 'mistaken').atMs;
    expect(mistakenMs).toBeGreaterThan(22_500);
    expect(mistakenMs).toBeLessThanOrEqual(23_510);
    expect(find(incidents, 'promotion')).toMatchObject({ atMs: mistakenMs, component: 'b' });
    // An attempt to recover it finds that it is up, before the first late heartbeat says so.
    expect(find(incidents, 'trusted')).toMatchObject({ atMs: mistakenMs + 5000, component: 'a' });
    expect(detected).toMatchObject({ found: 0, mistakes: 1 });
    expect(incidents.map(({ kind }) => kind)).not.toContain('failure');
    expect(statesOf('a')).toEqual([
      [0, 'active'],
      [20_000, 'degraded'],
      [80_000, 'standby'],
    ]);
    expect(db.machine.actives).toEqual(['b']);
  });

  it('loses what was not copied yet, as if it had failed', () => {
    const replication = 'replication: { mode: async, lag: 80ms }';
    const { groups } = run(
      `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}, ${replication}`,
      slow('10s'),
    );
    expect(groups.get('db')?.lostWritesMs).toBe(80);
  });

  it('comes back by a heartbeat before its recovery is over', () => {
    const { incidents } = run(
      `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}, recovery: { time: 30s }`,
      slow('10s'),
    );
    const trustedMs = find(incidents, 'trusted').atMs;
    expect(trustedMs).toBeGreaterThan(30_000);
    expect(trustedMs).toBeLessThanOrEqual(31_010);
    expect(incidents.filter(({ kind }) => kind === 'trusted')).toHaveLength(1);
  });

  it('needs its recovery when it really fails in between', () => {
    const { incidents } = run(
      `active: [a], standby: [b], latency: 10ms, ${HEARTBEAT}, recovery: { time: 10s, maxTime: 10s, successRate: 100% }`,
      `${slow('20s')}, { at: 25s, fail: a }`,
    );
    const mistakenMs = find(incidents, 'mistaken').atMs;
    expect(find(incidents, 'recovery')).toMatchObject({ atMs: mistakenMs + 10_000 });
    expect(incidents.map(({ kind }) => kind)).not.toContain('detected');
  });

  it('is given no new work while phi accrual finds it weakening, and is trusted again', () => {
    const { detected, incidents, world } = run(
      `active: [a, b], latency: 10ms, ${PHI}`,
      slow('600ms'),
    );
    const weakening = find(incidents, 'weakening');
    // Heartbeats come every second, and are taken to spread by a tenth of it.
    expect(weakening.atMs).toBeGreaterThan(20_300);
    expect(weakening.atMs).toBeLessThan(21_400);
    const trusted = find(incidents, 'trusted');
    expect(trusted.atMs - weakening.atMs).toBeGreaterThan(200);
    expect(trusted.atMs - weakening.atMs).toBeLessThan(400);
    expect(detected).toMatchObject({ found: 0, mistakes: 0, refused: 0 });
    expect(detected.weakenings).toBe(1);
    expect(world.group('db').promotions).toBe(0);
  });

  it('is not found to weaken by counting heartbeats', () => {
    const { incidents } = run(`active: [a, b], latency: 10ms, ${HEARTBEAT}`, slow('600ms'), {
      requests: 3000,
    });
    expect(incidents.map(({ kind }) => kind)).toEqual(['degradation', 'degradation-end']);
  });

  it('takes no new work before it fails, when it weakens first', () => {
    const refused = (detection: string) =>
      run(
        `active: [a, b], latency: 10ms, ${detection}`,
        '{ at: 20s, degrade: a, latency: 5s, for: 10s }, { at: 22s, fail: a, for: 1m }',
        { requests: 3000 },
      ).detected.refused;
    expect(refused(PHI)).toBe(0);
    expect(refused(HEARTBEAT)).toBeGreaterThan(0);
  });
});

describe('a detector', () => {
  it.each([HEARTBEAT, PHI])('suspects nobody in an hour without faults: %s', (detection) => {
    const { incidents } = simulated(`
redundancy:
  db: { minHealthy: 1, active: [a, b], standby: [c], latency: { p50: 10ms, p99: 80ms }, ${detection} }
simulation: { duration: 1h, replications: 1 }
`).first;
    expect(incidents).toEqual([]);
  });

  it.each(['heartbeat', 'phi-accrual, weakeningPhi: 0.5'])(
    'is looked at when a change is expected, and not otherwise: %s',
    (method) => {
      const { world } = simulated(`
redundancy:
  db:
    minHealthy: 1
    active: [a]
    latency: { min: 0s, max: 200ms }
    detection: { interval: 1s, method: ${method} }
simulation: { duration: 10000s, replications: 1 }
`).first;
      const { weakenings } = world.group('db').detected;
      if (method !== 'heartbeat') expect(weakenings).toBeGreaterThan(1000);
      // Each of the ten thousand heartbeats is sent and arrives, and puts off what was expected; each
      // time that the member weakens, its failure is expected as well.
      expect(world.engine.events).toBeLessThan(3 * 10_000 + 2 * weakenings + 100);
    },
  );

  it('does not wait for heartbeats of a cold standby, which is off', () => {
    const { incidents, statesOf } = run(
      `active: [a], standby: [b], standbyMode: cold, activation: 20s, latency: 10ms, ${HEARTBEAT}`,
      '{ at: 1m, fail: a, for: 1m }',
    );
    expect(incidents.map(({ kind }) => kind)).toEqual([
      'failure',
      'detected',
      'promotion',
      'recovery',
    ]);
    const { atMs } = find(incidents, 'promotion');
    expect(statesOf('b')).toEqual([
      [0, 'standby'],
      [atMs, 'activating'],
      [atMs + 20_000, 'active'],
    ]);
  });

  it('finds out about a cold standby that failed while it was off only after its promotion', () => {
    const { incidents } = run(
      `active: [a], standby: [b], standbyMode: cold, activation: 1s, latency: 10ms, ${HEARTBEAT}`,
      '{ at: 10s, fail: b, for: 5m }, { at: 1m, fail: a, for: 5m }',
    );
    const { atMs } = find(incidents, 'promotion');
    const [, ofStandby] = incidents.filter((incident) => incident.kind === 'detected');
    expect(ofStandby).toMatchObject({ component: 'b', atMs: atMs + 3500 });
  });
});

it('a balancer that looks at the load prefers who refuses all, as long as nobody knows', () => {
  const failing = (strategy: string) => {
    const { first } = simulated(
      `
redundancy:
  db: { minHealthy: 1, active: [a, b, c], loadBalancing: ${strategy}, latency: 200ms, ${HEARTBEAT} }
services: { web: { traffic: { rate: 100/s }, calls: [{ to: db }] } }
scenarios: { test: { faults: [{ at: 20s, fail: a, for: 20s }] } }
simulation: { duration: 1m, replications: 1 }
`,
      { scenario: 'test' },
    );
    const { incidents, world } = first;
    const sent = (find(incidents, 'detected').afterMs / 1000) * 100;
    return world.group('db').detected.refused / sent;
  };
  expect(failing('round-robin')).toBeCloseTo(1 / 3, 1);
  expect(failing('random')).toBeCloseTo(1 / 3, 1);
  // Nothing is ever in progress there.
  expect(failing('least-loaded')).toBeGreaterThan(0.9);
  expect(failing('power-of-two')).toBeCloseTo(2 / 3, 1);
});
