// Over 400 lines: what a group does in simulation, one story after another, each reckoned by hand.
import { describe, expect, test } from 'vitest';
import { noFailures } from './outcome.ts';
import { simulated } from './testing/model.ts';

function run(yaml: string, scenario = 'test') {
  const result = simulated(`${yaml}\nsimulation: { duration: 10m, replications: 1 }`, { scenario });
  const [summary] = result.replications;
  if (!summary) throw new Error('no replication');
  const { incidents, world } = result.first;
  const statesOf = (group: string, id: string) =>
    world
      .group(group)
      .member(id)
      .states.entries.map(({ atMs, state }) => `${atMs / 1000} ${state}`);
  return { ...summary, incidents, statesOf, world };
}

describe('when a component fails', () => {
  const yaml = (options: string) => `
redundancy:
  db: { minHealthy: 1, active: [primary], standby: [standby], ${options} }
services: { web: { latency: 1s, runsOn: db } }
scenarios:
  test:
    load: { requests: 3, callers: 1, services: [web] }
    faults: [{ at: 500ms, fail: primary, for: 1m }]
`;

  test('its requests fail at that moment and the standby does the next ones', () => {
    const { durationMs, failures, succeeded } = run(yaml('activation: 0s'));
    expect(failures).toEqual({ ...noFailures(), unavailable: 1 });
    expect(succeeded).toBe(2);
    // The answers are there after 2.5 s, the fault is over only then.
    expect(durationMs).toBe(60_500);
  });

  test('nobody serves until the standby is activated', () => {
    const { failures, groups } = run(`
redundancy:
  db: { minHealthy: 1, active: [primary], standby: [standby], activation: 5s }
services: { web: { latency: 10ms, runsOn: db, traffic: { rate: 100/s } } }
scenarios: { test: { faults: [{ at: 1m, fail: primary, for: 1m }] } }
`);
    expect(failures.unavailable).toBeGreaterThan(420);
    expect(failures.unavailable).toBeLessThan(580);
    expect(groups.get('db')).toMatchObject({
      lowestServing: 0,
      promotions: 1,
      longestOutageMs: 5000,
      isUpAtTheEnd: true,
    });
  });

  test('its states and those of the standby are recorded', () => {
    const { statesOf } = run(`
redundancy:
  db: { minHealthy: 1, active: [primary], standby: [standby], activation: 5s }
scenarios: { test: { faults: [{ at: 1m, fail: primary, for: 1m }] } }
`);
    expect(statesOf('db', 'primary')).toEqual(['0 active', '60 recovering', '120 standby']);
    expect(statesOf('db', 'standby')).toEqual(['0 standby', '60 activating', '65 active']);
  });
});

describe('recovery', () => {
  const yaml = (recovery: string, fault = '{ at: 1m, fail: a }') => `
redundancy: { db: { minHealthy: 1, active: [a], recovery: ${recovery} } }
scenarios: { test: { faults: [${fault}] } }
`;

  test('follows the policy: attempts that fail are repeated after a pause', () => {
    const { statesOf } = run(
      yaml('{ time: 5s, growth: linear, successRate: 0%, maxAttempts: 2, retryAfter: 60s }'),
    );
    // Attempts last 5 s and 10 s; after the second the component is given up.
    expect(statesOf('db', 'a')).toEqual([
      '0 active',
      '60 recovering',
      '65 failed',
      '125 recovering',
      '135 failed',
    ]);
  });

  test('is told to have been given up', () => {
    const { incidents } = run(yaml('{ successRate: 0%, maxAttempts: 1 }'));
    expect(incidents.at(-1)).toMatchObject({ kind: 'given-up', component: 'a', attempts: 1 });
  });

  test('takes as long as the fault says, and does not fail then', () => {
    const { statesOf } = run(yaml('{ successRate: 0% }', '{ at: 1m, fail: a, for: 90s }'));
    expect(statesOf('db', 'a')).toEqual(['0 active', '60 recovering', '150 active']);
  });

  test('of what is down already is put off by a fault that says how long it lasts', () => {
    const { incidents, statesOf } = run(
      yaml(
        '{ time: 60s, successRate: 100% }',
        '{ at: 1m, fail: a }, { at: 70s, fail: a, for: 2m }',
      ),
    );
    expect(statesOf('db', 'a')).toEqual(['0 active', '60 recovering', '190 active']);
    expect(incidents.filter(({ kind }) => kind === 'failure')).toHaveLength(1);
  });
});

test('what was planned before a component failed again is void', () => {
  const { statesOf } = run(`
redundancy:
  db: { minHealthy: 1, active: [a], standby: [b], activation: 5s }
scenarios:
  test:
    faults: [{ at: 1m, fail: a, for: 5m }, { at: 62s, fail: b, for: 1s }]
`);
  // The first activation would have ended at 65 s.
  expect(statesOf('db', 'b')).toEqual([
    '0 standby',
    '60 activating',
    '62 recovering',
    '63 activating',
    '68 active',
  ]);
});

test('who failed while it was being activated waits like any other once it is back', () => {
  const { statesOf } = run(`
redundancy:
  db: { minHealthy: 1, active: [a], standby: [b], activation: 5s }
scenarios:
  test:
    faults: [{ at: 1m, fail: a, for: 3s }, { at: 62s, fail: b, for: 10s }]
`);
  expect(statesOf('db', 'b')).toEqual([
    '0 standby',
    '60 activating',
    '62 recovering',
    '72 standby',
  ]);
});

test('a pause between recoveries is void when a repair was put in its place', () => {
  const recovery =
    '{ time: 5s, growth: constant, successRate: 0%, maxAttempts: 3, retryAfter: 60s }';
  const { statesOf } = run(`
redundancy: { db: { minHealthy: 1, active: [a], recovery: ${recovery} } }
scenarios:
  test:
    faults: [{ at: 1m, fail: a }, { at: 70s, fail: a, for: 60s }, { at: 140s, fail: a }]
`);
  // The first pause, from 65 s, would have ended at 125 s.
  expect(statesOf('db', 'a').slice(0, 8)).toEqual([
    '0 active',
    '60 recovering',
    '65 failed',
    '70 recovering',
    '130 active',
    '140 recovering',
    '145 failed',
    '205 recovering',
  ]);
});

test('a whole group that fails promotes nobody', () => {
  const { groups, incidents } = run(`
redundancy: { db: { minHealthy: 2, active: [a, b], standby: [c, d] } }
scenarios: { test: { faults: [{ at: 1m, fail: db, for: 1m }] } }
`);
  expect(incidents.filter(({ kind, atMs }) => kind === 'promotion' && atMs < 120_000)).toEqual([]);
  expect(incidents.filter(({ kind }) => kind === 'failure')).toHaveLength(4);
  expect(incidents.filter(({ kind }) => kind === 'failure-while-down')).toEqual([]);
  expect(groups.get('db')).toMatchObject({ lowestServing: 0, longestOutageMs: 60_000 });
});

describe('a quorum', () => {
  const yaml = (replication: string, faults: string) => `
redundancy:
  db:
    minHealthy: 1
    active: [a, b, c, d, e]
    replication: { mode: quorum, ${replication} }
services: { web: { runsOn: db, traffic: { rate: 50/s } } }
scenarios: { test: { faults: [${faults}] } }
`;
  const fail = (...ids: string[]) => ids.map((id) => `{ at: 1m, fail: ${id}, for: 1m }`).join(', ');

  test.each([
    { replication: 'copies: 5', failing: ['a', 'b'], outage: 0 },
    { replication: 'copies: 5', failing: ['a', 'b', 'c'], outage: 60_000 },
    { replication: 'copies: 3', failing: ['d', 'e'], outage: 0 },
    { replication: 'copies: 3', failing: ['a', 'b'], outage: 60_000 },
    { replication: 'copies: 5, write: 4, read: 2', failing: ['a', 'b'], outage: 60_000 },
  ])('of $replication without $failing is lost for $outage ms', (given) => {
    const { failures, groups } = run(yaml(given.replication, fail(...given.failing)));
    expect(groups.get('db')?.longestOutageMs).toBe(given.outage);
    expect(failures['no-quorum'] > 0).toBe(given.outage > 0);
    expect(failures.unavailable).toBe(0);
  });
});

describe('failures by chance', () => {
  const downs = (mode: string) => {
    const { incidents } = simulated(`
redundancy:
  db:
    minHealthy: 1
    active: [a]
    standby: [b]
    standbyMode: ${mode}
    failures: { mtbf: 1d }
    recovery: { time: 1m, successRate: 100% }
simulation: { duration: 1000d, replications: 1 }
`).first;
    return incidents.filter(({ kind }) => kind === 'failure').length;
  };

  // One failure a day for each component that runs; the standard deviation is the square root.
  test.each([
    { mode: 'hot', expected: 2000 },
    { mode: 'warm', expected: 2000 },
    { mode: 'cold', expected: 1000 },
  ])('hit $mode standbys as they run: $expected', ({ expected, mode }) => {
    expect(Math.abs(downs(mode) - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

test.each(['', 'detection: { interval: 1h }'])(
  'failures by chance spare who is down, and go on once it is back: %s',
  (detection) => {
    const { incidents } = run(`
redundancy:
  db: { minHealthy: 1, active: [a], failures: { mtbf: 20s }, recovery: { successRate: 100% }, ${detection} }
scenarios: { test: { faults: [{ at: 1ms, fail: a, for: 5m }] } }
`);
    expect(incidents.map(({ kind }) => kind)).not.toContain('failure-while-down');
    const [, next] = incidents.filter(({ kind }) => kind === 'failure');
    expect(next?.atMs).toBeGreaterThan(300_000);
  },
);

test('failures by script do not add failures by chance', () => {
  const { incidents } = run(`
redundancy:
  db: { minHealthy: 1, active: [a], failures: { mtbf: 10s }, recovery: { time: 0s, successRate: 100% } }
scenarios:
  test: { faults: [{ randomFailures: { count: 500, repair: { min: 0s, max: 0s } } }] }
`);
  const byChance = incidents.filter(
    (incident) => incident.kind === 'failure' && incident.failureType === 'crash',
  );
  // Sixty are expected in ten minutes.
  expect(Math.abs(byChance.length - 60)).toBeLessThan(4 * Math.sqrt(60));
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a cold standby never fails before its first promotion, seed %i',
  (seed) => {
    const { incidents } = simulated(
      `
redundancy:
  db: { minHealthy: 1, active: [a], standby: [b], standbyMode: cold, failures: { mtbf: 1d } }
simulation: { duration: 30d, replications: 1 }
`,
      { seed },
    ).first;
    const first = incidents.find(
      (incident) => 'component' in incident && incident.component === 'b',
    );
    expect(first?.kind).toBe('promotion');
  },
);

test('the peak load counts on the members that are left', () => {
  const { groups } = run(`
redundancy: { db: { minHealthy: 1, active: [a, b], capacity: 100/s } }
services: { web: { runsOn: db, traffic: { rate: 90/s } } }
scenarios: { test: { faults: [{ at: 2m, fail: a, for: 2m }] } }
`);
  expect(groups.get('db')?.peakLoad).toBeGreaterThan(0.85);
  expect(groups.get('db')?.peakLoad).toBeLessThan(0.95);
});

describe('a degraded target', () => {
  const yaml = (target: string) => `
redundancy: { db: { minHealthy: 1, active: [a, b] } }
services:
  web: { traffic: { rate: 50/s }, latency: 10ms, runsOn: db }
  other: { traffic: { rate: 50/s }, latency: 10ms }
scenarios:
  test: { faults: [{ at: 1m, degrade: ${target}, errorRate: 100%, latency: 1s, for: 1m }] }
`;

  test.each([
    { target: 'a', ratio: 0.25 },
    { target: 'db', ratio: 0.45 },
    { target: 'web', ratio: 0.45 },
  ])('$target makes its requests slower', ({ ratio, target }) => {
    // Of the requests that are answered, half were before or after the degradation.
    const slow = yaml(target).replace('errorRate: 100%, ', '').replace('for: 1m', 'for: 5m');
    const { latency } = run(slow).world.station('web').statistics;
    expect(latency.percentile(1 - ratio + 0.05)).toBeGreaterThan(1000);
    expect(latency.percentile(0.4)).toBeLessThan(20);
  });

  test.each([
    { target: 'a', expected: 1500 },
    { target: 'db', expected: 3000 },
    { target: 'web', expected: 3000 },
  ])('$target fails about $expected requests and makes them slower', ({ expected, target }) => {
    const { failures, world } = run(yaml(target));
    expect(Math.abs(failures.error - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(world.station('other').statistics.failures.error).toBe(0);
  });
});

describe('a component that fails while it is down', () => {
  const states = (faults: string, recovery = '{ time: 60s, successRate: 100% }') =>
    run(`
redundancy: { db: { minHealthy: 1, active: [a], recovery: ${recovery} } }
scenarios: { test: { faults: [${faults}] } }
`);

  test('is not back before the later of both ends', () => {
    const { incidents, statesOf } = states(
      '{ at: 1m, fail: a, for: 2m }, { at: 70s, fail: a, for: 5s }',
    );
    expect(statesOf('db', 'a')).toEqual(['0 active', '60 recovering', '180 active']);
    expect(incidents).toContainEqual({
      kind: 'failure-while-down',
      atMs: 70_000,
      component: 'a',
      failureType: 'crash',
    });
  });

  test('is not back before its repair is over, whatever the policy decides', () => {
    const faults = '{ at: 1m, fail: a, for: 2m }, { at: 70s, fail: a }';
    const { statesOf } = states(faults, '{ time: 5s, successRate: 100% }');
    expect(statesOf('db', 'a')).toEqual(['0 active', '60 recovering', '180 active']);
  });

  test('begins its recovery again when the policy decides', () => {
    const { statesOf } = states('{ at: 1m, fail: a }, { at: 90s, fail: a }');
    // The second attempt is longer, but no longer than the first where growth ends.
    const [, , back] = statesOf('db', 'a');
    expect(Number.parseInt(back ?? '', 10)).toBeGreaterThanOrEqual(150);
  });

  test('stays down when that was its last attempt', () => {
    const { incidents, statesOf } = states(
      '{ at: 1m, fail: a }, { at: 90s, fail: a }',
      '{ time: 60s, successRate: 100%, maxAttempts: 1 }',
    );
    expect(statesOf('db', 'a').at(-1)).toBe('90 failed');
    expect(incidents.at(-1)).toMatchObject({ kind: 'given-up', atMs: 90_000 });
  });
});

test('a group that begins below its minimum promotes a standby', () => {
  const { groups, incidents, statesOf } = run(`
redundancy: { db: { minHealthy: 2, active: [a], standby: [b], activation: 5s } }
scenarios: { test: {} }
`);
  expect(statesOf('db', 'b')).toEqual(['0 activating', '5 active']);
  expect(incidents).toMatchObject([{ kind: 'promotion', atMs: 0, component: 'b' }]);
  expect(groups.get('db')).toMatchObject({ longestOutageMs: 5000, promotions: 1 });
});

test('a group without a minimum promotes when nobody is left', () => {
  const { groups, statesOf } = run(`
redundancy: { db: { minHealthy: 0, active: [a], standby: [b], activation: 0s } }
scenarios: { test: { faults: [{ at: 1m, fail: a, for: 1m }] } }
`);
  expect(statesOf('db', 'b')).toEqual(['0 standby', '60 active']);
  expect(groups.get('db')).toMatchObject({ longestOutageMs: 0, promotions: 1 });
});

test('who is alone in a group is not promoted by coming back', () => {
  const { groups, incidents } = run(`
redundancy: { db: { minHealthy: 1, active: [a] } }
scenarios: { test: { faults: [{ at: 1m, fail: a, for: 1m }] } }
`);
  expect(groups.get('db')?.promotions).toBe(0);
  expect(incidents.map(({ kind }) => kind)).toEqual(['failure', 'recovery']);
});

describe('a service that runs on a group', () => {
  const share = (group: string, service = '', faults = '') => {
    const { arrived, failures } = run(`
redundancy: { db: { minHealthy: 1, active: [a], ${group} } }
services: { web: { runsOn: db, traffic: { rate: 100/s }, latency: 1ms, ${service} } }
scenarios: { test: { faults: [${faults}] } }
`);
    return failures.error / arrived;
  };

  test('fails as often as the members do, on top of its own failures', () => {
    expect(share('errorRate: 10%')).toBeCloseTo(0.1, 2);
    expect(share('errorRate: 10%', 'errorRate: 50%')).toBeCloseTo(0.55, 1);
  });

  test('never fails less than usual while something is degraded', () => {
    const fault = '{ at: 0s, degrade: a, errorRate: 1% }';
    expect(share('errorRate: 10%', '', fault)).toBeCloseTo(0.1, 2);
  });

  test('is limited by the capacity of the members, not by its own', () => {
    const { latencyMs } = run(`
redundancy: { db: { minHealthy: 1, active: [a] } }
services: { web: { runsOn: db, traffic: { rate: 100/s }, latency: 1ms, capacity: 1/s } }
scenarios: { test: {} }
`);
    expect(latencyMs?.p99).toBeLessThan(2);
  });
});
