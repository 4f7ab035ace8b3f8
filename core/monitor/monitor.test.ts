import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../time/index.ts';
import { FaultToleranceMonitor } from './monitor.ts';
import type { MonitorOptions } from './parts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A group `db` of `a`, `b` and `c` that needs two, and `cache` by itself. */
const SYSTEM: MonitorOptions = {
  components: [{ id: 'a', group: 'db' }, { id: 'b' }, { id: 'cache' }],
  groups: [{ name: 'db', minHealthy: 2, members: ['b', 'c'] }],
};

function monitor(options: Partial<MonitorOptions> = {}): FaultToleranceMonitor {
  return new FaultToleranceMonitor({ ...SYSTEM, ...options });
}

function fail(to: FaultToleranceMonitor, component: string, atMs: number): void {
  to.recordFailure({ component, type: 'disk_full', severity: 'high', atMs });
}

function recover(to: FaultToleranceMonitor, component: string, atMs: number, durationMs = 0): void {
  to.recordRecovery({ component, method: 'automatic_restart', atMs, durationMs });
}

describe('FaultToleranceMonitor', () => {
  it('keeps every event with its metadata, in order of time', () => {
    const made = monitor();
    const late = { component: 'a', type: 'crash', severity: 'low', atMs: 5 } as const;
    const early = { ...late, atMs: 1, metadata: { disk: '/dev/sda' } };
    const recovery = { component: 'a', method: 'failover', atMs: 6, durationMs: 1 };
    made.recordFailure(late);
    made.recordFailure(early);
    made.recordRecovery({ ...recovery, metadata: { by: 'operator' } });
    expect(made.failures).toEqual([early, late]);
    expect(made.recoveries).toEqual([{ ...recovery, metadata: { by: 'operator' } }]);
  });

  it('gives the mean time between failures in hours, infinite with fewer than two', () => {
    const made = monitor();
    expect(made.mtbfHours()).toBe(Number.POSITIVE_INFINITY);
    fail(made, 'a', 9 * HOUR_MS);
    expect(made.mtbfHours()).toBe(Number.POSITIVE_INFINITY);
    fail(made, 'b', HOUR_MS);
    fail(made, 'a', 11 * HOUR_MS);
    expect(made.mtbfHours()).toBe(5);
    expect(made.mtbfHours('a')).toBe(2);
    expect(made.mtbfHours('b')).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives the mean time to recovery in minutes, 0 with none', () => {
    const made = monitor();
    expect(made.mttrMinutes()).toBe(0);
    recover(made, 'a', 0, 10 * MINUTE_MS);
    recover(made, 'b', 0, 20 * MINUTE_MS);
    expect(made.mttrMinutes()).toBe(15);
    expect(made.mttrMinutes('b')).toBe(20);
    expect(made.mttrMinutes('c')).toBe(0);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a time', (ms) => {
    expect(() => fail(monitor(), 'a', ms)).toThrow(RangeError);
    expect(() => recover(monitor(), 'a', ms)).toThrow(RangeError);
    expect(() => recover(monitor(), 'a', 0, ms)).toThrow(RangeError);
  });

  it('refuses a group that is not there', () => {
    expect(() => monitor({ components: [{ id: 'a', group: 'typo' }] })).toThrow(RangeError);
    expect(() => monitor().groupAvailability('typo', 0)).toThrow(RangeError);
    expect(() => monitor().componentAvailability('typo', 0)).toThrow(RangeError);
  });
});

describe('availability of a component', () => {
  it('is the share of the last 24 hours in which it was up', () => {
    const made = monitor();
    fail(made, 'a', DAY_MS);
    recover(made, 'a', DAY_MS + 6 * HOUR_MS);
    expect(made.componentAvailability('a', 2 * DAY_MS)).toBe(75);
    expect(made.componentAvailability('b', 2 * DAY_MS)).toBe(100);
  });

  it('counts a failure from before the window that is still open from the window’s start', () => {
    const made = monitor();
    fail(made, 'a', HOUR_MS);
    expect(made.componentAvailability('a', 3 * DAY_MS)).toBe(0);
    recover(made, 'a', 2 * DAY_MS + 12 * HOUR_MS);
    expect(made.componentAvailability('a', 3 * DAY_MS)).toBe(50);
  });

  it('counts time only once when a second failure comes while down', () => {
    const made = monitor();
    fail(made, 'a', 0);
    fail(made, 'a', HOUR_MS);
    recover(made, 'a', 12 * HOUR_MS);
    expect(made.componentAvailability('a', DAY_MS)).toBe(50);
  });

  it('takes failures and recoveries in any order of recording', () => {
    const made = monitor();
    recover(made, 'a', 18 * HOUR_MS);
    fail(made, 'a', 12 * HOUR_MS);
    recover(made, 'a', 6 * HOUR_MS);
    fail(made, 'a', 0);
    expect(made.componentAvailability('a', DAY_MS)).toBe(50);
  });

  it('never reaches back to before the observation began', () => {
    const made = monitor({ observedFromMs: DAY_MS });
    fail(made, 'a', DAY_MS);
    recover(made, 'a', DAY_MS + HOUR_MS);
    expect(made.componentAvailability('a', DAY_MS + 2 * HOUR_MS)).toBe(50);
    expect(made.componentAvailability('a', DAY_MS)).toBe(100);
    expect(made.componentAvailability('a', 0)).toBe(100);
  });
});

describe('availability of a group', () => {
  it('is the share of time in which at least its minimum was up', () => {
    const made = monitor();
    fail(made, 'a', 0);
    expect(made.groupAvailability('db', DAY_MS)).toBe(100);
    fail(made, 'c', 6 * HOUR_MS);
    recover(made, 'a', 12 * HOUR_MS);
    expect(made.groupAvailability('db', DAY_MS)).toBe(75);
  });

  it('is nothing for a group with fewer members than its minimum', () => {
    const groups = [{ name: 'db', minHealthy: 4, members: ['b', 'c'] }];
    expect(monitor({ groups }).groupAvailability('db', DAY_MS)).toBe(0);
    expect(monitor({ groups }).systemAvailability(DAY_MS)).toBe(0);
  });
});

describe('availability of the system', () => {
  it('is the share of time in which every group was available', () => {
    const made = monitor();
    fail(made, 'a', 0);
    fail(made, 'b', 6 * HOUR_MS);
    fail(made, 'cache', 9 * HOUR_MS);
    recover(made, 'b', 12 * HOUR_MS);
    recover(made, 'cache', 15 * HOUR_MS);
    expect(made.systemAvailability(DAY_MS)).toBe(100 * (1 - 9 / 24));
  });

  it('counts a component without a group as a group of one, announced or not', () => {
    const made = monitor();
    fail(made, 'surprise', 12 * HOUR_MS);
    expect(made.systemAvailability(DAY_MS)).toBe(50);
    expect(monitor({ components: [], groups: [] }).systemAvailability(DAY_MS)).toBe(100);
  });
});

describe('availability after any events', () => {
  const event = fc.record({
    component: fc.constantFrom('a', 'b', 'c', 'cache'),
    isFailure: fc.boolean(),
    atMs: fc.nat(100),
  });

  it('lies between 0 and 100 and equals what sampling every moment finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { maxLength: 40, selector: (each) => each.component + each.atMs }),
        fc.nat(40),
        fc.integer({ min: 1, max: 120 }),
        (events, observedFromMs, windowMs) => {
          const made = monitor({ observedFromMs });
          for (const { component, isFailure, atMs } of events) {
            if (isFailure) fail(made, component, atMs);
            else recover(made, component, atMs);
          }
          const isUp = (component: string, atMs: number): boolean => {
            const before = events
              .filter((each) => each.component === component && each.atMs < atMs)
              .toSorted((one, two) => one.atMs - two.atMs);
            return before.at(-1)?.isFailure !== true;
          };
          const isDbUp = (atMs: number) =>
            ['a', 'b', 'c'].filter((id) => isUp(id, atMs)).length >= 2;
          const sampled = (isGood: (atMs: number) => boolean): number => {
            let [good, all] = [0, 0];
            for (let atMs = Math.max(observedFromMs, 100 - windowMs); atMs < 100; atMs += 1) {
              all += 1;
              if (isGood(atMs + 0.5)) good += 1;
            }
            return (100 * good) / all;
          };
          const found = [
            made.componentAvailability('a', 100, windowMs),
            made.groupAvailability('db', 100, windowMs),
            made.systemAvailability(100, windowMs),
          ];
          const expected = [
            sampled((atMs) => isUp('a', atMs)),
            sampled(isDbUp),
            sampled((atMs) => isDbUp(atMs) && isUp('cache', atMs)),
          ];
          found.forEach((value, i) => {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(100);
            expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 9);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the report', () => {
  it('is perfect when nothing happened', () => {
    const report = monitor().report(DAY_MS);
    expect(report.summary).toEqual({
      totalFailures: 0,
      totalRecoveries: 0,
      mtbfHours: null,
      mttrMinutes: 0,
      availabilityPercent: 100,
      score: { total: 100, availability: 40, recovery: 30, frequency: 20, diversity: 10 },
    });
    expect(report.components.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'healthy'],
      ['b', 'healthy'],
      ['cache', 'healthy'],
      ['c', 'healthy'],
    ]);
    expect(report.recommendations).toEqual([]);
  });

  it('says how each component did', () => {
    const made = monitor();
    fail(made, 'a', 2 * HOUR_MS);
    recover(made, 'a', 5 * HOUR_MS, 30 * MINUTE_MS);
    fail(made, 'a', 6 * HOUR_MS);
    recover(made, 'a', 9 * HOUR_MS, 10 * MINUTE_MS);
    fail(made, 'cache', 12 * HOUR_MS);
    fail(made, 'surprise', 18 * HOUR_MS);
    const { components, summary } = made.report(DAY_MS);
    expect(components).toEqual([
      {
        id: 'a',
        group: 'db',
        failureCount: 2,
        status: 'recovered',
        mtbfHours: 4,
        mttrMinutes: 20,
        availabilityPercent: 75,
        lastFailureMs: 6 * HOUR_MS,
      },
      expect.objectContaining({ id: 'b', group: 'db', status: 'healthy', lastFailureMs: null }),
      {
        id: 'cache',
        failureCount: 1,
        status: 'failed',
        mtbfHours: null,
        mttrMinutes: 0,
        availabilityPercent: 50,
        lastFailureMs: 12 * HOUR_MS,
      },
      expect.objectContaining({ id: 'c', group: 'db', failureCount: 0 }),
      expect.objectContaining({ id: 'surprise', status: 'failed', availabilityPercent: 75 }),
    ]);
    expect(summary).toMatchObject({ totalFailures: 4, totalRecoveries: 2, mttrMinutes: 20 });
  });

  it('counts the components of the configuration as known, not only those that failed', () => {
    const made = monitor();
    fail(made, 'a', 0);
    expect(made.report(DAY_MS).summary.score.diversity).toBe(7.5);
  });

  it('covers 24 hours unless told otherwise, and never more than was observed', () => {
    const made = monitor({ observedFromMs: DAY_MS });
    fail(made, 'cache', 3 * DAY_MS);
    expect(made.report(4 * DAY_MS)).toMatchObject({
      generatedAtMs: 4 * DAY_MS,
      windowMs: DAY_MS,
      summary: { availabilityPercent: 0 },
    });
    expect(made.report(4 * DAY_MS, 2 * DAY_MS)).toMatchObject({
      windowMs: 2 * DAY_MS,
      summary: { availabilityPercent: 50 },
    });
    expect(made.report(4 * DAY_MS, 9 * DAY_MS).windowMs).toBe(3 * DAY_MS);
    expect(made.report(0).windowMs).toBe(0);
  });

  it('survives JSON unchanged, with 20 random failures over five components', () => {
    const ids = [
      'web-server-1',
      'web-server-2',
      'database-primary',
      'cache-redis',
      'load-balancer',
    ];
    const made = new FaultToleranceMonitor({ components: ids.map((id) => ({ id })), groups: [] });
    const random = createRandom(42);
    for (let i = 0; i < 20; i += 1) {
      const id = ids[Math.floor(random.next() * ids.length)] ?? '';
      const durationMs = 30_000 + random.next() * 570_000;
      fail(made, id, i * HOUR_MS);
      recover(made, id, i * HOUR_MS + durationMs, durationMs);
    }
    const report = made.report(DAY_MS);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.summary).toMatchObject({ totalFailures: 20, totalRecoveries: 20, mtbfHours: 1 });
    expect(report.summary.score.total).toBeGreaterThan(0);
    expect(report.summary.score.total).toBeLessThan(100);
  });
});
