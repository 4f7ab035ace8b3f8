import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimalCutSets } from './cut-sets.ts';
import { type DependencyGraph, structureOf } from './dependency-graph.ts';
import { anyGraph, subsets, worksByHand } from './testing/graphs.ts';

/** All sets that take the entry down, without those that contain another one. */
function cutSetsByHand(graph: DependencyGraph, entry: string, largest: number): string[][] {
  const fallible = graph.nodes.filter(({ availability }) => availability !== 1);
  const cuts = subsets(fallible.map(({ id }) => id))
    .filter((failed) => !worksByHand(graph, new Set(failed)).has(entry))
    .sort((a, b) => a.length - b.length);
  const minimal: string[][] = [];
  for (const cut of cuts) {
    if (!minimal.some((part) => part.every((id) => cut.includes(id)))) minimal.push(cut);
  }
  return minimal.filter(({ length }) => length <= largest);
}

const sorted = (sets: readonly (readonly string[])[]) => sets.map((set) => set.join()).sort();

describe('minimalCutSets', () => {
  it('finds what must fail together', () => {
    const nodes = [
      { id: 'shop', needs: [{ atLeast: 1, of: ['north', 'south'] }] },
      { id: 'north', needs: [{ atLeast: 1, of: ['vault'] }] },
      { id: 'south', needs: [{ atLeast: 1, of: ['vault'] }] },
      { id: 'vault', needs: [] },
    ];
    expect(minimalCutSets(structureOf({ nodes }), 'shop', 2)).toEqual({
      sets: [['shop'], ['vault'], ['north', 'south']],
      completeUpTo: 2,
    });
  });

  it('agrees with trying all sets, for graphs of every kind', () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 1, max: 4 }), (graph, largest) => {
        const found = minimalCutSets(structureOf(graph), 'a', largest);
        expect(found?.completeUpTo).toBe(largest);
        expect(sorted(found?.sets ?? [])).toEqual(sorted(cutSetsByHand(graph, 'a', largest)));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes six of ten members at once, though there are 210 ways', () => {
    const members = Array.from({ length: 10 }, (_, i) => `member${i}`);
    const nodes = [
      { id: 'group', availability: 1, needs: [{ atLeast: 5, of: members }] },
      ...members.map((id) => ({ id, needs: [] })),
    ];
    const { sets = [] } = minimalCutSets(structureOf({ nodes }), 'group', 6) ?? {};
    expect(sets).toHaveLength(210);
    expect(new Set(sorted(sets)).size).toBe(210);
    expect(sets.every((set) => set.length === 6)).toBe(true);
  });

  it('finds all pairs among 2,000 redundant pairs', () => {
    const pairs = Array.from({ length: 2000 }, (_, i) => [`${i}x`, `${i}y`]);
    const nodes = [
      { id: 'entry', availability: 1, needs: pairs.map((of) => ({ atLeast: 1, of })) },
      ...pairs.flat().map((id) => ({ id, needs: [] })),
    ];
    const found = minimalCutSets(structureOf({ nodes }), 'entry', 2);
    expect(found?.completeUpTo).toBe(2);
    expect(found?.sets).toEqual(pairs);
  });

  it('stops in a graph with too many of them, and says how far it came', () => {
    const members = Array.from({ length: 300 }, (_, i) => `${i}`);
    const nodes = [
      { id: 'entry', availability: 1, needs: [{ atLeast: 296, of: members }] },
      ...members.map((id) => ({ id, needs: [] })),
    ];
    const found = minimalCutSets(structureOf({ nodes }), 'entry', 5);
    expect(found?.sets).toEqual([]);
    expect(found?.completeUpTo).toBeGreaterThanOrEqual(1);
    expect(found?.completeUpTo).toBeLessThan(5);
  });

  it('knows that what is down needs no failure, and what is unknown has none', () => {
    const structure = structureOf({ nodes: [{ id: 'a', needs: [{ atLeast: 1, of: [] }] }] });
    expect(minimalCutSets(structure, 'a', 3)).toEqual({ sets: [[]], completeUpTo: 3 });
    expect(minimalCutSets(structure, 'b', 3)).toEqual({ sets: [], completeUpTo: 3 });
    expect(minimalCutSets(structure, 'a', 0)).toBeUndefined();
  });
});
