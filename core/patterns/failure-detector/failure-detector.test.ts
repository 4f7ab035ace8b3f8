import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedundancyGroup } from '../redundancy/redundancy-group.ts';
import type { FailureDetector } from './failure-detector.ts';
import { HeartbeatDetector } from './heartbeat-detector.ts';
import { PhiAccrualDetector } from './phi-accrual-detector.ts';

const RANK = { trusted: 0, weakening: 1, failed: 2 };

const DETECTORS: { name: string; create: (nowMs: number) => FailureDetector }[] = [
  {
    name: 'HeartbeatDetector',
    create: (nowMs) => new HeartbeatDetector({ intervalMs: 100, missed: 3 }, nowMs),
  },
  {
    name: 'PhiAccrualDetector',
    create: (nowMs) => new PhiAccrualDetector({ intervalMs: 100, windowSize: 5 }, nowMs),
  },
];

/** When heartbeats came: a pace that wanders, with outages. */
const gaps = fc.array(
  fc.oneof(
    fc.double({ min: 1, max: 300, noNaN: true }),
    fc.double({ min: 0, max: 1e5, noNaN: true }),
  ),
  { maxLength: 40 },
);

/** Lets heartbeats come with these gaps; returns the time of the last. */
function beat(detector: FailureDetector, startMs: number, gapsMs: readonly number[]): number {
  let nowMs = startMs;
  for (const gapMs of gapsMs) {
    nowMs += gapMs;
    detector.heartbeat(nowMs);
  }
  return nowMs;
}

describe.each(DETECTORS)('any $name', ({ create }) => {
  it('only grows more suspicious between two heartbeats', () => {
    const looks = fc.array(fc.double({ min: 0, max: 2_000, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(gaps, looks, (gapsMs, afterMs) => {
        const detector = create(0);
        const lastMs = beat(detector, 0, gapsMs);
        let rank = 0;
        let weight = -1;
        for (const after of afterMs.toSorted((a, b) => a - b)) {
          const evidence = detector.evidence(lastMs + after);
          const nextWeight = evidence.kind === 'phi' ? evidence.phi : evidence.heartbeats;
          expect(nextWeight).toBeGreaterThanOrEqual(weight);
          weight = nextWeight;
          const nextRank = RANK[detector.suspicion(lastMs + after)];
          expect(nextRank).toBeGreaterThanOrEqual(rank);
          rank = nextRank;
        }
      }),
    );
  });

  it('trusts at every heartbeat, whatever was before', () => {
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        const detector = create(0);
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs = beat(detector, nowMs, [gapMs]);
          expect(detector.suspicion(nowMs)).toBe('trusted');
        }
      }),
    );
  });

  it('says when it will change, and changes then and not before', () => {
    fc.assert(
      // Times as on a wall clock, where a fraction of a millisecond is rounded off.
      fc.property(gaps, fc.constantFrom(0, 1.7e12), (gapsMs, startMs) => {
        const detector = create(startMs);
        let nowMs = beat(detector, startMs, gapsMs);
        for (const suspicion of ['trusted', 'weakening'] as const) {
          expect(detector.suspicion(nowMs)).toBe(suspicion);
          const changesAtMs = detector.nextChangeAtMs(nowMs);
          expect(changesAtMs).toBeGreaterThan(nowMs);
          for (const share of [0.3, 0.9, 0.999]) {
            const between = nowMs + share * (changesAtMs - nowMs);
            expect(detector.suspicion(between)).toBe(suspicion);
            expect(detector.nextChangeAtMs(between)).toBe(changesAtMs);
          }
          nowMs = changesAtMs;
        }
        expect(detector.suspicion(nowMs)).toBe('failed');
        expect(detector.nextChangeAtMs(nowMs)).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('suspects one that never gives a sign of life', () => {
    const detector = create(5_000);
    expect(detector.suspicion(5_000)).toBe('trusted');
    expect(detector.suspicion(6_000)).toBe('failed');
  });

  it('finds a failure as soon as ever after the clock has stepped back', () => {
    const detector = create(1e9);
    const neverHeard = create(0);
    detector.heartbeat(1e9 + 100);
    // Whoever looks first: each of them has to notice.
    for (const look of ['suspicion', 'evidence', 'nextChangeAtMs'] as const) {
      const stepped = create(1e9);
      stepped[look](1_000);
      expect(stepped.nextChangeAtMs(1_000)).toBeCloseTo(1_000 + neverHeard.nextChangeAtMs(0));
    }
    expect(detector.suspicion(1_000)).toBe('trusted');
    expect(detector.suspicion(2_000)).toBe('failed');
    detector.heartbeat(500);
    expect(detector.suspicion(500)).toBe('trusted');
    expect(detector.suspicion(1_500)).toBe('failed');
  });

  it('never counts negative time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 500 })), (steps) => {
        const detector = create(0);
        let nowMs = 0;
        steps.forEach((step, i) => {
          nowMs += step;
          if (i % 2 === 0) detector.heartbeat(nowMs);
          const evidence = detector.evidence(nowMs);
          expect(
            evidence.kind === 'phi' ? evidence.phi : evidence.heartbeats,
          ).toBeGreaterThanOrEqual(0);
          expect(detector.nextChangeAtMs(nowMs)).toBeGreaterThan(nowMs);
        });
      }),
    );
  });
});

it('a weakening component gets no work before it fails, and fails over when it does', () => {
  const group = new RedundancyGroup({ name: 'db', componentType: 'database', minHealthy: 1 });
  group.add('primary', 'active');
  group.add('standby', 'standby');
  const detector = new HeartbeatDetector({ intervalMs: 100, missed: 3 }, 0);
  const follow = (nowMs: number) => {
    const suspicion = detector.suspicion(nowMs);
    if (suspicion === 'trusted') group.restore('primary', nowMs);
    if (suspicion === 'weakening') group.degrade('primary', nowMs);
    if (suspicion === 'failed') group.fail('primary', nowMs);
    return group.eligible().map(({ id }) => id);
  };
  expect(follow(100)).toEqual(['primary']);
  expect(follow(detector.nextChangeAtMs(100))).toEqual([]);
  detector.heartbeat(200);
  expect(follow(200)).toEqual(['primary']);
  expect(follow(detector.nextChangeAtMs(200))).toEqual([]);
  expect(follow(detector.nextChangeAtMs(350))).toEqual(['standby']);
});
