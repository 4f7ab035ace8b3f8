import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Latency } from '../../model/model.ts';
import { latencyText, meanMs, meanWithinMs, quantileMs, shareSlower } from './latency.ts';

const times = fc.double({ min: 1, max: 10_000, noNaN: true });
const latencies: fc.Arbitrary<Latency> = fc.oneof(
  times.map((ms) => ({ kind: 'constant', ms }) as const),
  fc
    .tuple(times, times)
    .map(([minMs, more]) => ({ kind: 'uniform', minMs, maxMs: minMs + more }) as const),
  times.map((meanMs) => ({ kind: 'exponential', meanMs }) as const),
  fc
    .tuple(times, fc.double({ min: 1.1, max: 30, noNaN: true }))
    .map(([p50Ms, times]) => ({ kind: 'lognormal', p50Ms, p99Ms: p50Ms * times }) as const),
  fc
    .tuple(times, fc.double({ min: 0.5, max: 5, noNaN: true }))
    .map(([p50Ms, shape]) => ({ kind: 'weibull', p50Ms, shape }) as const),
  fc.tuple(times, times, times).map(([least, more, most]) => {
    const quantiles = [
      { share: 0, ms: least },
      { share: 0.5, ms: least + more },
      { share: 1, ms: least + more + most },
    ];
    return { kind: 'empirical', quantiles } as const;
  }),
);

describe('latencies', () => {
  it('have the median and the 99th percentile that they were given', () => {
    const latency = { kind: 'lognormal', p50Ms: 80, p99Ms: 900 } as const;
    expect(shareSlower(latency, 80)).toBeCloseTo(0.5, 12);
    expect(shareSlower(latency, 900)).toBeCloseTo(0.01, 12);
    expect(quantileMs(latency, 0.99)).toBeCloseTo(900, 2);
  });

  it('that are always the same are slower than nothing but themselves', () => {
    const latency = { kind: 'constant', ms: 80 } as const;
    expect([79, 80, 81].map((ms) => shareSlower(latency, ms))).toEqual([1, 0, 0]);
    expect(quantileMs({ kind: 'uniform', minMs: 5, maxMs: 5 }, 0.9)).toBeCloseTo(5, 4);
    expect(shareSlower({ kind: 'exponential', meanMs: 0 }, 0)).toBe(0);
  });

  it('quantiles are kept by the share that they are for, and by no more', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.9, 0.99, 0.999), (latency, share) => {
        const ms = quantileMs(latency, share);
        expect(shareSlower(latency, ms)).toBeLessThanOrEqual(1 - share);
        expect(shareSlower(latency, ms * 0.999)).toBeGreaterThan(1 - share - 0.01);
      }),
    );
  });

  it('the mean within a limit is what is left of the area under the curve', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0.05, max: 20, noNaN: true }), (latency, times) => {
        const limitMs = meanMs(latency) * times;
        const steps = 20_000;
        let area = 0;
        for (let i = 0; i < steps; i += 1) {
          area += (shareSlower(latency, ((i + 0.5) * limitMs) / steps) * limitMs) / steps;
        }
        expect(meanWithinMs(latency, limitMs) / area).toBeCloseTo(1, 3);
      }),
      { numRuns: 40 },
    );
  });

  it('reach their mean when nothing limits them', () => {
    fc.assert(
      fc.property(latencies, (latency) => {
        expect(meanWithinMs(latency, meanMs(latency) * 1e6) / meanMs(latency)).toBeCloseTo(1, 6);
      }),
    );
  });

  it.each([
    [{ kind: 'constant', ms: 80 }, 'always 80ms'],
    [{ kind: 'uniform', minMs: 5, maxMs: 2_000 }, 'from 5ms to 2s'],
    [{ kind: 'exponential', meanMs: 30 }, 'mean 30ms'],
    [{ kind: 'lognormal', p50Ms: 80, p99Ms: 900 }, 'p50 80ms, p99 900ms'],
  ] as const)('are written as in the file', (latency, text) => {
    expect(latencyText(latency)).toBe(text);
  });
});
