import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structureOf } from './dependency-graph.ts';
import { dependencyPath, lostWith, singlePointsOfFailure } from './single-points.ts';
import { anyGraph, worksByHand } from './testing/graphs.ts';

const shop = structureOf({
  nodes: [
    { id: 'checkout', needs: [{ atLeast: 1, of: ['pricing'] }] },
    { id: 'search', needs: [{ atLeast: 1, of: ['catalog', 'cache'] }] },
    { id: 'pricing', needs: [{ atLeast: 1, of: ['vault'] }] },
    { id: 'catalog', needs: [{ atLeast: 1, of: ['vault'] }] },
    { id: 'cache', needs: [] },
    { id: 'vault', needs: [] },
  ],
});

describe('singlePointsOfFailure', () => {
  it('finds what takes entries down by itself, most of them first', () => {
    expect(singlePointsOfFailure(shop, ['checkout', 'search', 'nobody'])).toEqual([
      { id: 'checkout', entriesLost: 1 },
      { id: 'search', entriesLost: 1 },
      { id: 'pricing', entriesLost: 1 },
      { id: 'vault', entriesLost: 1 },
    ]);
    expect(singlePointsOfFailure(shop, ['checkout', 'pricing'])[0]).toEqual({
      id: 'pricing',
      entriesLost: 2,
    });
  });

  it('finds exactly what letting each one fail by hand finds', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const entries = ['a', 'c', 'e'];
        const before = worksByHand(graph, new Set());
        const expected = graph.nodes.flatMap(({ id, availability }) => {
          const after = worksByHand(graph, new Set([id]));
          const entriesLost = entries.filter((one) => before.has(one) && !after.has(one)).length;
          return entriesLost > 0 && availability !== 1 ? [{ id, entriesLost }] : [];
        });
        expect(singlePointsOfFailure(structureOf(graph), entries)).toEqual(
          expected.sort((a, b) => b.entriesLost - a.entriesLost),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { shape: 'a chain', size: 10_000, next: (i: number) => i + 1 },
    { shape: 'a ring', size: 3000, next: (i: number) => (i + 1) % 3000 },
  ])('copes with $shape of $size', ({ size, next }) => {
    const nodes = Array.from({ length: size }, (_, i) => {
      return { id: `${i}`, needs: [{ atLeast: 1, of: [`${next(i)}`] }] };
    });
    expect(singlePointsOfFailure(structureOf({ nodes }), ['0'])).toHaveLength(size);
  });
});

describe('lostWith', () => {
  it('lists what goes down, nearest first', () => {
    expect(lostWith(shop, ['vault'])).toEqual(['vault', 'pricing', 'catalog', 'checkout']);
    expect(lostWith(shop, ['vault', 'cache', 'nobody'])).toContain('search');
    expect(lostWith(shop, [])).toEqual([]);
  });
});

describe('dependencyPath', () => {
  it('shows why something matters', () => {
    expect(dependencyPath(shop, 'checkout', 'vault')).toEqual(['checkout', 'pricing', 'vault']);
    expect(dependencyPath(shop, 'vault', 'vault')).toEqual(['vault']);
    expect(dependencyPath(shop, 'vault', 'checkout')).toBeUndefined();
    expect(dependencyPath(shop, 'nobody', 'vault')).toBeUndefined();
  });
});
