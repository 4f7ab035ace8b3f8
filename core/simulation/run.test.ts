import { describe, expect, test } from 'vitest';
import { type RunProgress, runSimulation, type SimulationOptions } from './run.ts';
import { modelOf, simulated } from './testing/model.ts';

const SHOP = `
redundancy:
  db:
    minHealthy: 1
    active: [a, b]
    standby: [c]
    failures: { mtbf: 5m }
    loadBalancing: power-of-two
retries: { standard: { attempts: 3, budget: 10% } }
circuitBreakers: { payments: {} }
services:
  checkout:
    traffic: { rate: 20/s }
    latency: { p50: 20ms, p99: 100ms }
    calls:
      - { to: db, timeout: 100ms, retry: standard }
      - { to: payments, timeout: 300ms, circuitBreaker: payments, fallback: { cache: 1m, keys: 5 } }
  payments: { latency: { mean: 80ms }, errorRate: 2% }
scenarios:
  bad-day:
    faults:
      - { at: 30s, degrade: payments, errorRate: 60%, for: 30s }
      - { at: 10s, randomFailures: { count: 4, repair: { min: 5s, max: 30s } } }
simulation: { duration: 2m, replications: 3, seed: 1 }
`;

/** Everything that a run hands out, as text. */
function fingerprint(options: SimulationOptions): string {
  const { first, replications } = simulated(SHOP, options);
  const groups = replications.map((run) => [...run.groups]);
  return JSON.stringify({ replications, groups, incidents: first.incidents });
}

describe('the result', () => {
  test('is the same for the same seed', () => {
    const options = { scenario: 'bad-day', seed: 5 };
    expect(fingerprint(options)).toBe(fingerprint(options));
  });

  test('differs for another seed', () => {
    expect(fingerprint({ seed: 5 })).not.toBe(fingerprint({ seed: 6 }));
  });

  test('of the first replications does not depend on how many there are', () => {
    const few = simulated(SHOP, { replications: 2 }).replications;
    const many = simulated(SHOP, { replications: 4 }).replications;
    expect(many.slice(0, 2)).toEqual(few);
    expect(many[2]).not.toEqual(many[0]);
  });

  test('accounts for every request', () => {
    for (const run of simulated(SHOP, { scenario: 'bad-day' }).replications) {
      const failed = Object.values(run.failures).reduce((sum, count) => sum + count, 0);
      expect(run.succeeded + run.degraded + failed + run.unanswered).toBe(run.arrived);
      expect(run.unanswered).toBeGreaterThanOrEqual(0);
    }
  });
});

test('an edit elsewhere leaves the random numbers of a service alone', () => {
  const arrivals = (yaml: string) => {
    const { first } = simulated(yaml);
    const { requests, latency } = first.world.station('checkout').statistics;
    return { requests, meanMs: latency.meanMs };
  };
  const added = SHOP.replace(
    'services:\n',
    'services:\n  aaa: { traffic: { rate: 7/s }, latency: { mean: 5ms }, errorRate: 50% }\n',
  );
  expect(added).not.toBe(SHOP);
  expect(arrivals(added)).toEqual(arrivals(SHOP));
});

const EVERY_POLICY =
  'timeout: 1h, deadline: 1h, retry: r, hedge: { after: 1h }, rateLimiter: l, concurrencyLimit: c, ' +
  'circuitBreaker: b, bulkhead: p, connectionPool: n, cache: { maxAge: 1h, keys: 1000000 }, ' +
  'fallback: { default: 0 }';
const EVERY_MACHINE = `
retries: { r: {} }
rateLimiters: { l: { rate: 1k/s, burst: 1000 } }
concurrencyLimits: { c: { initial: 1000, max: 1000 } }
circuitBreakers: { b: {} }
bulkheads: { p: { size: 1000 } }
connectionPools: { n: { max: 1000 } }
`;

describe('what cannot be simulated is refused', () => {
  const traffic = 'services: { web: { traffic: { rate: 10/s } } }\n';

  test.each([
    {
      title: 'a scenario that is not there',
      yaml: `${traffic}scenarios: { primary-lost: { faults: [] }, other: {} }`,
      scenario: 'primary-los',
      message:
        "There is no scenario 'primary-los'. Did you mean 'primary-lost'? The file has 'primary-lost', 'other'.",
    },
    {
      title: 'any scenario in a file without',
      yaml: traffic,
      scenario: 'x',
      message: "There is no scenario 'x'. The file has no scenarios.",
    },
    {
      title: 'a call to nobody',
      yaml: 'services: { web: { traffic: { rate: 1/s }, calls: [{ to: databse }] } }\nredundancy: { database: { active: [a] } }',
      message: "There is no service or redundancy group 'databse'. Did you mean 'database'?",
    },
    {
      title: 'a fault of something unknown',
      yaml: `${traffic}scenarios: { s: { faults: [{ degrade: wbe, errorRate: 10% }] } }`,
      scenario: 's',
      message: "There is no component, redundancy group or service 'wbe'.",
    },
    {
      title: 'a service that fails like a component',
      yaml: `${traffic}scenarios: { s: { faults: [{ fail: web }] } }`,
      scenario: 's',
      message:
        "'web' is a service, and only components and groups can fail. Use 'hang', or 'degrade' with 'errorRate: 100%'.",
    },
    {
      title: 'random failures of nothing',
      yaml: `${traffic}scenarios: { s: { faults: [{ randomFailures: { count: 1, repair: { min: 1s, max: 2s } } }] } }`,
      scenario: 's',
      message: 'There is no component that could fail at random.',
    },
    {
      title: 'a load on nobody',
      yaml: `${traffic}scenarios: { s: { load: { requests: 1, callers: 1, services: [shop] } } }`,
      scenario: 's',
      message: "There is no service 'shop'.",
    },
    {
      title: 'a circle of calls',
      yaml: 'services: { web: { traffic: { rate: 1/s }, calls: [{ to: a }] }, a: { calls: [{ to: b }] }, b: { calls: [{ to: a }] } }',
      message:
        'Services call each other in a circle: a → b → a. Each waits for the next, so a request would never end. Remove one of these calls.',
    },
    {
      title: 'a circle that only fallbacks close',
      yaml: 'services: { web: { traffic: { rate: 1/s }, calls: [{ to: a }] }, a: { calls: [{ to: b, fallback: { call: c } }] }, b: {}, c: { calls: [{ to: a }] } }',
      message:
        'Services call each other in a circle: a → c → a. Each waits for the next, so a request would never end. Remove one of these calls.',
    },
    {
      title: 'too many requests by fallbacks',
      yaml: 'services: { web: { traffic: { rate: 10k/s }, calls: [{ to: b, fallback: { call: c } }] }, b: {}, c: {} }\nsimulation: { duration: 2h, replications: 1 }',
      message:
        "This would take about 288 million events or more, most of them 216 million requests, calls between services included. The most is 200 million (default). Lower 'simulation.duration' or 'simulation.replications', or the services' 'traffic' or the load, or raise 'simulation.maxEvents'.",
    },
    {
      title: 'nothing at all',
      yaml: 'services: { web: {} }',
      message:
        "There is nothing to simulate: no service has traffic, no load is given and there is no redundancy group. Give a service 'traffic: { rate: 10/s }'.",
    },
    {
      title: 'too many requests',
      yaml: 'services: { web: { traffic: { rate: 10k/s }, calls: [{ to: b }] }, b: {} }\nsimulation: { duration: 1h, replications: 2, maxEvents: 100000000 }',
      message:
        "This would take about 216 million events or more, most of them 144 million requests, calls between services included. The most is 100 million. Lower 'simulation.duration' or 'simulation.replications', or the services' 'traffic' or the load, or raise 'simulation.maxEvents'.",
    },
    {
      title: 'too many heartbeats',
      yaml: 'redundancy: { db: { active: [a, b], detection: { interval: 100ms } } }\nsimulation: { duration: 90d, replications: 1 }',
      message:
        "This would take about 311 million events or more, most of them 156 million heartbeats. The most is 200 million (default). Lower 'simulation.duration' or 'simulation.replications', or raise 'detection.interval', or raise 'simulation.maxEvents'.",
    },
    {
      title: 'too many failures',
      yaml: 'redundancy: { db: { active: [a, b], failures: { mtbf: 1s } } }\nsimulation: { duration: 300d, replications: 1 }',
      message:
        "This would simulate about 51.8 million failures of components; the most is 1 million. Lower 'simulation.duration' or 'simulation.replications', or raise 'failures.mtbf', or lower 'randomFailures.count'.",
    },
    {
      title: 'too many random failures',
      yaml: 'redundancy: { db: { active: [a, b] } }\nscenarios: { s: { faults: [{ randomFailures: { count: 1000000000, repair: { min: 1s, max: 2s } } }] } }\nsimulation: { replications: 1 }',
      scenario: 's',
      message:
        "This would simulate about 1000 million failures of components; the most is 1 million. Lower 'simulation.duration' or 'simulation.replications', or raise 'failures.mtbf', or lower 'randomFailures.count'.",
    },
    {
      title: 'a fault after the end',
      yaml: `${traffic}scenarios: { s: { faults: [{ at: 20m, degrade: web, errorRate: 50% }] } }\nsimulation: { duration: 10m }`,
      scenario: 's',
      message:
        "This fault comes at 20m, but the run ends after 10m: it would never strike. Lower 'at' or raise 'simulation.duration'.",
    },
  ])('$title', ({ message, scenario, yaml }) => {
    const result = runSimulation(modelOf(yaml), scenario === undefined ? {} : { scenario });
    expect(result).toMatchObject({ kind: 'refused', problems: [{ message }] });
  });

  test.each([
    [
      'no replication',
      { replications: 0 },
      "'replications' must be a whole number from 1 to 1000, not 0.",
    ],
    [
      'half a replication',
      { replications: 1.5 },
      "'replications' must be a whole number from 1 to 1000, not 1.5.",
    ],
    [
      'too many replications',
      { replications: 1001 },
      "'replications' must be a whole number from 1 to 1000, not 1001.",
    ],
    [
      'a negative seed',
      { seed: -1 },
      "'seed' must be a whole number from 0 to 4294967295, not -1.",
    ],
    [
      'a seed of too many bits',
      { seed: 2 ** 32 },
      "'seed' must be a whole number from 0 to 4294967295, not 4294967296.",
    ],
    [
      'a seed that is no number',
      { seed: Number.NaN },
      "'seed' must be a whole number from 0 to 4294967295, not NaN.",
    ],
  ])('%s, at the setting', (_, options, message) => {
    const yaml = `${traffic}simulation: { duration: 1s, seed: 7, replications: 3 }`;
    const model = modelOf(yaml);
    const [setting] = Object.keys(options) as ['seed' | 'replications'];
    const { at } = model.simulation[setting].source;
    expect(runSimulation(model, options)).toEqual({ kind: 'refused', problems: [{ message, at }] });
  });

  test('nothing within bounds', () => {
    const yaml = `${traffic}simulation: { duration: 1ms }`;
    for (const options of [
      { seed: 0, replications: 1 },
      { seed: 2 ** 32 - 1, replications: 1000 },
    ]) {
      expect(runSimulation(modelOf(yaml), options).kind).toBe('done');
    }
  });

  test('calls that are nested too deeply, and those that branch too much', () => {
    const chain = (length: number, calls: (next: number) => string) =>
      `services:\n  s0: { traffic: { rate: 20/s }, calls: [${calls(1)}] }\n${Array.from(
        { length },
        (_, i) => `  s${i + 1}: { latency: 1ms, calls: [${i + 2 <= length ? calls(i + 2) : ''}] }`,
      ).join('\n')}\nsimulation: { duration: 1s, replications: 1 }`;
    const deep = runSimulation(modelOf(chain(250, (next) => `{ to: s${next} }`)));
    expect(deep).toMatchObject({
      kind: 'refused',
      problems: [{ message: 'Calls are nested deeper than 200 levels here.' }],
    });
    const wide = chain(40, (next) => `{ to: s${next} }, { to: s${next} }`);
    expect(runSimulation(modelOf(wide))).toMatchObject({ kind: 'refused' });
    // An answer that comes back through all of it must not need more stack than there is.
    const allowed = chain(199, (next) => `{ to: s${next}, ${EVERY_POLICY} }`);
    const result = runSimulation(modelOf(`${EVERY_MACHINE}${allowed}`));
    if (result.kind !== 'done') throw new Error(result.kind);
    expect(result.first.world.station('s199').statistics.requests).toBeGreaterThan(0);
  });
});

describe('a long run', () => {
  const yaml = `
services: { web: { traffic: { rate: 100/s } } }
simulation: { duration: 10m, replications: 2 }
`;

  test('tells its progress, at most about a hundred times', () => {
    const told: number[] = [];
    runSimulation(modelOf(yaml), { onProgress: (fraction) => told.push(fraction) });
    expect(told.length).toBeGreaterThan(20);
    expect(told.length).toBeLessThanOrEqual(101);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test('can be cancelled, and keeps what there is of the first replication', () => {
    let asked = 0;
    const result = runSimulation(modelOf(yaml), { isCancelled: () => ++asked > 3 });
    if (result.kind !== 'partial') throw new Error(result.kind);
    expect(result.partial).toEqual({ planned: 2, isCut: true });
    expect(result.replications).toHaveLength(1);
    expect(result.replications[0]?.durationMs).toBeLessThan(600_000);
    expect(asked).toBe(4);
  });

  test('that is cancelled later keeps the whole replications, as if no more had been asked for', () => {
    const told: number[] = [];
    const result = runSimulation(modelOf(yaml), {
      onProgress: (_, { replications }) => told.push(replications),
      isCancelled: () => told.at(-1) === 1,
    });
    const one = runSimulation(modelOf(yaml), { replications: 1 });
    if (result.kind !== 'partial' || one.kind !== 'done') throw new Error(result.kind);
    expect(result.partial).toEqual({ planned: 2, isCut: false });
    expect(result.replications).toEqual(one.replications);
  });

  test('tells how much is simulated, and how wide the widest interval is', () => {
    const told: RunProgress[] = [];
    runSimulation(modelOf(yaml), { onProgress: (_, progress) => told.push(progress) });
    expect(told[0]).toMatchObject({ replications: 0, planned: 2, widest: null });
    expect(told.at(-1)).toMatchObject({ replications: 2, planned: 2, simulatedMs: 1_200_000 });
    expect(told.at(-1)?.widest).toBeGreaterThanOrEqual(0);
  });
});

test('random failures of a scenario are drawn anew in each replication', () => {
  const { first, replications } = simulated(
    `
redundancy: { db: { minHealthy: 3, active: [a, b, c] } }
scenarios:
  failures:
    faults: [{ at: 1m, randomFailures: { count: 4, within: 2m, repair: { min: 5s, max: 30s } } }]
simulation: { duration: 5m, replications: 3 }
`,
    { scenario: 'failures' },
  );
  const down = replications.map(({ systemAvailability }) => systemAvailability);
  expect(new Set(down).size).toBe(3);
  const failures = first.incidents.filter(({ kind }) => kind === 'failure');
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.length).toBeLessThanOrEqual(4);
  for (const { atMs } of failures) {
    expect(atMs).toBeGreaterThanOrEqual(60_000);
    expect(atMs).toBeLessThanOrEqual(180_000);
  }
  for (const incident of first.incidents) {
    if (incident.kind !== 'recovery') continue;
    expect(incident.downMs).toBeGreaterThanOrEqual(5000);
    expect(incident.downMs).toBeLessThanOrEqual(30_000);
  }
});

// A busy machine takes its time for a million requests.
describe('a run that turns out to be too much', { timeout: 60_000 }, () => {
  test('is refused when requests pile up that never end', () => {
    const yaml = `
services:
  web:
    traffic: { rate: 6k/s }
    calls: [{ to: pay, timeout: 1s, retry: eager }]
  pay: { latency: 1h }
retries: { eager: { attempts: 50, backoff: { initial: 1ms, max: 1ms } } }
simulation: { duration: 20m, replications: 1 }
`;
    const result = runSimulation(modelOf(yaml));
    expect(result).toMatchObject({
      kind: 'refused',
      problems: [
        { message: expect.stringMatching(/^Too much work: after .*1 million requests are/) },
      ],
    });
  });

  test('is refused when a component changes its state without end', () => {
    const recovery =
      '{ time: 1ms, growth: constant, maxTime: 1m, successRate: 0%, maxAttempts: 1000000000, retryAfter: 1ms }';
    const yaml = `
redundancy: { db: { minHealthy: 1, active: [a], recovery: ${recovery} } }
scenarios: { s: { faults: [{ fail: a }] } }
simulation: { duration: 30d, replications: 1 }
`;
    expect(runSimulation(modelOf(yaml), { scenario: 's' })).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringContaining('changed its state 2 million times') }],
    });
  });

  test('can be cancelled while its failures are planned', () => {
    const yaml = `
redundancy: { db: { minHealthy: 1, active: [a] } }
scenarios: { s: { faults: [{ randomFailures: { count: 900000, repair: { min: 1s, max: 2s } } }] } }
simulation: { replications: 1 }
`;
    let asked = 0;
    const told: number[] = [];
    const result = runSimulation(modelOf(yaml), {
      scenario: 's',
      isCancelled: () => ++asked > 200,
      onProgress: (fraction) => told.push(fraction),
    });
    expect(result).toEqual({ kind: 'cancelled' });
    // The run itself has not begun.
    expect(told).toEqual([0]);
  });
});
