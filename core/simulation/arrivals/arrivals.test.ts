import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrivalKind, TrafficShape } from '../../model/model.ts';
import { meanRatePerSecond } from '../../model/traffic.ts';
import { createRandom } from '../../time/index.ts';
import { createArrivals } from './create.ts';
import type { Surge } from './rate-curve.ts';

const AT = { file: 'test.resilience.yaml', start: 0, end: 0 };

interface Options {
  readonly arrivals?: ArrivalKind;
  readonly surges?: readonly Surge[];
  readonly seed?: number;
}

/** When requests arrive in the first `endMs`. */
function timesOf(shape: TrafficShape, endMs: number, options: Options = {}): number[] {
  const { arrivals = 'poisson', seed = 1, surges = [] } = options;
  const source = { kind: 'explicit', at: AT } as const;
  const stream = createArrivals(
    { at: AT, arrivals: { value: arrivals, source }, shape: { value: shape, source } },
    { surges, endMs, random: (purpose) => createRandom(seed, purpose) },
  );
  const times: number[] = [];
  for (let ms = stream.next(0); ms <= endMs; ms = stream.next(ms)) times.push(ms);
  return times;
}

const within = (times: readonly number[], fromMs: number, untilMs: number) =>
  times.filter((ms) => ms >= fromMs && ms < untilMs).length;

const RAMP: TrafficShape = {
  kind: 'profile',
  points: [
    { atMs: 0, perSecond: 40 },
    { atMs: 50_000, perSecond: 80 },
    { atMs: 50_000, perSecond: 0 },
    { atMs: 75_000, perSecond: 0 },
    { atMs: 75_000, perSecond: 20 },
  ],
};

describe('evenly spaced requests', () => {
  it('come one gap after another', () => {
    const times = timesOf({ kind: 'steady', ratePerSecond: 4 }, 1000, { arrivals: 'constant' });
    expect(times).toEqual([250, 500, 750, 1000]);
  });

  it('come as often as the area under a profile says', () => {
    const times = timesOf(RAMP, 100_000, { arrivals: 'constant' });
    expect(within(times, 0, 50_000)).toBeGreaterThanOrEqual(2999);
    expect(within(times, 0, 24_990)).toBe(25 * 50 - 1);
    expect(within(times, 50_001, 75_000)).toBe(0);
    expect(within(times, 75_000, 100_001)).toBe(500);
  });
});

it('a Poisson process along a ramp arrives in each stretch as often as the area says', () => {
  let before = 0;
  let after = 0;
  for (let seed = 0; seed < 40; seed++) {
    const times = timesOf(RAMP, 100_000, { seed });
    before += within(times, 0, 25_000);
    after += within(times, 25_000, 50_000);
    expect(within(times, 50_000, 75_000)).toBe(0);
  }
  // 40 × ∫ rate: four standard deviations of a Poisson count.
  expect(Math.abs(before - 40 * 1250)).toBeLessThan(4 * Math.sqrt(40 * 1250));
  expect(Math.abs(after - 40 * 1750)).toBeLessThan(4 * Math.sqrt(40 * 1750));
});

it('bursts keep the mean, and vary as the MMPP(2) does', () => {
  const shape = {
    kind: 'bursts',
    quietPerSecond: 10,
    burstPerSecond: 100,
    quietMs: 900,
    burstMs: 100,
  } as const;
  const windowMs = 50_000;
  const windows = 2000;
  const counts = new Array<number>(windows).fill(0);
  for (const ms of timesOf(shape, windows * windowMs)) {
    const index = Math.min(windows - 1, Math.floor(ms / windowMs));
    counts[index] = (counts[index] as number) + 1;
  }
  const mean = counts.reduce((sum, count) => sum + count, 0) / windows;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (windows - 1);
  // Fischer and Meier-Hellstern 1993: I(t) = 1 + A − A (1 − e^{−rt}) / (rt), r = r₁ + r₂ and
  // A = 2 (λ₁ − λ₂)² r₁ r₂ / (r² (λ₁ r₂ + λ₂ r₁)).
  const [r1, r2, l1, l2] = [1 / 0.9, 1 / 0.1, 10, 100];
  const r = r1 + r2;
  const a = (2 * (l1 - l2) ** 2 * r1 * r2) / (r ** 2 * (l1 * r2 + l2 * r1));
  const rt = (r * windowMs) / 1000;
  const dispersion = 1 + a - (a * (1 - Math.exp(-rt))) / rt;
  expect(mean / (19 * 50)).toBeCloseTo(1, 2);
  // Four standard errors of a sample variance.
  expect(Math.abs(variance / mean / dispersion - 1)).toBeLessThan(4 * Math.sqrt(2 / windows));
});

it('bursts on and off leave silence between them', () => {
  const shape = {
    kind: 'bursts',
    quietPerSecond: 0,
    burstPerSecond: 1000,
    quietMs: 9000,
    burstMs: 1000,
  } as const;
  const times = timesOf(shape, 1_000_000);
  const gaps = times.slice(1).map((ms, index) => ms - (times[index] as number));
  expect(gaps.filter((gap) => gap > 1000).length).toBeGreaterThan(50);
  expect(times.length / 1e5).toBeCloseTo(1, 0);
});

describe('a trace', () => {
  it('is replayed at its times, once', () => {
    const shape: TrafficShape = { kind: 'times', timesMs: [0, 120, 120, 135] };
    expect(timesOf(shape, 1000)).toEqual([0, 120, 120, 135]);
  });

  it('begins again', () => {
    const shape: TrafficShape = { kind: 'times', timesMs: [0, 120], repeatAfterMs: 500 };
    expect(timesOf(shape, 1000)).toEqual([0, 120, 500, 620, 1000]);
  });

  it('comes twice in a surge that doubles it, and not at all in one that stops it', () => {
    const shape: TrafficShape = { kind: 'times', timesMs: [10, 20, 30] };
    const surges = [
      { fromMs: 15, untilMs: 25, factor: 2 },
      { fromMs: 25, untilMs: Number.POSITIVE_INFINITY, factor: 0 },
    ];
    expect(timesOf(shape, 1000, { surges })).toEqual([10, 20, 20]);
  });

  it('of counts has as many in each stretch', () => {
    const shape: TrafficShape = {
      kind: 'counts',
      bucketMs: 1000,
      counts: [4, 0, 2],
      repeatAfterMs: 4000,
    };
    const times = timesOf(shape, 9000, { arrivals: 'constant' });
    const counts = Array.from({ length: 9 }, (_, s) =>
      within(times, s * 1000 + 1, s * 1000 + 1001),
    );
    expect(counts).toEqual([4, 0, 2, 0, 4, 0, 2, 0, 4]);
  });
});

it('a surge makes a stretch busier and moves nothing else', () => {
  const shape: TrafficShape = { kind: 'steady', ratePerSecond: 10 };
  const surges = [{ fromMs: 10_000, untilMs: 20_000, factor: 3 }];
  const usual = timesOf(shape, 30_000, { arrivals: 'constant' });
  const surging = timesOf(shape, 30_000, { arrivals: 'constant', surges });
  expect(surging.slice(0, 100)).toEqual(usual.slice(0, 100));
  expect(within(surging, 10_001, 20_001)).toBe(300);
  expect(within(surging, 20_001, 30_001)).toBe(100);
});

const perSecond = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 500, noNaN: true }));
const someMs = fc.nat(5000);
const shapes: fc.Arbitrary<TrafficShape> = fc.oneof(
  fc.record({ kind: fc.constant('steady' as const), ratePerSecond: perSecond }),
  fc.record({
    kind: fc.constant('bursts' as const),
    quietPerSecond: perSecond,
    burstPerSecond: perSecond,
    quietMs: fc.double({ min: 1, max: 5000, noNaN: true }),
    burstMs: fc.double({ min: 1, max: 5000, noNaN: true }),
  }),
  fc
    .array(fc.record({ atMs: someMs, perSecond }), { minLength: 1, maxLength: 8 })
    .map((points) => ({
      kind: 'profile' as const,
      points: points.toSorted((a, b) => a.atMs - b.atMs),
    })),
  fc
    .record({
      bucketMs: fc.double({ min: 10, max: 2000, noNaN: true }),
      counts: fc.array(perSecond, { minLength: 1, maxLength: 8 }),
      more: fc.option(someMs, { nil: undefined }),
    })
    .map(({ bucketMs, counts, more }) => ({
      kind: 'counts' as const,
      bucketMs,
      counts,
      ...(more !== undefined && { repeatAfterMs: bucketMs * counts.length + more }),
    })),
  fc
    .record({
      timesMs: fc.array(someMs, { minLength: 1, maxLength: 20 }),
      more: fc.option(fc.double({ min: 1, max: 5000, noNaN: true }), { nil: undefined }),
    })
    .map(({ timesMs, more }) => {
      const sorted = timesMs.toSorted((a, b) => a - b);
      const repeats = more !== undefined && { repeatAfterMs: (sorted.at(-1) as number) + more };
      return { kind: 'times' as const, timesMs: sorted, ...repeats };
    }),
);
const someSurges = fc.array(
  fc
    .record({ fromMs: someMs, lengthMs: someMs, factor: fc.constantFrom(0, 0.5, 1, 2, 3.7) })
    .map(({ factor, fromMs, lengthMs }) => ({ factor, fromMs, untilMs: fromMs + lengthMs })),
  { maxLength: 3 },
);

it('a change within no time to speak of is a jump', () => {
  const shape: TrafficShape = {
    kind: 'profile',
    points: [
      { atMs: 0, perSecond: 0 },
      { atMs: 5e-324, perSecond: 10 },
    ],
  };
  expect(timesOf(shape, 1000, { arrivals: 'constant' })).toHaveLength(10);
});

describe('whatever the shape', () => {
  it('time goes forward and ends', () => {
    fc.assert(
      fc.property(shapes, someSurges, fc.boolean(), fc.nat(), (shape, surges, isEven, seed) => {
        const arrivals = isEven ? 'constant' : 'poisson';
        const times = timesOf(shape, 6000, { arrivals, surges, seed });
        let before = 0;
        for (const ms of times) {
          expect(ms).toBeGreaterThanOrEqual(before - 1e-9);
          before = ms;
        }
      }),
    );
  });

  it('evenly spaced requests come as often as the mean says', () => {
    fc.assert(
      fc.property(
        shapes.filter(({ kind }) => kind !== 'bursts'),
        (shape) => {
          const times = timesOf(shape, 6000, { arrivals: 'constant' });
          const expected = meanRatePerSecond(shape, 6000) * 6;
          // The one that is due at the end may be missed.
          expect(Math.abs(within(times, 0, 6000) - expected)).toBeLessThanOrEqual(1.001);
        },
      ),
    );
  });
});
