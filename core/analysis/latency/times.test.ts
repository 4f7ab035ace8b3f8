import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Times } from './times.ts';

const ms = fc.double({ min: 0.1, max: 10_000, noNaN: true });
const times = fc.oneof(
  ms.map((one) => Times.constant(one)),
  ms.map((mean) => Times.exponential(mean)),
  fc.tuple(ms, ms).map(([from, more]) => Times.uniform(from, from + more)),
  fc
    .tuple(ms, fc.double({ min: 1.2, max: 20, noNaN: true }))
    .map(([p50, spread]) => Times.lognormal(p50, p50 * spread)),
);

describe('times', () => {
  it('have the quantiles that they were given', () => {
    const latency = Times.lognormal(80, 900);
    expect(latency.quantileMs(0.5) / 80).toBeCloseTo(1, 2);
    expect(latency.quantileMs(0.99) / 900).toBeCloseTo(1, 2);
    expect(Times.exponential(100).quantileMs(0.99) / (100 * Math.log(100))).toBeCloseTo(1, 2);
    expect(Times.uniform(50, 150).quantileMs(0.25) / 75).toBeCloseTo(1, 2);
    expect(Times.constant(7).quantileMs(0.99)).toBe(7);
  });

  it('that are constant add up exactly, however many there are', () => {
    let sum = Times.atOnce;
    for (let i = 0; i < 100; i++) sum = sum.plus(Times.constant(10));
    expect(sum.quantileMs(0.001)).toBe(1000);
    expect(sum.quantileMs(0.999)).toBe(1000);
  });

  it('add up as exponential times do: two of them are Erlang', () => {
    const sum = Times.exponential(100).plus(Times.exponential(100));
    // P(sum > t) = (1 + t/100) e^(−t/100)
    const slower = (t: number) => (1 + t / 100) * Math.exp(-t / 100);
    for (const t of [20, 100, 300, 700]) {
      expect((1 - sum.within(t).total) / slower(t)).toBeCloseTo(1, 1);
    }
    expect(slower(sum.quantileMs(0.99)) / 0.01).toBeCloseTo(1, 1);
  });

  it('race: the first of two exponential ones is twice as fast', () => {
    const first = Times.firstOf([Times.exponential(100), Times.exponential(100)]);
    expect(first.total).toBeCloseTo(1, 9);
    expect(first.meanMs / 50).toBeCloseTo(1, 1);
    expect(first.quantileMs(0.99) / (50 * Math.log(100))).toBeCloseTo(1, 1);
  });

  it('race even when some of them never end', () => {
    const half = Times.constant(10).part(0.5);
    const first = Times.firstOf([half, Times.constant(5).plus(half)]);
    expect(first.total).toBeCloseTo(0.75, 9);
    expect(first.quantileMs(0.5)).toBeCloseTo(10, 6);
    expect(Math.abs(first.quantileMs(0.99) / 15 - 1)).toBeLessThan(0.02);
    expect(Times.firstOf([Times.none]).total).toBe(0);
  });

  it('are none, or infinite, without trouble', () => {
    expect(Times.none.meanMs).toBe(0);
    expect(Times.none.quantileMs(0.5)).toBe(0);
    expect(Times.none.or(Times.constant(3)).quantileMs(0.5)).toBe(3);
    expect(Times.none.plus(Times.constant(3)).total).toBe(0);
    const long = Times.exponential(1e12);
    expect(long.quantileMs(0.99)).toBe(Number.POSITIVE_INFINITY);
    expect(long.within(1000).total).toBeLessThan(1e-6);
  });

  it('keep shares and means', () => {
    fc.assert(
      fc.property(times, times, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        expect(a.total).toBeCloseTo(1, 9);
        const sum = a.plus(b.part(share));
        expect(sum.total).toBeCloseTo(share, 9);
        if (share > 1e-6) expect(sum.meanMs / (a.meanMs + b.meanMs)).toBeCloseTo(1, 4);
        const mixed = a.part(1 - share).or(b.part(share));
        expect(mixed.total).toBeCloseTo(1, 9);
        expect(mixed.meanMs / ((1 - share) * a.meanMs + share * b.meanMs)).toBeCloseTo(1, 4);
      }),
    );
  });

  it('within their own quantile are that share', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (a, share) => {
        const within = a.within(a.quantileMs(share) * (1 + 1e-9)).total;
        expect(within).toBeGreaterThan(share - 1e-6);
        expect(a.within(a.quantileMs(share) * 0.97).total).toBeLessThanOrEqual(share + 1e-9);
      }),
    );
  });
});
