// Over 400 lines: one case for each lever and each objective, so that one look shows which are missing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { entriesOf } from '../insight/entries.ts';
import { reachableBy } from '../insight/reachable.ts';
import { randomConfig } from '../simulation/testing/random-config.ts';
import {
  findObjective,
  judgeOf,
  type ObjectiveName,
  type ReachOptions,
  type ReachResult,
  reach,
} from './index.ts';

/** Each member is up 99 % of the time. */
const MEMBERS = 'failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }';
const AVAILABILITY: ObjectiveName = { kind: 'availability' };

function reached(
  yaml: string,
  name: ObjectiveName = AVAILABILITY,
  options: Partial<ReachOptions<null>> = {},
): ReachResult<null> {
  const { model, problems } = readConfig(`version: 1\n${yaml}`, 'a.yaml');
  expect(problems).toEqual([]);
  const objective = findObjective(model, name);
  if (!objective) throw new Error('There is no such objective.');
  return reach(model, objective, {
    accept: () => ({ kind: 'accepted', confirmation: null }),
    ...options,
  });
}

/** The titles of the edits, and what the objective comes to. */
function proposed(...given: Parameters<typeof reached>) {
  const result = reached(...given);
  if (result.kind !== 'reached') throw new Error(JSON.stringify(result, null, 1));
  const { after, before, edits, isCheapest } = result.proposal;
  expect([before.isMet, after.isMet, isCheapest]).toEqual([false, true, true]);
  return { edits: edits.map(({ title }) => title), before: before.value, after: after.value };
}

function unreachable(...given: Parameters<typeof reached>) {
  const result = reached(...given);
  if (result.kind !== 'unreachable') throw new Error(JSON.stringify(result, null, 1));
  return result;
}

describe('an availability of groups', () => {
  it('that 2 of 3 miss is met by 2 of 4', () => {
    const found = proposed(`objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [db-1, db-2, db-3], ${MEMBERS} } }`);
    expect(found.edits).toEqual(["Add the member 'db-4' to 'db'"]);
    expect(found.before).toBeCloseTo(0.999702, 12);
    expect(found.after).toBeCloseTo(0.99999603, 12);
  });

  it('gets its members where there are fewest, and a standby where there are some', () => {
    const found = proposed(`objectives: { availability: 99.99% }
redundancy:
  db:
    minHealthy: 1
    active: [{ id: a-1, zone: x }]
    ${MEMBERS.replaceAll(', recovery', '\n    recovery')}
  other: { minHealthy: 1, active: [{ id: b-1, zone: x }, { id: b-2, zone: y }] }
services: { shop: { calls: [{ to: db }] } }`);
    expect(found.edits).toEqual(["Add the member 'a-2' to 'db', in zone y"]);
    expect(found.after).toBeCloseTo(0.9999, 12);
    const standby = proposed(`objectives: { availability: 99.9999% }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], ${MEMBERS} } }`);
    expect(standby.edits).toEqual(["Add the standby 'b-2' to 'db'"]);
  });

  it('is met by two more voters, for one more makes it worse', () => {
    const found = proposed(`objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 1, active: [a-1, a-2, a-3], replication: { mode: quorum }, ${MEMBERS} } }
services: { shop: { calls: [{ to: db }] } }`);
    expect(found.edits).toEqual(["Add 2 members to 'db'"]);
    // 3 of 5 at 99 %.
    expect(found.after).toBeCloseTo(0.9999901494, 10);
  });

  it('is met by an edit in each of two groups that miss it together', () => {
    const found = proposed(`objectives: { availability: 99.99% }
redundancy:
  db: { minHealthy: 1, active: [a-1, a-2], ${MEMBERS} }
  queue: { minHealthy: 1, active: [b-1, b-2], ${MEMBERS} }
services: { shop: { calls: [{ to: db }, { to: queue }] } }`);
    // 99.99 % each are 99.98 % together; 99.9999 % and 99.99 % are still too little.
    expect(found.edits).toEqual([
      "Add the member 'a-3' to 'db'",
      "Add the member 'b-3' to 'queue'",
    ]);
    expect(found.after).toBeCloseTo(0.999999 ** 2, 12);
  });

  it('is met by fewer that must be healthy, only where load and capacity say that they will do', () => {
    const group = (capacity: string) => `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [a-1, a-2, a-3], ${capacity} ${MEMBERS} } }
services: { shop: { traffic: { rate: 70/s }, calls: [{ to: db }] } }`;
    expect(proposed(group('capacity: 100/s,')).edits).toEqual(["Set 'minHealthy' of 'db' to 1"]);
    // One at 70 of 80 a second would be busy for 87 % of the time.
    expect(proposed(group('capacity: 80/s,')).edits).toEqual(["Add the member 'a-4' to 'db'"]);
    expect(proposed(group('')).edits).toEqual(["Add the member 'a-4' to 'db'"]);
  });

  it('is not met by a minimum below what a quorum needs', () => {
    const found = unreachable(`objectives: { availability: 99.999% }
redundancy:
  db:
    { minHealthy: 3, active: [a-1, a-2, a-3, a-4], capacity: 100/s, replication: { mode: quorum, copies: 3 }, ${MEMBERS} }
services: { shop: { traffic: { rate: 10/s }, calls: [{ to: db }] } }`);
    expect(found.best.edits.map(({ title }) => title)).toEqual(["Set 'minHealthy' of 'db' to 2"]);
    expect(found.best.after.value).toBeCloseTo(0.999702, 12);
  });

  it('is met by standbys that are hot, which is cheaper than more of them', () => {
    const found = proposed(`objectives: { availability: 99.95% }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], standbyMode: cold, activation: 15m, ${MEMBERS} } }`);
    expect(found.edits).toEqual(["Keep the standbys of 'db' hot, so that they serve at once"]);
    expect(found.before).toBeCloseTo(0.9999 * (1 - 0.25 / 99), 9);
    expect(found.after).toBeCloseTo(0.9999, 12);
  });

  it('is met by heartbeats that come more often', () => {
    const found = proposed(`objectives: { availability: 99.98% }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], detection: { interval: 30s, missed: 4 }, ${MEMBERS} } }`);
    expect(found.edits).toEqual([expect.stringMatching(/^Set 'detection.interval' of 'db' to /)]);
  });

  it('is met by zones, where somebody says how often they are up', () => {
    const yaml = `objectives: { availability: 99.98% }
redundancy:
  db: { minHealthy: 1, active: [{ id: a, zone: x }, { id: b, zone: x }], ${MEMBERS.replaceAll('99h', '999h')} }
  other: { minHealthy: 1, active: [{ id: c, zone: y }] }
services: { shop: { calls: [{ to: db }] } }`;
    expect(reached(yaml).kind).toBe('met-already');
    const found = proposed(yaml, AVAILABILITY, { zoneAvailability: 0.9995 });
    expect(found.edits).toEqual(["Spread 'db' over zones: move 'b' to y"]);
    expect(found.after).toBeCloseTo(1 - (1 - 0.9995 * 0.999) ** 2, 12);
  });
});

describe('an availability of calls', () => {
  const calls = (attempts: number, objective: string) => `objectives: { availability: ${objective} }
retries: { again: { attempts: ${attempts}, budget: 50% } }
services: { shop: { calls: [{ to: pay, retry: again }] }, pay: { errorRate: 10% } }`;

  it('is met by as many attempts as it takes', () => {
    const found = proposed(calls(1, '99.9%'));
    expect(found.edits).toEqual(["Set 'attempts' of the retry policy 'again' to 3"]);
    expect([found.before, found.after]).toEqual([0.9, expect.closeTo(0.999, 12)]);
  });

  it('is not met by more attempts than anybody would make', () => {
    const found = unreachable(calls(1, '99.9999%'));
    expect(found.best.edits.map(({ title }) => title)).toEqual([
      "Set 'attempts' of the retry policy 'again' to 5",
    ]);
    expect(found.why).toBe(
      "All that may be changed together comes to 99.999%, not 99.9999%. What limits it then: calls 'shop' → 'pay' succeed 99.999% of the time with 5 tries.",
    );
  });

  it('is met by slots, as Erlang says', () => {
    const found = proposed(`objectives: { availability: 99.9% }
bulkheads: { pool: { size: 6 } }
services: { web: { bulkhead: pool, traffic: { rate: 30/s }, latency: 200ms } }`);
    // Six erlangs: 26.4922 % find six slots taken, 0.0341 % eighteen, 1.1365 % twelve.
    expect(found.before).toBeCloseTo(1 - 0.264922, 6);
    expect(found.edits).toEqual(["Set 'size' of the bulkhead 'pool' to 18"]);
  });

  it('is met by a timeout that lets answers come', () => {
    const found = proposed(`objectives: { availability: 99.9% }
services:
  shop: { calls: [{ to: search, timeout: 300ms }] }
  search: { latency: { p50: 50ms, p99: 300ms } }`);
    expect(found.before).toBeCloseTo(0.99, 3);
    // The 99.9 % quantile is 50ms · 6^(3.09/2.326) = 540ms.
    expect(found.edits).toEqual(["Set 'timeout' of 'shop' → 'search' to 600ms"]);
  });
});

describe('a latency', () => {
  it('is met by slots that nobody has to wait for', () => {
    const found = proposed(
      `objectives: { latency: { p99: 250ms } }
bulkheads: { pool: { size: 10, queue: 100 } }
services: { web: { bulkhead: pool, traffic: { rate: 45/s }, latency: 200ms } }`,
      { kind: 'p99' },
    );
    expect(found.before).toBeGreaterThan(500);
    expect(found.edits).toEqual(["Set 'size' of the bulkhead 'pool' to 20"]);
    expect(found.after).toBeLessThanOrEqual(250);
  });

  it('is met by standbys that serve, sooner than by new members', () => {
    const found = proposed(
      `objectives: { latency: { p99: 100ms } }
redundancy: { db: { minHealthy: 2, active: [a, b], standby: [c, d], capacity: 100/s, latency: 10ms } }
services: { web: { traffic: { rate: 190/s }, latency: 1ms, calls: [{ to: db }] } }`,
      { kind: 'p99' },
    );
    expect(found.edits).toEqual(["Set 'minHealthy' of 'db' to 3"]);
  });

  it('is met by giving up sooner where something else can answer', () => {
    const found = proposed(
      `objectives: { latency: { p99: 400ms } }
services:
  web: { latency: 10ms, calls: [{ to: tips, timeout: 2s, fallback: { default: [] } }] }
  tips: { latency: { p50: 50ms, p99: 1s } }`,
      { kind: 'p99' },
    );
    expect(found.edits).toEqual(["Set 'timeout' of 'web' → 'tips' to 330ms"]);
    expect(Math.abs(found.after / 340 - 1)).toBeLessThan(0.02);
  });

  it('of the work itself cannot be changed', () => {
    const found = unreachable(
      `objectives: { latency: { p50: 50ms } }
services: { web: { latency: 60ms, calls: [{ to: db, timeout: 1s }] }, db: { latency: 5ms } }`,
      { kind: 'p50' },
    );
    expect(found.best.edits).toEqual([]);
    expect(found.why).toBe(
      "Nothing that may be changed brings the latency p50 closer to 50ms. What limits it then: 'web' answers 50% within 65ms, with its calls to 'db'.",
    );
  });
});

describe('a recovery', () => {
  it('in time takes a spare member', () => {
    const found = proposed(
      `objectives: { rto: 1m }
redundancy: { db: { minHealthy: 2, active: [a-1, a-2], recovery: { time: 10m, maxTime: 10m, successRate: 100% } } }`,
      { kind: 'rto' },
    );
    expect(found).toEqual({
      edits: ["Add the member 'a-3' to 'db'"],
      before: 600_000,
      after: 0,
    });
  });

  it('in time takes standbys that are ready', () => {
    const found = proposed(
      `objectives: { rto: 1m }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], standbyMode: cold, activation: 5m, detection: { interval: 10s } } }`,
      { kind: 'rto' },
    );
    expect(found.edits).toEqual(["Keep the standbys of 'db' hot, so that they serve at once"]);
    expect([found.before, found.after]).toEqual([335_000, 35_000]);
  });

  it('in time takes heartbeats that come in time', () => {
    const found = proposed(
      `objectives: { rto: 20s }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], detection: { interval: 10s } } }`,
      { kind: 'rto' },
    );
    expect(found.edits).toEqual(["Set 'detection.interval' of 'db' to 5s"]);
  });

  it('in time takes breakers that try again in time', () => {
    const found = proposed(
      `objectives: { rto: 40s }
redundancy: { db: { minHealthy: 1, active: [a], recovery: { time: 20s, successRate: 100% } } }
circuitBreakers: { db: { recoveryTimeout: 60s } }
services: { web: { traffic: { rate: 10/s }, calls: [{ to: db, timeout: 1s, circuitBreaker: db }] } }`,
      { kind: 'rto' },
    );
    expect(found.edits).toEqual(["Set 'recoveryTimeout' of the breaker 'db' to 20s"]);
    expect([found.before, found.after]).toEqual([80_000, 40_000]);
  });

  it('is not kept waiting by a breaker that so few failures do not open', () => {
    const config = (rate: string) => `objectives: { rto: 40s }
redundancy: { db: { minHealthy: 1, active: [a], recovery: { time: 20s, successRate: 100% } } }
circuitBreakers: { db: { recoveryTimeout: 60s, failureThreshold: 5 } }
services: { web: { traffic: { rate: ${rate} }, calls: [{ to: db, timeout: 1s, circuitBreaker: db }] } }`;
    // Twenty seconds of failures: five of them, or four.
    expect(reached(config('15/min'), { kind: 'rto' }).kind).toBe('reached');
    expect(reached(config('12/min'), { kind: 'rto' }).kind).toBe('met-already');
  });

  it('without loss takes writes that wait', () => {
    const found = proposed(
      `objectives: { rpo: 1s }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], replication: { lag: 30s } } }`,
      { kind: 'rpo' },
    );
    expect(found.edits).toEqual(["Let writes to 'db' wait for its copies: replication mode sync"]);
    expect([found.before, found.after]).toEqual([30_000, 0]);
  });
});

describe('what is not proposed', () => {
  it('is anything where too little is known', () => {
    expect(
      reached('objectives: { availability: 99% }\nredundancy: { db: { active: [a, b, c] } }'),
    ).toEqual({
      kind: 'cannot-judge',
      missing: [{ text: "'failures.mtbf' of 'db'", at: expect.anything() }],
    });
    expect(
      reached('objectives: { rto: 1m }\nredundancy: { db: { active: [a, b] } }', { kind: 'rto' }),
    ).toMatchObject({ kind: 'cannot-judge', missing: [{ text: "'recovery.time' of 'db'" }] });
    const circle = reached(`objectives: { availability: 99% }
services: { a: { calls: [{ to: b }], errorRate: 5% }, b: { calls: [{ to: a }] } }`);
    expect(circle).toMatchObject({
      kind: 'cannot-judge',
      missing: [{ text: "an order of calls: 'a' and 'b' are called in a circle" }],
    });
  });

  it('is anything where the objective is met', () => {
    const found = reached(`objectives: { availability: 99.9% }
redundancy: { db: { minHealthy: 1, active: [a, b], ${MEMBERS} }, queue: { minHealthy: 1, active: [c] } }
services: { shop: { calls: [{ to: db }, { to: queue }] } }`);
    expect(found).toMatchObject({
      kind: 'met-already',
      predicted: { value: expect.closeTo(0.9999, 12) },
      unknown: [
        { text: expect.stringContaining("'shop'") },
        { text: "'failures.mtbf' of 'queue'" },
      ],
    });
  });

  it('is what breaks another promise', () => {
    const yaml = (p99: string) => `objectives: { availability: 99.9%, latency: { p99: ${p99} } }
services:
  shop: { calls: [{ to: search, timeout: 300ms }], latency: 1ms }
  search: { latency: { p50: 50ms, p99: 300ms } }`;
    expect(proposed(yaml('310ms')).edits).toHaveLength(1);
    expect(unreachable(yaml('290ms')).why).toMatch(
      /^What would meet it cannot be proposed: it would bring the latency p99 to 29\dms/,
    );
  });

  it('is a storm of retries', () => {
    const found = unreachable(`objectives: { availability: 99.9% }
retries: { outer: { attempts: 5 }, inner: { attempts: 2 } }
services:
  web: { calls: [{ to: shop, retry: outer }] }
  shop: { calls: [{ to: pay, retry: inner }] }
  pay: { errorRate: 10% }`);
    expect(found.why).toBe(
      'What would meet it cannot be proposed: one request could become 15 when all fails.',
    );
  });

  it('is what nobody can do: the promise of somebody else', () => {
    const found = unreachable(`objectives: { availability: 99.9% }
services: { shop: { calls: [{ to: maps }] }, maps: { objectives: { availability: 99% } } }`);
    expect(found.why).toBe(
      "Nothing that may be changed brings the availability closer to 99.9%. What limits it then: 'maps' promises 99%.",
    );
  });

  it('is a member beside one that is alone on purpose', () => {
    const found = unreachable(`objectives: { availability: 99.9% }
redundancy: { leader: { singleton: true, minHealthy: 1, active: [a], ${MEMBERS} } }`);
    expect(found.best.edits).toEqual([]);
  });

  it('is what was rejected; the next best is tried, but not for ever', () => {
    const yaml = `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 1, active: [a], standby: [b], activation: 1h, ${MEMBERS} } }`;
    const tried: string[] = [];
    const found = reached(yaml, AVAILABILITY, {
      accept: ({ edits }) => {
        tried.push(edits.map(({ title }) => title).join('; '));
        return tried.length === 2
          ? { kind: 'accepted', confirmation: null }
          : { kind: 'rejected', why: 'no' };
      },
    });
    expect(found.kind).toBe('reached');
    expect(new Set(tried).size).toBe(2);
    let count = 0;
    const never = unreachable(yaml, AVAILABILITY, {
      accept: () => {
        count += 1;
        return { kind: 'rejected', why: 'a simulation of it misses the objective' };
      },
    });
    expect(count).toBeLessThanOrEqual(5);
    expect(never.why).toBe(
      'What would meet it cannot be proposed: a simulation of it misses the objective.',
    );
  });

  it('is anything once it is cancelled', () => {
    let asked = 0;
    const found = reached(
      `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [a, b, c], ${MEMBERS} } }`,
      AVAILABILITY,
      { isCancelled: () => ++asked > 2 },
    );
    expect(found).toEqual({ kind: 'cancelled' });
  });
});

describe('an availability that is forecast', () => {
  it('is what hovers say is reachable, where no request runs out of time or finds no slot', () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const { model } = readConfig(
          `version: 1\nobjectives: { availability: 99% }${config
            .replace('active: [d1]', 'active: [d1, d2], failures: { mtbf: 10d }')
            .replace('web: { ', 'web: { traffic: { rate: 1/h }, ')
            .replaceAll(
              /timeout: \w+,? ?|deadline: \w+,? ?|, bulkhead: p\b|, connectionPool: n/g,
              '',
            )
            .replaceAll(/, order: \[[^\]]*\]/g, '')}`,
          'a.yaml',
        );
        const objective = findObjective(model, AVAILABILITY);
        const { entries } = entriesOf(model, '');
        const reachable = reachableBy(model, entries);
        if (!objective || !reachable) throw new Error('Nothing is known.');
        expect(judgeOf(objective).forecast(model).value).toBeCloseTo(reachable.up, 9);
      }),
      { numRuns: 30 },
    );
  });
});
