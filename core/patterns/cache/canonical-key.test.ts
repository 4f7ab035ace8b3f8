import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalKey } from './canonical-key.ts';

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
