import { describe, expect, it, test } from 'vitest';
import type { ReplicationSummary } from '../replication.ts';
import { runSimulation, type SimulationRun } from '../run.ts';
import { modelOf, simulated } from '../testing/model.ts';

/** A run of a minute in which the faults strike. */
function struck(parts: string, faults: string): SimulationRun {
  return simulated(
    `${parts}
scenarios: { struck: { faults: [${faults}] } }
simulation: { duration: 1m, replications: 1 }
`,
    { scenario: 'struck' },
  );
}

const summary = (run: SimulationRun) => run.replications[0] as ReplicationSummary;
const slowestMs = ({ first }: SimulationRun) => first.world.statistics.latency.percentile(1);

/** One request every 100 ms, so that how many are concerned can be counted. */
const web = (call: string) => `
services:
  web: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, calls: [{ to: api${call} }] }
  api: { latency: 500ms }
`;

describe('what hangs', () => {
  const hang = '{ at: 10s, hang: api, for: 5s }';

  it('answers late what nobody has given up', () => {
    const run = struck(web(''), hang);
    expect(summary(run)).toMatchObject({ succeeded: 595, unanswered: 5 });
    // The one that came first goes on when all others do.
    expect(slowestMs(run) / 5500).toBeCloseTo(1, 1);
  });

  it('answers nothing in time', () => {
    // Five that were under way, and those from 10 s to 14.4 s, answered from 15.5 s on.
    const { failures } = summary(struck(web(', timeout: 1050ms'), hang));
    expect(failures.timeout).toBe(5 + 45);
  });

  it('serves what has waited one after another', () => {
    const parts = `
services:
  api: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, capacity: 20/s }
`;
    const run = struck(parts, hang);
    // The first of those that waited: 5 s and its own 50 ms; then the line shortens by 10 a second.
    expect(slowestMs(run) / 5050).toBeCloseTo(1, 1);
    expect(summary(run).unanswered).toBeLessThanOrEqual(1);
  });

  it('sends no heartbeats', () => {
    const parts = `
redundancy:
  db:
    minHealthy: 1
    active: [db-1, db-2]
    detection: { method: heartbeat, interval: 1s, missed: 3 }
services: { web: { traffic: { rate: 1/s }, calls: [{ to: db, timeout: 1s }] } }
`;
    const { first } = struck(parts, '{ at: 10s, hang: db-1, for: 20s }');
    const mistaken = first.incidents.filter(({ kind }) => kind === 'mistaken');
    expect(mistaken[0]).toMatchObject({ component: 'db-1' });
    expect(mistaken[0]?.atMs).toBeGreaterThan(12_000);
  });

  it('can be a group as a whole, and crash meanwhile', () => {
    const parts = `
redundancy: { db: { minHealthy: 1, active: [db-1], latency: 0s } }
services: { web: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, calls: [{ to: db }] } }
`;
    const faults = '{ at: 10s, hang: db, for: 10s }, { at: 15s, fail: db-1, for: 1s }';
    const { failures, succeeded } = summary(struck(parts, faults));
    // Those from 10 s to 14.9 s are lost with what it did, those to 16 s find nobody.
    expect(failures.unavailable).toBe(60);
    expect(succeeded).toBe(600 - 60);
  });
});

describe('a partition', () => {
  const cut = '{ at: 10s, partition: { between: [web], and: [api] }, for: 5s }';

  it('loses requests and answers, and breaks what waits when it ends', () => {
    const run = struck(web(''), cut);
    const lostAnswers = 5;
    const lostRequests = 50;
    expect(summary(run).failures.unavailable).toBe(lostAnswers + lostRequests);
    expect(run.first.world.station('api').statistics.requests).toBe(600 - lostRequests);
  });

  it('lets callers that have a timeout go on', () => {
    const run = struck(web(', timeout: 1s'), cut);
    // Those from 14.1 s on are told before.
    expect(summary(run).failures).toMatchObject({ timeout: 46, unavailable: 9 });
  });

  it('leaves others alone', () => {
    const parts = `
services:
  web: { traffic: { rate: 10/s }, calls: [{ to: api }] }
  api: { calls: [{ to: store }] }
  store: {}
`;
    const faults = '{ at: 10s, partition: { between: [api], and: [store] }, for: 5s }';
    const run = struck(parts, faults);
    expect(run.first.world.station('api').statistics.requests).toBe(summary(run).arrived);
  });
});

test('a zone fails with all that is in it, and a region too', () => {
  const parts = `
redundancy:
  web: { minHealthy: 1, active: [{ id: web-1, zone: a, region: eu }, { id: web-2, zone: b, region: eu }] }
  db: { minHealthy: 1, active: [{ id: db-1, zone: a, region: us }], standby: [{ id: db-2, zone: b, region: eu }] }
`;
  const failed = (faults: string) =>
    struck(parts, faults).first.incidents.flatMap((incident) =>
      incident.kind === 'failure' ? incident.component : [],
    );
  expect(failed('{ at: 10s, failZone: a, for: 5s }')).toEqual(['web-1', 'db-1']);
  expect(failed('{ at: 10s, failRegion: eu, for: 5s }')).toEqual(['web-1', 'web-2', 'db-2']);
});

test('half of the capacity makes a line of what comes on top', () => {
  const parts = `
services: { api: { traffic: { rate: 80/s, arrivals: constant }, latency: 0s, capacity: 100/s } }
`;
  // In 10 s 800 come, and 20 ms each take 16 s: the last one waits 6 s.
  const run = struck(parts, '{ at: 10s, degrade: api, capacity: 50%, for: 10s }');
  expect(slowestMs(run) / 6000).toBeCloseTo(1, 1);
});

test('a degradation that fades is half as bad on average while it does', () => {
  const parts = 'services: { api: { traffic: { rate: 100/s, arrivals: constant }, latency: 0s } }';
  const faults = '{ at: 10s, degrade: api, errorRate: 100%, for: 10s, recoverOver: 20s }';
  const run = struck(parts, faults);
  // 1000, and half of 2000: four standard deviations of the sum of p (1 − p) = 2000 / 6.
  const { failures } = summary(run);
  expect(Math.abs(failures.error - 2000)).toBeLessThan(4 * Math.sqrt(2000 / 6));
  const end = run.first.incidents.find(({ kind }) => kind === 'degradation-end');
  expect(end?.atMs).toBeCloseTo(40_000, 6);
});

test('random failures may be hangs, which end with their repair', () => {
  const parts = 'redundancy: { db: { minHealthy: 1, active: [db-1, db-2] } }';
  const told = (kinds: string) =>
    struck(parts, `{ randomFailures: { count: 40, ${kinds}repair: { min: 1s, max: 1s } } }`).first
      .incidents;
  const count = (kinds: string, kind: string) =>
    told(kinds).filter((incident) => incident.kind === kind).length;
  expect(count('', 'disturbance')).toBe(0);
  expect(count('kinds: [hang], ', 'disturbance')).toBe(40);
  expect(count('kinds: [hang], ', 'failure')).toBe(0);
  // Half of them, give or take three standard deviations.
  expect(Math.abs(count('kinds: [fail, hang], ', 'disturbance') - 20)).toBeLessThan(10);
});

describe('random failures of several kinds', () => {
  const parts = `
redundancy:
  db: { minHealthy: 1, active: [{ id: db-1, zone: a }, { id: db-2, zone: b }] }
services: { web: { traffic: { rate: 10/s }, calls: [{ to: db, timeout: 1s }] } }
`;
  const told = (random: string) =>
    struck(parts, `{ randomFailures: { count: 40, ${random}, repair: { min: 1s, max: 1s } } }`)
      .first.incidents;

  it('cut networks, lose zones and degrade no more than is said', () => {
    const cuts = told('kinds: [partition]').filter(({ kind }) => kind === 'disturbance');
    expect(cuts).toHaveLength(40);
    const failed = told('kinds: [failZone]').flatMap((one) =>
      one.kind === 'failure' || one.kind === 'failure-while-down' ? one.component : [],
    );
    expect(failed).toHaveLength(40);
    expect(new Set(failed)).toEqual(new Set(['db-1', 'db-2']));
    const worse = told('kinds: [degrade], degradation: { errorRate: 20%, latency: 3s }');
    const drawn = worse.flatMap((one) => (one.kind === 'degradation' ? one : []));
    expect(drawn).toHaveLength(40);
    // Even: the mean is half of the most, within three standard errors of 40 draws.
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 40;
    expect(Math.abs(mean(drawn.map(({ errorRate }) => errorRate ?? 1)) - 0.1)).toBeLessThan(0.03);
    const latency = mean(drawn.map(({ addedLatencyMs }) => addedLatencyMs));
    expect(Math.abs(latency - 1500)).toBeLessThan(420);
  });

  it('happen when they would if there were others too', () => {
    const times = (kinds: string) => told(`kinds: [${kinds}]`).map(({ atMs }) => atMs);
    const alone = new Set(times('hang'));
    expect(times('hang, partition, degrade').every((atMs) => alone.has(atMs))).toBe(true);
  });

  it('need something that they can strike', () => {
    const refusal = (parts: string, kinds: string) => {
      const faults = `{ randomFailures: { count: 1, kinds: [${kinds}], repair: { min: 1s, max: 1s } } }`;
      const model = modelOf(`${parts}\nscenarios: { struck: { faults: [${faults}] } }`);
      const result = runSimulation(model, { scenario: 'struck' });
      return result.kind === 'refused' ? result.problems[0]?.message : undefined;
    };
    const alone = 'services: { web: { traffic: { rate: 1/s } } }';
    expect(refusal(alone, 'partition')).toContain('No service calls another');
    expect(refusal(alone, 'failZone')).toContain("No component has a 'zone'");
    expect(refusal(alone, 'degrade')).toContain('There is no component');
  });
});

describe('what failed and comes back slowly', () => {
  const parts = `
redundancy: { db: { minHealthy: 1, active: [{ id: db-1, zone: a }], latency: 0s } }
services:
  web: { traffic: { rate: 100/s, arrivals: constant }, latency: 0s, calls: [{ to: db }] }
`;

  it.each(['fail: db-1', 'fail: db', 'failZone: a'])(
    '%s: is worse at first, half on average',
    (what) => {
      const run = struck(parts, `{ at: 10s, ${what}, for: 5s, errorRate: 100%, recoverOver: 20s }`);
      const { failures } = summary(run);
      expect(failures.unavailable).toBe(500);
      // 2,000 requests come meanwhile, with a standard deviation of 18.
      expect(Math.abs(failures.error - 1000)).toBeLessThan(75);
      const kinds = run.first.incidents.map(({ atMs, kind }) => `${kind} ${atMs}`);
      expect(kinds).toContain('degradation 15000');
      expect(kinds.at(-1)).toBe('degradation-end 35000');
    },
  );
});

test('a slow recovery takes so many times as long, if it begins meanwhile', () => {
  const parts = `
redundancy:
  db: { minHealthy: 1, active: [db-1, db-2], recovery: { time: 2s, successRate: 100% } }
`;
  const faults = `{ at: 10s, slowRecovery: db, factor: 5, for: 10s }, { at: 15s, fail: db-1 },
    { at: 30s, fail: db-2 }`;
  const back = struck(parts, faults).first.incidents.flatMap((incident) =>
    incident.kind === 'recovery' ? incident.downMs : [],
  );
  expect(back).toEqual([10_000, 2000]);
});

test('a surge brings so many times the requests while it lasts', () => {
  const parts = 'services: { api: { traffic: { rate: 10/s, arrivals: constant } } }';
  expect(summary(struck(parts, '{ at: 10s, surge: api, factor: 3, for: 10s }')).arrived).toBe(800);
  expect(summary(struck(parts, '{ at: 10s, surge: api, factor: 0, for: 10s }')).arrived).toBe(500);
});

describe('a rollout', () => {
  const parts = `
retries: { twice: { attempts: 3, backoff: { initial: 0s } } }
services:
  web: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, calls: [{ to: api }] }
  api: { latency: 10ms }
  other: { latency: 10ms }
`;

  it('changes how a service does its work, and is rolled back', () => {
    const faults =
      '{ at: 10s, rollout: { service: api, errorRate: 100%, latency: 50ms }, for: 20s }';
    const run = struck(parts, faults);
    // Each request meets the version that it comes to.
    expect(summary(run).failures.error).toBe(200);
    expect(run.first.incidents.map(({ atMs, kind }) => [kind, atMs])).toEqual([
      ['disturbance', 10_000],
      ['disturbance-end', 30_000],
    ]);
  });

  it('changes whom a service calls, and how', () => {
    const rollout = `{ service: web, calls: [{ to: other }, { to: api, retry: twice }] }`;
    const faults = `{ at: 10s, rollout: ${rollout} }, { at: 20s, degrade: api, errorRate: 100% }`;
    const run = struck(parts, faults);
    const { world } = run.first;
    expect(world.station('other').statistics.requests).toBe(501);
    expect(world.station('api').statistics.requests).toBe(99 + 100 + 3 * 400);
    // It is the same call to api, before and after.
    expect(world.station('web').calls[1]?.counts.made).toBe(99 + 500);
  });

  it('changes the bulkhead, and who is inside the one before leaves that', () => {
    const pools = `
bulkheads: { wide: { size: 20 }, narrow: { size: 1 } }
services: { api: { traffic: { rate: 10/s, arrivals: constant }, latency: 500ms, bulkhead: wide } }
`;
    const faults = '{ at: 10s, rollout: { service: api, bulkhead: narrow }, for: 20s }';
    const { failures, inside } = ((run) => ({
      failures: summary(run).failures['pool-exhausted'],
      inside: ['wide', 'narrow'].map((name) => run.first.world.pools.get(name)?.machine.inUse),
    }))(struck(pools, faults));
    // One in five gets in for 20 s.
    expect(failures).toBe(160);
    expect(inside).toEqual([5, 0]);
  });

  it('is refused when it lets services call each other in a circle', () => {
    const faults = '{ at: 10s, rollout: { service: other, calls: [{ to: web }] } }, ';
    const circle = `${faults}{ at: 10s, rollout: { service: api, calls: [{ to: other }] } }`;
    const model = modelOf(`${parts}\nscenarios: { struck: { faults: [${circle}] } }`);
    const result = runSimulation(model, { scenario: 'struck' });
    expect(result).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringContaining('in a circle: web → api → other → web') }],
    });
  });
});

describe('a fault that cannot be is refused, on its line', () => {
  const parts = `
redundancy: { db: { minHealthy: 1, active: [db-1] } }
services:
  web: { traffic: { rate: 1/s }, calls: [{ to: api }] }
  api: { calls: [{ to: db }] }
  worker: { runsOn: db }
`;
  it.each([
    ['{ fail: api }', "'api' is a service, and only components"],
    ['{ degrade: api, capacity: 50% }', "How much 'api' can serve is not limited"],
    ['{ degrade: db-1, capacity: 50% }', "How much 'db-1' can serve is not limited"],
    ['{ rollout: { service: worker, capacity: 5/s } }', "'worker' runs on 'db'"],
    ['{ rollout: { service: web, calls: [{ to: nobody }] } }', 'There is no service or redundancy'],
    ['{ surge: api, factor: 2 }', "No requests arrive from outside at 'api'"],
    ['{ partition: { between: [web], and: [db] } }', 'No call goes from one side'],
    ['{ failZone: nowhere }', "There is no zone 'nowhere'."],
  ])('%s', (fault, message) => {
    const model = modelOf(`${parts}\nscenarios: { struck: { faults: [${fault}] } }`);
    const result = runSimulation(model, { scenario: 'struck' });
    const problems = result.kind === 'refused' ? result.problems : [];
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.at.start).toBeGreaterThan(parts.length);
  });
});

describe('a clock that jumps', () => {
  /** An outage of `api` from 10 s to 20 s opens a breaker for ten minutes. */
  const outage = '{ at: 10s, degrade: api, errorRate: 100%, for: 10s }';
  const guarded = `
circuitBreakers: { api: { failureThreshold: 3, counting: consecutive, recoveryTimeout: 10m } }
services:
  web: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, calls: [{ to: api, circuitBreaker: api }] }
  other: { traffic: { rate: 10/s, arrivals: constant }, latency: 0s, calls: [{ to: api }] }
  api: { latency: 0s }
`;
  const openedAndTried = (jump: string) =>
    struck(guarded, `${outage}, ${jump}`)
      .first.world.breakers.get('api')
      ?.states.map(({ atMs, state }) => `${state} ${Math.round(atMs / 1000)}`);

  it('lets an open breaker try again at once, which is told by the time of the run', () => {
    const states = openedAndTried('{ at: 30s, clockJump: web, by: 10m }');
    expect(states).toEqual(['closed 0', 'open 10', 'half-open 30', 'closed 30']);
  });

  it.each([
    ['of another service', '{ at: 30s, clockJump: other, by: 10m }'],
    ['by less than is left', '{ at: 30s, clockJump: web, by: 9m }'],
    ['backwards', '{ at: 30s, clockJump: web, by: -10m }'],
  ])('%s leaves it open', (_, jump) => {
    expect(openedAndTried(jump)).toEqual(['closed 0', 'open 10']);
  });

  it('backwards does not keep a breaker open for longer', () => {
    const short = guarded.replace('10m', '20s');
    const run = struck(short, `${outage}, { at: 15s, clockJump: web, by: -10m }`);
    const states = run.first.world.breakers.get('api')?.states ?? [];
    expect(states.map(({ state }) => state)).toEqual(['closed', 'open', 'half-open', 'closed']);
    expect(Math.round((states[2]?.atMs ?? 0) / 1000)).toBe(30);
  });

  it('is set right when its time has passed', () => {
    const jump = '{ at: 5s, clockJump: web, by: 10m, for: 20s }';
    expect(openedAndTried(jump)).toEqual(['closed 0', 'open 10']);
  });

  it('expires a cache, and lets a timeout pass', () => {
    const asked = (faults: string) =>
      struck(
        `
services:
  web:
    traffic: { rate: 10/s, arrivals: constant }
    latency: 0s
    calls: [{ to: api, timeout: 1s, cache: { maxAge: 10m } }]
  api: { latency: 500ms }
`,
        faults,
      );
    const before = asked('{ at: 59s, clockJump: web, by: 1m }');
    const after = asked('{ at: 30050ms, clockJump: web, by: 10m }');
    const requests = ({ first }: SimulationRun) => first.world.station('api').statistics.requests;
    // All that come before the first answer ask.
    expect(requests(before)).toBe(5);
    expect(requests(after)).toBe(2 * requests(before));
    expect(summary(after).failures.timeout).toBe(0);
  });
});
