import { describe, expect, it, test } from 'vitest';
import type { Incident } from './journal.ts';
import { noFailures } from './outcome.ts';
import { oneCaller, simulated } from './testing/model.ts';

interface Setup {
  readonly group: string;
  /** Options of the call to the group; none where the client calls something else. */
  readonly call?: string;
  readonly faults?: string;
  readonly requests?: number;
}

/** One caller that asks for one thing after the other, each taking 10 ms. */
function run({ group, call = 'to: db', faults = '', requests = 2000 }: Setup) {
  const { first, replications } = simulated(
    `
redundancy:
  db: { latency: 10ms, ${group.includes('minHealthy') ? group : `minHealthy: 1, ${group}`} }
  other: { minHealthy: 1, active: [x], latency: 0s }
services: { client: { latency: 0s, calls: [{ ${call} }] } }
${oneCaller(requests, faults)}`,
    { scenario: 'load' },
  );
  const [summary] = replications;
  const { incidents, world } = first;
  const db = world.group('db');
  const { database } = db;
  if (!summary || !database) throw new Error('nothing to look at');
  return { ...summary, database, db, counts: database.counts, told: tell(incidents), world };
}

/** `kind component at seconds` of each incident. */
function tell(incidents: readonly Incident[]): string[] {
  return incidents.map(
    (incident) => `${incident.kind} ${nameOf(incident)} ${incident.atMs / 1000}`,
  );
}

function nameOf(incident: Incident): string {
  if ('component' in incident) return incident.component;
  return 'target' in incident ? incident.target : incident.fault.kind;
}

const fail = (id: string, from: string, until: string) =>
  `{ at: ${from}, fail: ${id}, for: ${until} }`;
const WAIT = 'failover: { wait: 1s }';
/** Of which only calls can find out in time that somebody is down. */
const SLOW_DETECTION = 'detection: { interval: 1h }';

describe('an operation on a database', () => {
  it('writes to the first healthy active, and reads from all of them', () => {
    const arrivals = (operation: string) =>
      run({
        group: `active: [a, b], ${WAIT}`,
        call: `to: db, operation: ${operation}`,
      }).db.members.map((member) => member.arrivals);
    expect(arrivals('write')).toEqual([2000, 0]);
    expect(arrivals('read')).toEqual([1000, 1000]);
  });

  it('is tried elsewhere when a member refuses it, which fails the member over', () => {
    const { counts, failures, told } = run({
      group: `active: [a], standby: [b], ${WAIT}, ${SLOW_DETECTION}`,
      faults: fail('a', '5.005s', '10s'),
    });
    // What was under way at a breaks off, which tells that a is gone, and is tried again at b.
    expect(told).toEqual([
      'failure a 5.005',
      'detected a 5.005',
      'promotion b 5.005',
      'recovery a 15.005',
    ]);
    expect(failures).toEqual(noFailures());
    expect(counts).toEqual({ degraded: 0, restored: 0, retries: 1 });
  });

  it('is tried elsewhere when a member does not answer in time, which fails it over though it is up', () => {
    const { counts, failures, told } = run({
      group: `active: [a], standby: [b], ${WAIT}`,
      call: 'to: db, timeout: 100ms',
      faults: '{ at: 5.005s, degrade: a, latency: 5s, for: 20s }',
      requests: 1000,
    });
    expect(failures).toEqual(noFailures());
    expect(counts.retries).toBe(1);
    // The request that began at 5.01 s is the first to be slow. The attempt to recover a, 5 s later,
    // finds it up.
    expect(told).toEqual([
      'degradation a 5.005',
      'mistaken a 5.11',
      'promotion b 5.11',
      'trusted a 10.11',
      'degradation-end a 25.005',
    ]);
  });

  it('is tried three times, 2 s and 4 s apart, and then has failed', () => {
    const given = (until: string) => {
      const { failures, world } = run({
        group: 'active: [a], failover: { wait: 2s }',
        faults: fail('a', '0s', until),
        requests: 1,
      });
      const { latency } = world.station('client').statistics;
      return { unavailable: failures.unavailable, ms: latency.percentile(0.5) };
    };
    expect(given('7s').unavailable).toBe(1);
    const answer = given('5s');
    expect(answer.unavailable).toBe(0);
    // The last of its tries, at 0 s, 2 s and 6 s, finds a well. The histogram is right to 2 %.
    expect(answer.ms / 6010).toBeCloseTo(1, 1);
  });

  it.each(['read', 'write'])(
    'waits for a standby until that serves, or fails when this takes too long: a %s',
    (operation) => {
      const unavailable = (wait: string) =>
        run({
          group: `active: [a], standby: [b], activation: 5s, failover: { wait: ${wait} }`,
          call: `to: db, operation: ${operation}`,
          faults: fail('a', '5.005s', '1m'),
        }).failures.unavailable;
      // Tries at once, after 2 s and after 6 s; or after 0.5 s and 1.5 s.
      expect(unavailable('2s')).toBe(0);
      expect(unavailable('500ms')).toBeGreaterThan(0);
    },
  );

  it("says nothing of a member to which it never got, for want of the caller's own slot", () => {
    const { incidents } = simulated(
      `
redundancy: { db: { minHealthy: 1, active: [a], ${WAIT} } }
bulkheads: { p: { size: 1, queue: 100, maxWait: 1h } }
services:
  client:
    calls:
      - to: db
        bulkhead: p
        timeout: 100ms
        order: [fallback, cache, deadline, retry, hedge, rateLimiter, concurrencyLimit,
          circuitBreaker, connectionPool, timeout, bulkhead]
  hog: { calls: [{ to: slow, bulkhead: p }] }
  slow: { latency: 1h }
scenarios:
  load: { load: { requests: 20, callers: 20, services: [client, hog] } }
simulation: { duration: 1m, replications: 1 }
`,
      { scenario: 'load' },
    ).first;
    expect(incidents).toEqual([]);
  });

  it('that must not be repeated is tried again only if it never reached a member', () => {
    const given = (group: string, faults: string) =>
      run({ group, faults, call: 'to: db, operation: write, idempotent: false' });
    const erring = '{ at: 5s, degrade: a, errorRate: 100%, for: 1s }';
    expect(given(`active: [a, b], ${WAIT}`, erring).failures.error).toBe(1);
    const refusing = `{ at: 5s, degrade: b, latency: 1ms, for: 1s }, ${fail('a', '0s', '1s')}`;
    const { counts, failures } = given(
      `active: [a], standby: [b], ${WAIT}, ${SLOW_DETECTION}`,
      refusing,
    );
    expect(failures).toEqual(noFailures());
    expect(counts.retries).toBe(1);
  });

  it('is not tried again when its deadline would come before', () => {
    const { counts, failures } = run({
      group: `active: [a], standby: [b], ${WAIT}, ${SLOW_DETECTION}`,
      call: 'to: db, deadline: 1s',
      faults: fail('a', '5.005s', '10s'),
    });
    expect(counts.retries).toBe(0);
    expect(failures).toEqual({ ...noFailures(), unavailable: 1 });
  });

  it('needs its quorum', () => {
    const quorum = 'replication: { mode: quorum, write: 2, read: 1 }';
    const given = (operation: string) =>
      run({
        group: `active: [a, b, c], ${quorum}, failover: { attempts: 1 }`,
        call: `to: db, operation: ${operation}`,
        faults: `${fail('a', '5s', '5s')}, ${fail('b', '5s', '5s')}`,
      }).failures;
    expect(given('write')['no-quorum']).toBeGreaterThan(0);
    expect(given('read')['no-quorum']).toBe(0);
  });

  it('is a write that a failover may lose', () => {
    const { groups } = run({
      group: `active: [a], standby: [b], replication: { lag: 50ms }, ${WAIT}`,
      call: 'to: db, operation: write',
      faults: fail('a', '5.005s', '5s'),
    });
    const { lostWrites, lostWritesMs } = groups.get('db') ?? {};
    expect(lostWritesMs).toBe(50);
    expect(lostWrites).toBeGreaterThanOrEqual(4);
    expect(lostWrites).toBeLessThanOrEqual(6);
  });

  it('goes through the database when it stands in for a failed call, too', () => {
    const { counts, degraded } = run({
      group: `active: [a], standby: [b], ${WAIT}, ${SLOW_DETECTION}`,
      call: 'to: other, fallback: { call: db, timeout: 1s }',
      faults: `${fail('x', '0s', '10m')}, ${fail('a', '5.005s', '10s')}`,
    });
    expect(counts.retries).toBe(1);
    expect(degraded).toBe(2000);
  });

  it('does not keep its member when another group stands in for it', () => {
    const { degraded, failures, world } = run({
      group: 'active: [a], failover: { attempts: 1 }',
      call: 'to: db, fallback: { call: other }',
      faults: fail('a', '5.005s', '10m'),
    });
    expect(failures).toEqual(noFailures());
    expect(degraded).toBeGreaterThan(0);
    expect(world.group('other').member('x').arrivals).toBe(degraded);
  });
});

describe('a member that failed a call', () => {
  const erring = '{ at: 5s, degrade: a, errorRate: 100%, for: 15s }';

  it('gets no new work until it passes a health check', () => {
    const { counts, db, failures, groups, told } = run({
      group:
        'active: [a, b, { id: c, weight: 1000 }], loadBalancing: weighted, ' +
        'failover: { wait: 1s, healthCheck: 10s }',
      call: 'to: db, operation: write',
      faults: erring,
      requests: 4000,
    });
    expect(failures).toEqual(noFailures());
    expect(counts).toEqual({ degraded: 1, restored: 1, retries: 1 });
    // The first check, after 10 s, still fails.
    expect(told).toEqual([
      'degradation a 5',
      'distrusted a 5',
      'degradation-end a 20',
      'trusted a 25',
    ]);
    expect(groups.get('db')).toMatchObject({ promotions: 0, lowestServing: 2 });
    // Every write goes to the first one that is healthy, those that are tried again as well.
    expect(db.member('c').arrivals).toBe(0);
  });

  it('gets work again when enough calls that were under way go well', () => {
    const { first } = simulated(
      `
redundancy:
  db:
    minHealthy: 1
    active: [a]
    latency: 500ms
    errorRate: 1%
    failover: { healthCheck: 1h, restoreAfter: 3 }
services: { client: { traffic: { rate: 100/s }, calls: [{ to: db }] } }
scenarios: { test: {} }
simulation: { duration: 1m, replications: 1 }
`,
      { scenario: 'test' },
    );
    const { degraded = 0, restored } = first.world.group('db').database?.counts ?? {};
    expect(degraded).toBeGreaterThan(10);
    expect(restored).toBe(degraded);
  });

  it('has failed when the health check finds nobody there', () => {
    const { told } = run({
      group: `active: [a, b], failover: { wait: 1s, healthCheck: 10s }, ${SLOW_DETECTION}`,
      call: 'to: db, operation: write',
      faults: `${erring}, ${fail('a', '12s', '1m')}`,
      requests: 4000,
    });
    expect(told).toContain('detected a 15');
  });
});

describe('what is past counts for nothing:', () => {
  it('a member that was repaired comes back by itself when calls take it for failed later', () => {
    const { told } = run({
      group: `active: [a], standby: [b], ${WAIT}`,
      call: 'to: db, timeout: 100ms',
      // By 5 s b has taken over, and a waits; by 9 s it is the other way round.
      faults: `${fail('a', '2s', '1s')}, ${fail('b', '6s', '1s')}, { at: 9.005s, degrade: a, latency: 5s, for: 1s }`,
    });
    const [mistakenMs, trustedMs] = ['mistaken', 'trusted'].map((kind) => {
      return Number(told.find((line) => line.startsWith(kind))?.split(' ')[2]) * 1000;
    });
    expect(trustedMs).toBeCloseTo((mistakenMs ?? 0) + 5000, 6);
  });

  it.each([
    { latency: '600ms', what: 'weakened' },
    { latency: '30s', what: 'weakened and been taken for failed' },
  ])('a member that has $what is checked like any other when it errs', ({ latency, what }) => {
    const { told } = run({
      group: `active: [a, b], minHealthy: 2, detection: { method: phi-accrual }, failover: { wait: 1s, healthCheck: 10s }`,
      faults: `{ at: 10s, degrade: a, latency: ${latency}, for: 5s }, { at: 100s, degrade: a, errorRate: 100%, for: 5s }`,
      requests: 20_000,
    });
    const kinds = new Set(told.map((line) => line.split(' ')[0]));
    expect(kinds).toContain('weakening');
    expect(kinds.has('mistaken')).toBe(what.includes('failed'));
    expect(told.filter((line) => line.startsWith('distrusted'))).toHaveLength(1);
    expect(told.slice(-4)).toEqual([
      'degradation a 100',
      expect.stringMatching(/^distrusted a 100/),
      'degradation-end a 105',
      expect.stringMatching(/^trusted a 110/),
    ]);
  });
});

describe('a health check', () => {
  /** A database in which four reads are under way at `a`, of which one fails and the others do not. */
  function distrusted() {
    const { world } = simulated(`
redundancy:
  db:
    minHealthy: 1
    active: [a]
    failover: { healthCheck: 10s, restoreAfter: 3 }
    detection: { method: phi-accrual, interval: 1h }
simulation: { duration: 1s, replications: 1 }
`).first;
    const { engine } = world;
    const db = world.group('db');
    const { database } = db;
    if (!database) throw new Error('no database');
    const failAndRestore = (restore: boolean) => {
      const calls = Array.from({ length: 4 }, () => database.call('read'));
      for (const call of calls) database.begin(call, 1e9);
      for (const [index, call] of calls.entries()) {
        if (index === 0) database.failed(call, 'other', 1e9);
        else if (restore) database.succeeded(call);
      }
    };
    const statusAfter = (ms: number) => {
      engine.run(engine.nowMs + ms, () => true);
      return db.machine.component('a')?.status;
    };
    return { db, failAndRestore, statusAfter };
  }

  it('of an earlier error does not count for a later one', () => {
    const { failAndRestore, statusAfter } = distrusted();
    failAndRestore(true);
    expect(statusAfter(6000)).toBe('healthy');
    failAndRestore(false);
    expect(statusAfter(9999)).toBe('degraded');
    expect(statusAfter(1)).toBe('healthy');
  });

  it('does not restore who has been found to weaken since', () => {
    const { db, failAndRestore, statusAfter } = distrusted();
    failAndRestore(true);
    db.suspects(db.member('a'), 'weakening');
    expect(statusAfter(60_000)).toBe('degraded');
    db.suspects(db.member('a'), 'trusted');
    expect(statusAfter(0)).toBe('healthy');
  });
});

test('the load that bounds writes is the share of the capacity asked for in the last second', () => {
  const { database, world } = run({
    group: 'active: [a, b], capacity: 10/s, failover: { writeLoadLimit: 50% }',
    requests: 1,
  });
  const { engine } = world;
  const begin = (kind: 'read' | 'write') => {
    const call = database.call(kind);
    const member = database.begin(call, 1e9);
    member?.server?.serve(engine.nowMs);
    return member?.id ?? call.state;
  };
  engine.nowMs += 10_000;
  const writes = Array.from({ length: 11 }, () => begin('write'));
  expect(writes).toEqual([...Array(5).fill('a'), ...Array(5).fill('b'), 'waiting']);
  expect(begin('read')).not.toBe('waiting');
  engine.nowMs += 1100;
  expect(begin('write')).toBe('a');
});
