import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseCache } from './response-cache.ts';

function cacheOf<Value = string>(
  options: { maxAgeMs?: number; staleIfErrorMs?: number; maxEntries?: number } = {},
) {
  return new ResponseCache<Value>({
    maxAgeMs: 0,
    staleIfErrorMs: 1_000,
    maxEntries: 10,
    ...options,
  });
}

describe('ResponseCache', () => {
  it('gives the last answer back with its age', () => {
    const cache = cacheOf();
    cache.put('k', 'old', 0);
    cache.put('k', 'new', 100);
    expect(cache.stale('k', 350)).toEqual({ value: 'new', ageMs: 250 });
    expect(cache.stale('other', 350)).toBeUndefined();
  });

  it('saves the call while the answer is younger than its maximum age', () => {
    const cache = cacheOf({ maxAgeMs: 100 });
    cache.put('k', 'v', 0);
    expect(cache.fresh('k', 99)).toEqual({ value: 'v', ageMs: 99 });
    expect(cache.fresh('k', 100)).toBeUndefined();
  });

  it('stands in for a failed call for as long again as it is told', () => {
    const cache = cacheOf({ maxAgeMs: 100, staleIfErrorMs: 1_000 });
    cache.put('k', 'v', 0);
    expect(cache.stale('k', 50)?.ageMs).toBe(50);
    expect(cache.fresh('k', 500)).toBeUndefined();
    expect(cache.stale('k', 1_099)?.ageMs).toBe(1_099);
    expect(cache.stale('k', 1_100)).toBeUndefined();
  });

  it('never saves a call when no answer counts as fresh', () => {
    const cache = cacheOf({ maxAgeMs: 0 });
    cache.put('k', 'v', 0);
    expect(cache.fresh('k', 0)).toBeUndefined();
    expect(cache.stale('k', 0)?.value).toBe('v');
  });

  it('never stands in when nothing stale is wanted', () => {
    const cache = cacheOf({ maxAgeMs: 100, staleIfErrorMs: 0 });
    cache.put('k', 'v', 0);
    expect(cache.stale('k', 99)?.value).toBe('v');
    expect(cache.stale('k', 100)).toBeUndefined();
  });

  it('does not give back what has once been too old', () => {
    const cache = cacheOf();
    cache.put('k', 'v', 0);
    expect(cache.stale('k', 1_000)).toBeUndefined();
    expect(cache.stale('k', 0)).toBeUndefined();
  });

  it('makes room by forgetting what was not used for longest', () => {
    const cache = cacheOf<number>({ maxAgeMs: 10, maxEntries: 3 });
    for (const [value, key] of ['a', 'b', 'c'].entries()) cache.put(key, value, 0);
    cache.stale('a', 1);
    cache.fresh('b', 1);
    cache.put('d', 3, 2);
    expect(cache.stale('c', 3)).toBeUndefined();
    expect(['a', 'b', 'd'].map((key) => cache.stale(key, 3)?.value)).toEqual([0, 1, 3]);
  });

  it('does not count it as a use that an answer was no longer fresh', () => {
    const cache = cacheOf({ maxAgeMs: 1, maxEntries: 2 });
    cache.put('a', 'v', 0);
    cache.put('b', 'v', 0);
    cache.fresh('a', 5);
    cache.put('c', 'v', 5);
    expect(cache.stale('a', 5)).toBeUndefined();
  });

  it('keeps no answer for longer because the clock stepped back', () => {
    const cache = cacheOf();
    cache.put('k', 'v', 86_400_000);
    expect(cache.stale('k', 0)).toEqual({ value: 'v', ageMs: 0 });
    expect(cache.stale('k', 1_000)).toBeUndefined();
  });

  it('can hold undefined as an answer', () => {
    const cache = cacheOf<undefined>();
    cache.put('k', undefined, 0);
    expect(cache.stale('k', 0)).toEqual({ value: undefined, ageMs: 0 });
  });

  it.each([
    { maxAgeMs: -1 },
    { staleIfErrorMs: Number.NaN },
    { staleIfErrorMs: Number.POSITIVE_INFINITY },
    { maxEntries: 0 },
  ])('refuses %j', (options) => {
    expect(() => cacheOf(options)).toThrow(RangeError);
  });
});

describe('any history of a ResponseCache', () => {
  const step = fc.record({
    do: fc.constantFrom('put', 'fresh', 'stale'),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    ms: fc.nat(40),
  });

  it('is that of a list in order of use, cut off at its end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const cache = cacheOf<number>({ maxAgeMs: 50, staleIfErrorMs: 100, maxEntries: 3 });
        let model: { key: string; value: number; atMs: number }[] = [];
        let nowMs = 0;
        for (const [value, { do: action, key, ms }] of steps.entries()) {
          nowMs += ms;
          const others = model.filter((entry) => entry.key !== key);
          if (action === 'put') {
            cache.put(key, value, nowMs);
            model = [{ key, value, atMs: nowMs }, ...others].slice(0, 3);
            continue;
          }
          const found = model.find((entry) => entry.key === key);
          const ageMs = found ? nowMs - found.atMs : Number.POSITIVE_INFINITY;
          const isHit = ageMs < (action === 'fresh' ? 50 : 150);
          expect(cache[action](key, nowMs)).toEqual(
            isHit ? { value: found?.value, ageMs } : undefined,
          );
          if (found && isHit) model = [found, ...others];
          if (ageMs >= 150) model = others;
        }
      }),
    );
  });
});
