import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

function counting(windowMs: number, buckets: number) {
  const window = new SlidingWindow(windowMs, buckets, () => ({ count: 0 }));
  return {
    add(nowMs: number) {
      window.current(nowMs).count += 1;
    },
    count: (nowMs: number) => window.sum(nowMs, (bucket) => bucket.count),
  };
}

describe('SlidingWindow', () => {
  it('counts what is younger than the window less one bucket, and nothing older than the window', () => {
    const gaps = fc.array(fc.nat(400), { minLength: 1, maxLength: 100 });
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
});
