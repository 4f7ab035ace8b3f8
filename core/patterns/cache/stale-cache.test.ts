import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalKey, StaleCache } from './stale-cache.ts';

describe('StaleCache', () => {
  it('gives the last answer back with its age', () => {
    const cache = new StaleCache<string>({ maxAgeMs: 1_000, maxEntries: 10 });
    cache.put('k', 'old', 0);
    cache.put('k', 'new', 100);
    expect(cache.get('k', 350)).toEqual({ value: 'new', ageMs: 250 });
    expect(cache.get('other', 350)).toBeUndefined();
  });

  it('uses answers only while they are younger than the limit', () => {
    const cache = new StaleCache<string>({ maxAgeMs: 1_000, maxEntries: 10 });
    cache.put('k', 'v', 0);
    expect(cache.get('k', 999)?.ageMs).toBe(999);
    expect(cache.get('k', 1_000)).toBeUndefined();
    expect(cache.get('k', 0)).toBeUndefined();
  });

  it('makes room by forgetting what was not used for longest', () => {
    const cache = new StaleCache<number>({ maxAgeMs: 1_000, maxEntries: 2 });
    cache.put('a', 1, 0);
    cache.put('b', 2, 0);
    cache.get('a', 1);
    cache.put('c', 3, 2);
    expect(cache.get('b', 3)).toBeUndefined();
    expect(cache.get('a', 3)?.value).toBe(1);
    expect(cache.get('c', 3)?.value).toBe(3);
  });

  it('keeps no answer for longer because the clock stepped back', () => {
    const cache = new StaleCache<string>({ maxAgeMs: 1_000, maxEntries: 10 });
    cache.put('k', 'v', 86_400_000);
    expect(cache.get('k', 0)).toEqual({ value: 'v', ageMs: 0 });
    expect(cache.get('k', 1_000)).toBeUndefined();
  });

  it('can hold undefined as an answer', () => {
    const cache = new StaleCache<undefined>({ maxAgeMs: 1, maxEntries: 1 });
    cache.put('k', undefined, 0);
    expect(cache.get('k', 0)).toEqual({ value: undefined, ageMs: 0 });
  });

  it.each([
    { maxAgeMs: -1, maxEntries: 1 },
    { maxAgeMs: 1, maxEntries: 0 },
  ])('refuses %j', (options) => {
    expect(() => new StaleCache(options)).toThrow(RangeError);
  });
});

describe('canonicalKey', () => {
  it('does not depend on the order of keys, at any depth', () => {
    const one = canonicalKey('/users', { id: 1, filter: { b: [{ y: 1, x: 2 }], a: 1 } });
    const two = canonicalKey('/users', { filter: { a: 1, b: [{ x: 2, y: 1 }] }, id: 1 });
    expect(one).toBe(two);
  });

  it('tells apart what differs', () => {
    const keys = [
      canonicalKey('/a', {}),
      canonicalKey('/a', undefined),
      canonicalKey('/a', { x: 1 }),
      canonicalKey('/a', { x: '1' }),
      canonicalKey('/a', [1, 2]),
      canonicalKey('/a', [2, 1]),
      canonicalKey('/a', JSON.parse('{"__proto__":1}')),
      canonicalKey('/a{}', undefined),
      canonicalKey('/b', {}),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is equal exactly for equal JSON', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(objects, objects, (a, b) => {
        const shuffled = Object.fromEntries(Object.entries(a).reverse());
        expect(canonicalKey('/', shuffled)).toBe(canonicalKey('/', a));
        const parsed = JSON.parse(canonicalKey('/', b)) as unknown[];
        expect(parsed[1]).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });
});
