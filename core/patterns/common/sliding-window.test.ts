import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

function counting(windowMs: number, buckets: number) {
  const window = new SlidingWindow(windowMs, buckets, 1);
  return {
    add(nowMs: number) {
      window.advance(nowMs);
      window.add(0, 1);
    },
    clear: () => window.clear(),
    count(nowMs: number) {
      window.advance(nowMs);
      return window.total(0);
    },
  };
}

describe('SlidingWindow', () => {
  it('counts what is younger than the window less one bucket, and nothing older than the window', () => {
    const gaps = fc.array(fc.nat(400), { minLength: 1, maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(gaps, (steps) => {
        const window = counting(1_000, 10);
        const times: number[] = [];
        let nowMs = 5_000;
        for (const step of steps) {
          nowMs += step;
          window.add(nowMs);
          times.push(nowMs);
          const counted = window.count(nowMs);
          expect(counted).toBeLessThanOrEqual(times.filter((t) => nowMs - t < 1_000).length);
          expect(counted).toBeGreaterThanOrEqual(times.filter((t) => nowMs - t < 900).length);
        }
      }),
    );
  });

  it('is empty after an idle time, however long', () => {
    for (const idleMs of [1_000, 1_001, 9_990, 10_000, 1e12]) {
      const window = counting(1_000, 10);
      for (let i = 0; i < 4; i += 1) window.add(i);
      expect(window.count(idleMs + 100)).toBe(0);
    }
  });

  it('neither forgets nor remembers for longer when the clock steps back', () => {
    const window = counting(1_000, 10);
    window.add(50_000);
    window.add(10_000);
    expect(window.count(10_000)).toBe(2);
    window.add(10_800);
    expect(window.count(10_899)).toBe(3);
    expect(window.count(11_000)).toBe(1);
    expect(window.count(11_800)).toBe(0);
  });

  it('keeps its columns apart', () => {
    const window = new SlidingWindow(1_000, 10, 2);
    window.advance(0);
    window.add(0, 1);
    window.advance(500);
    window.add(1, 0.5);
    expect([window.total(0), window.total(1)]).toEqual([1, 0.5]);
    window.advance(1_000);
    expect([window.total(0), window.total(1)]).toEqual([0, 0.5]);
  });

  it('leaves nothing of what has gone by, whatever the rounding', () => {
    const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 50, size: 'max' }), amount, (earlier, last) => {
        const window = new SlidingWindow(1_000, 10, 1);
        window.advance(0);
        for (const one of earlier) window.add(0, one);
        window.advance(500);
        window.add(0, last);
        window.advance(1_100);
        expect(window.total(0)).toBe(last);
      }),
    );
  });

  it('goes on from what it saved as if nothing had happened, on another clock', () => {
    const gaps = fc.array(fc.nat(400), { maxLength: 50, size: 'max' });
    fc.assert(
      fc.property(gaps, gaps, (before, after) => {
        const window = new SlidingWindow(1_000, 10, 2);
        let nowMs = 5_000;
        for (const gap of before) {
          nowMs += gap;
          window.advance(nowMs);
          window.add(gap % 2, gap);
        }
        const restored = new SlidingWindow(1_000, 10, 2);
        restored.restore(nowMs - 4_993, window.save());
        for (const gap of after) {
          nowMs += gap;
          window.advance(nowMs);
          restored.advance(nowMs - 4_993);
          for (const column of [0, 1]) expect(restored.total(column)).toBe(window.total(column));
        }
      }),
    );
  });

  it('is empty after it was cleared', () => {
    const window = counting(1_000, 10);
    window.add(0);
    window.clear();
    expect(window.count(0)).toBe(0);
    window.add(950);
    expect([window.count(1_100), window.count(1_950)]).toEqual([1, 0]);
  });
});
