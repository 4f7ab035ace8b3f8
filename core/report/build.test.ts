// Over 400 lines: every part of the report is held against runs small enough to reckon by hand.
import { describe, expect, test } from 'vitest';
import { analyse } from '../analyse.ts';
import { simulate } from '../simulate.ts';
import type { SimulationOptions } from '../simulation/index.ts';
import type { Place, Report } from './report.ts';

function reportOf(yaml: string, options: SimulationOptions = {}): Report {
  const outcome = simulate(analyse(`version: 1\n${yaml}`, 'shop.resilience.yaml'), options);
  if (outcome.kind === 'done') return outcome.report;
  throw new Error(JSON.stringify(outcome));
}

/** The line of the config that a place leads to, as text. */
function textAt(yaml: string, place: Place | undefined): string | undefined {
  return place && `version: 1\n${yaml}`.split('\n')[place.start.line]?.trim();
}

const SHOP = `
objectives: { availability: 99%, latency: { p50: 1s, p95: 2s, p99: 3s }, rto: 1m, rpo: 1s }
redundancy:
  database:
    type: PostgreSQL
    minHealthy: 1
    active: [db-1]
    standby: [db-2]
    activation: 2s
    replication: { mode: async, lag: 50ms }
    capacity: 100/s
circuitBreakers: { payments: { recoveryTimeout: 10s } }
bulkheads: { external: { size: 10 } }
services:
  checkout:
    traffic: { rate: 20/s }
    latency: { p50: 20ms, p99: 90ms }
    calls:
      - { to: database, timeout: 300ms }
      - { to: payments, circuitBreaker: payments, bulkhead: external, fallback: { default: 0 } }
  payments: { latency: 40ms, errorRate: 0% }
scenarios:
  primary-lost:
    description: the primary fails
    faults:
      - { at: 1m, fail: db-1, for: 30s }
      - { at: 2m, degrade: payments, errorRate: 100%, for: 15s }
    expect: { availability: ">= 99%", latencyP99: "<= 500ms", recoversWithin: 10s }
simulation: { duration: 5m, replications: 3 }
`;
const shop = reportOf(SHOP, { scenario: 'primary-lost' });

describe('a report', () => {
  test('is the same for the same config and seed, byte by byte', () => {
    const again = reportOf(SHOP, { scenario: 'primary-lost' });
    expect(JSON.stringify(again)).toBe(JSON.stringify(shop));
  });

  test('holds only numbers that JSON can hold', () => {
    const walk = (value: unknown): void => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
      else expect(value).not.toBeUndefined();
    };
    walk(shop);
    walk(reportOf('services: { web: {} }\nredundancy: { db: { active: [] } }'));
  });

  test('says how it holds in one sentence', () => {
    const { degradedRatio, successRatio } = shop.traffic;
    const cut = ({ mean }: { mean: number }) => (Math.floor(mean * 1e4) / 100).toFixed(2);
    expect(shop.verdict).toBe(
      `Holds: ${cut(successRatio)}% of requests answered, ${cut(degradedRatio)}% by a fallback, ` +
        'through primary-lost; database was below its minimum of 1 for up to 2s.',
    );
  });

  test('leads to the lines of the config', () => {
    expect(textAt(SHOP, shop.scenario?.place)).toBe('primary-lost:');
    expect(textAt(SHOP, shop.groups[0]?.place)).toBe('database:');
    expect(textAt(SHOP, shop.components[1]?.place)).toBe('standby: [db-2]');
    expect(textAt(SHOP, shop.services[0]?.place)).toBe('checkout:');
    expect(textAt(SHOP, shop.pools[0]?.place)).toBe('bulkheads: { external: { size: 10 } }');
    expect(textAt(SHOP, shop.breakers[0]?.place)).toMatch(/^circuitBreakers/);
    for (const { origin, place } of shop.objectives) {
      expect(textAt(SHOP, place)).toMatch(origin === 'objective' ? /^objectives/ : /^expect/);
    }
  });

  test('judges every objective and expectation', () => {
    expect(
      shop.objectives.map(({ name, origin, status, target }) => [name, origin, target, status]),
    ).toEqual([
      ['Availability', 'objective', '≥ 99%', 'met'],
      ['Latency p50', 'objective', '≤ 1s', 'met'],
      ['Latency p95', 'objective', '≤ 2s', 'met'],
      ['Latency p99', 'objective', '≤ 3s', 'met'],
      ['Recovery time', 'objective', '≤ 1m', 'met'],
      ['Recovery point', 'objective', '≤ 1s', 'met'],
      ['Availability', 'expectation', '≥ 99%', 'met'],
      ['Latency p99', 'expectation', '≤ 500ms', 'met'],
      ['Recovers within', 'expectation', '≤ 10s', 'met'],
    ]);
    expect(shop.objectives.find(({ name }) => name === 'Recovery point')?.achieved).toBe('50ms');
  });

  test('tells groups, components and breakers', () => {
    expect(shop.groups[0]).toMatchObject({
      componentType: 'PostgreSQL',
      level: 'HIGH',
      members: 2,
      lowestServing: 0,
      promotions: 1,
      longestOutageMs: 2000,
      lostWritesMs: 50,
    });
    expect(shop.components[0]).toMatchObject({
      id: 'db-1',
      status: 'standby',
      failures: 1,
      availability: 0.9,
      mttrMinutes: 0.5,
      mtbfHours: null,
    });
    expect(shop.breakers[0]).toMatchObject({ usedBy: ['checkout → payments'] });
    expect(shop.breakers[0]?.opened).toBeGreaterThan(0);
  });

  test('adds up: the timeline, the services and the pools tell the same requests', () => {
    const { timeline } = shop;
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const checkout = shop.services[0];
    expect(timeline.bucketMs).toBe(2500);
    expect(timeline.arrived).toHaveLength(120);
    expect(sum(timeline.arrived)).toBe(checkout?.requests);
    expect(sum(timeline.succeeded)).toBe(checkout?.succeeded);
    expect(sum(timeline.degraded)).toBe(checkout?.degraded);
    expect(sum(timeline.failed)).toBe(sum(Object.values(shop.traffic.failures)));
    const [pool] = shop.pools;
    expect(pool?.services).toEqual(['checkout']);
    expect(pool?.inUse).toHaveLength(120);
    const mean = sum(pool?.inUse ?? []) / 120;
    expect(mean / 10).toBeCloseTo(pool?.meanUtilisation ?? Number.NaN, 10);
  });

  test('lists what happened, in order', () => {
    const texts = shop.timeline.events.map(({ text }) => text);
    expect(texts.slice(0, 5)).toEqual([
      'db-1 fails (crash, high)',
      'db-2 is promoted in database, serves in 2s',
      'db-1 is back after 30s',
      'payments is degraded: 100% errors',
      "Breaker 'payments' opens",
    ]);
    expect(texts).toContain('payments is no longer degraded');
    expect(texts.at(-1)).toBe("Breaker 'payments' closes");
  });

  test('says what was taken for granted', () => {
    expect(shop.assumptions.map(({ text }) => text)).toEqual([
      "checkout itself fails no request: it has no 'errorRate'.",
      "Members of database fail only by script: it has no 'failures.mtbf'.",
      "A call to database takes 10ms: it has no 'latency'.",
    ]);
  });
});

test('what never recovered has no mean time to recovery, rather than one of zero', () => {
  const { components } = reportOf(
    `redundancy: { db: { minHealthy: 1, active: [a, b] } }
scenarios: { lost: { faults: [{ at: 1m, fail: a, for: 1h }] } }
simulation: { duration: 5m, replications: 1 }`,
    { scenario: 'lost' },
  );
  expect(components).toMatchObject([
    { id: 'a', status: 'recovering', failures: 1, mttrMinutes: null },
    { id: 'b', status: 'active', failures: 0, mttrMinutes: null },
  ]);
});

test('of very many events the earliest are listed and the rest is counted', () => {
  const faults = Array.from({ length: 300 }, (_, i) => `{ at: ${i + 1}s, fail: a, for: 0.5s }`);
  const { timeline } = reportOf(
    `redundancy: { db: { minHealthy: 1, active: [a, b] } }
scenarios: { shaky: { faults: [${faults.join(', ')}] } }
simulation: { duration: 10m, replications: 1 }`,
    { scenario: 'shaky' },
  );
  expect(timeline.events).toHaveLength(500);
  expect(timeline.omittedEvents).toBe(100);
  expect(timeline.events.at(-1)).toMatchObject({ kind: 'repair', text: 'a is back after 500ms' });
  expect(shop.timeline.omittedEvents).toBe(0);
});

test('a recovery policy is taken for granted only where it decided', () => {
  const recovers = (fault: string) =>
    reportOf(
      `redundancy: { db: { minHealthy: 1, active: [a] } }\nscenarios: { s: { faults: [${fault}] } }`,
      { scenario: 's' },
    ).assumptions.map(({ text }) => text);
  const text =
    "A recovery in db first takes 5s and works in 70% of cases: it has no 'recovery.time'.";
  expect(recovers('{ fail: a }')).toContain(text);
  expect(recovers('{ fail: a, for: 1m }')).not.toContain(text);
});

describe('the verdict', () => {
  const web = (objectives: string, service: string, replications = 4) => `
objectives: ${objectives}
services: { web: { traffic: { rate: 20/s }, ${service} } }
simulation: { duration: 1m, replications: ${replications} }
`;
  const verdict = (yaml: string) => reportOf(yaml).verdict;

  test('names what is missed, and why', () => {
    expect(verdict(web('{ availability: 99% }', 'errorRate: 20%'))).toMatch(
      /^Does not hold: availability is [\d.]+% ± [\d.]+ \(promised ≥ 99%\)\. [\d.]+% of requests answered\. Most failures: the work failed\.$/,
    );
  });

  test('admits what the run cannot tell', () => {
    const report = reportOf(web('{ availability: 90% }', 'errorRate: 10%'));
    expect(report.objectives[0]?.status).toBe('unclear');
    expect(report.verdict).toMatch(/^Cannot tell: availability is /);
  });

  test('decides by the mean where a single run has no interval', () => {
    const yaml = web('{ availability: 50% }', 'errorRate: 10%', 1);
    expect(reportOf(yaml).objectives[0]).toMatchObject({ status: 'met' });
    expect(reportOf(yaml).traffic.successRatio.halfWidth).toBeNull();
  });

  test('promises nothing where the file does not', () => {
    expect(verdict(web('{}', 'latency: 1ms'))).toBe(
      'Nothing is promised: 100% of requests answered.',
    );
  });

  test('speaks of groups where there is no traffic', () => {
    expect(
      verdict(`
objectives: { availability: 99% }
redundancy: { db: { minHealthy: 1, active: [a, b] }, web: { minHealthy: 1, active: [c, d] } }
`),
    ).toBe('Holds: all groups were up for 100% of the time; no group was ever below its minimum.');
  });

  test('says when service did not come back', () => {
    const yaml = `
objectives: { rto: 30s }
services: { web: { traffic: { rate: 20/s } } }
scenarios: { broken: { faults: [{ at: 1m, degrade: web, errorRate: 100% }] } }
simulation: { duration: 3m, replications: 2 }
`;
    const { objectives, verdict } = reportOf(yaml, { scenario: 'broken' });
    expect(objectives[0]).toMatchObject({
      status: 'missed',
      achieved: expect.stringMatching(/^2m( ± \d+ms)?, not over when 2 runs ended$/),
    });
    expect(verdict).toContain('service had not come back when 2 of 2 runs ended');
  });

  test('cannot tell when something is still down as the run ends, but not for too long', () => {
    const yaml = `
objectives: { rto: 30s }
redundancy: { db: { minHealthy: 1, active: [a] } }
scenarios: { late: { faults: [{ at: 170s, fail: a, for: 1h }] } }
simulation: { duration: 3m, replications: 2 }
`;
    const [rto] = reportOf(yaml, { scenario: 'late' }).objectives;
    expect(rto).toMatchObject({ status: 'unclear', achieved: '10s, not over when 2 runs ended' });
  });
});

test('recovery is not judged by requests that fail without any trouble', () => {
  const report = reportOf(`
objectives: { rto: 1s }
services: { web: { traffic: { rate: 20/s }, errorRate: 60% } }
simulation: { duration: 1m, replications: 2 }
`);
  expect(report.objectives[0]).toMatchObject({ status: 'met', achieved: 'no component failed' });
});

test.each([
  { objectives: '{ latency: { p99: 1s } }', achieved: 'no traffic' },
  { objectives: '{ rpo: 1s }', achieved: "no group has a 'replication'" },
])('$objectives cannot be judged: $achieved', ({ achieved, objectives }) => {
  const report = reportOf(
    `objectives: ${objectives}\nredundancy: { db: { minHealthy: 1, active: [a, b] } }`,
  );
  expect(report.objectives[0]).toMatchObject({ status: 'unclear', achieved });
});

describe('recommendations', () => {
  const yaml = `
redundancy:
  cache: { minHealthy: 1, active: [c-1, c-2] }
  database: { minHealthy: 1, active: [db-1] }
circuitBreakers: { db: {} }
services:
  safe: { traffic: { rate: 1/s }, calls: [{ to: database, circuitBreaker: db }] }
  bold: { traffic: { rate: 1/s }, calls: [{ to: database }] }
scenarios:
  bad-day:
    faults: [${Array.from({ length: 6 }, (_, i) => `{ at: ${i * 3}m, fail: db-1, for: 1m }`).join(', ')}]
simulation: { duration: 1h, replications: 1 }
`;
  const { findings, groups, recommendations } = reportOf(yaml, { scenario: 'bad-day' });

  test('concern the group that was down, not the one that was not', () => {
    expect(groups.map(({ lowestServing, name }) => [name, lowestServing])).toEqual([
      ['cache', 2],
      ['database', 0],
    ]);
  });

  test.each([
    { begins: 'Add redundancy', line: 'database: { minHealthy: 1, active: [db-1] }' },
    { begins: "Investigate 'db-1'", line: 'database: { minHealthy: 1, active: [db-1] }' },
    {
      begins: 'Put circuit breakers',
      line: 'bold: { traffic: { rate: 1/s }, calls: [{ to: database }] }',
    },
  ])('"$begins" leads to $line', ({ begins, line }) => {
    const found = recommendations.find(({ message }) => message.startsWith(begins));
    expect(textAt(yaml, found?.place)).toBe(line);
  });

  test('repeat the worst findings of the rules', () => {
    const worst = findings.find(({ severity }) => severity === 'error' || severity === 'warning');
    expect(worst).toBeDefined();
    expect(recommendations.map(({ message }) => message)).toContain(worst?.message);
  });
});

describe('requests that hang', () => {
  const yaml = `
objectives: { availability: 99%, latency: { p99: 1s }, rto: 10s }
services:
  web: { traffic: { rate: 50/s }, latency: 1ms, calls: [{ to: pay }] }
  pay: { latency: 1ms }
scenarios: { slow: { faults: [{ at: 1m, degrade: pay, latency: 1h }] } }
simulation: { duration: 10m, replications: 2 }
`;
  const { assumptions, objectives, verdict } = reportOf(yaml, { scenario: 'slow' });

  test('are no answers', () => {
    expect(objectives.map(({ name, status }) => [name, status])).toEqual([
      ['Availability', 'unclear'],
      ['Latency p99', 'unclear'],
      ['Recovery time', 'missed'],
    ]);
    expect(objectives[0]?.achieved).toMatch(/^(9|10)\S*% to 100%, with (90|89)\S*% of requests/);
    expect(objectives[1]?.achieved).toMatch(/% of requests unanswered$/);
    expect(objectives[2]?.achieved).toMatch(/^9m.*not over when 2 runs ended/);
    expect(verdict).toMatch(/(9|10)\S*% of requests answered, (90|89)\S*% never, through slow/);
    expect(assumptions.map(({ text }) => text).join()).toContain('had no answer yet');
  });

  test('keep the callers of a load test from sending the others', () => {
    const load = 'load: { requests: 100, callers: 10, services: [pay] }';
    const [availability] = reportOf(
      `objectives: { availability: 1% }
services: { pay: { latency: 1h } }
scenarios: { s: { ${load} } }
simulation: { duration: 1m, replications: 1 }`,
      { scenario: 's' },
    ).objectives;
    expect(availability).toMatchObject({ status: 'unclear' });
    expect(availability?.achieved).toContain('90 of 100 load requests not sent');
  });
});

test('a few good answers do not prove a high share', () => {
  const { objectives } = reportOf(`
objectives: { availability: 99.9% }
services: { web: { traffic: { rate: 1/s }, latency: 1ms } }
simulation: { duration: 100s, replications: 3 }
`);
  expect(objectives[0]?.status).toBe('unclear');
  expect(objectives[0]?.achieved).toMatch(/^100% ± \S+, \d+ requests are too few for 99\.9%$/);
});

test('recovery is not proven by a fault that struck nothing', () => {
  const { objectives } = reportOf(
    `objectives: { rto: 10s }
redundancy: { db: { minHealthy: 1, active: [a, b] } }
scenarios: { s: { faults: [{ at: 9m, randomFailures: { count: 1, within: 300d, repair: { min: 1s, max: 2s } } }] } }`,
    { scenario: 's' },
  );
  expect(objectives[0]).toMatchObject({ status: 'unclear', achieved: 'no fault struck' });
});

test('breakers are asked for only in front of what is called without one', () => {
  const { recommendations } = reportOf(
    `redundancy:
  cache: { minHealthy: 1, active: [c-1] }
  db: { minHealthy: 1, active: [db-1] }
circuitBreakers: { cache: {} }
services:
  web:
    traffic: { rate: 1/s }
    calls: [{ to: cache, circuitBreaker: cache }, { to: db }]
scenarios:
  s: { faults: [{ at: 1m, fail: c-1, for: 1m }, { at: 90s, fail: db-1, for: 1m }] }`,
    { scenario: 's' },
  );
  const advice = recommendations.find(({ message }) => message.startsWith('Put circuit breakers'));
  expect(advice?.message).toMatch(
    /^Put circuit breakers on the calls to 'db-1': its failures came/,
  );
});

test('a pool that turns requests away is named, with its share, on its line', () => {
  const yaml = `
bulkheads: { tiny: { size: 1 } }
services:
  web: { bulkhead: tiny, traffic: { rate: 20/s }, latency: 200ms }
simulation: { duration: 1m, replications: 2 }
`;
  const { pools, recommendations } = reportOf(yaml);
  const [advice] = recommendations;
  expect(advice?.message).toMatch(
    /^Pool 'tiny' turned away [78]\d(\.\d+)?% of [\d\u202f]+ requests: 1 of its 1 slots/,
  );
  expect(advice?.place).toEqual(pools[0]?.place);
});
