import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kOutOfN } from '../availability/k-out-of-n.ts';
import { availabilityCeiling } from './availability-ceiling.ts';
import { BoundedParts } from './bounded-parts.ts';
import { type DependencyGraph, type DependencyNode, structureOf } from './dependency-graph.ts';
import { remainderOf } from './remainder.ts';
import { SeparateParts } from './separate-parts.ts';
import { anyGraph, subsets, worksByHand } from './testing/graphs.ts';

/** Needs all of these. */
function all(...of: string[]) {
  return [{ atLeast: of.length, of }];
}

function any(...of: string[]) {
  return [{ atLeast: 1, of }];
}

function ceilingOf(nodes: readonly DependencyNode[], entry = 'entry') {
  return availabilityCeiling(structureOf({ nodes }), entry);
}

/** Adds up the chances of all combinations of failures with which the entry works. */
function upByHand(graph: DependencyGraph, entry: string): number {
  const fallible = graph.nodes.filter(({ availability = 1 }) => availability < 1);
  let up = 0;
  for (const failed of subsets(fallible)) {
    const chance = fallible.reduce((product, node) => {
      const { availability = 1 } = node;
      return product * (failed.includes(node) ? 1 - availability : availability);
    }, 1);
    if (worksByHand(graph, new Set(failed.map(({ id }) => id))).has(entry)) up += chance;
  }
  return up;
}

/** The bounds for the first node, though an exact answer is there. */
function boundsByForce(graph: DependencyGraph) {
  const structure = structureOf(graph);
  const remainder = remainderOf(structure, 0);
  const separate = new SeparateParts(structure, remainder);
  const { least, most } = new BoundedParts(structure, remainder, separate).of(remainder.needs);
  const required = remainder.required.map((node) => structure.availability[node] ?? 1);
  const certain = required.reduce((product, p) => product * p, 1);
  return { least: certain * least, most: certain * most };
}

describe('availabilityCeiling', () => {
  it('multiplies dependencies without a choice', () => {
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs: all('a', 'b', 'c') },
      { id: 'a', availability: 0.9995, needs: [] },
      { id: 'b', availability: 0.999, needs: [] },
      { id: 'c', availability: 0.9999, needs: [] },
    ]);
    expect(found).toMatchObject({ kind: 'exact', unknown: [] });
    expect(found).toHaveProperty('up', expect.closeTo(0.99840065, 9));
  });

  it('counts what two dependencies share once', () => {
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs: all('b', 'c') },
      { id: 'b', availability: 0.999, needs: all('d') },
      { id: 'c', availability: 0.999, needs: all('d') },
      { id: 'd', availability: 0.999, needs: [] },
    ]);
    expect(found).toHaveProperty('up', expect.closeTo(0.999 ** 3, 12));
  });

  it('counts what two alternatives share once', () => {
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs: any('b', 'c') },
      { id: 'b', availability: 0.9, needs: all('d') },
      { id: 'c', availability: 0.9, needs: all('d') },
      { id: 'd', availability: 0.9, needs: [] },
    ]);
    expect(found).toHaveProperty('up', expect.closeTo(0.9 * 0.99, 12));
  });

  it('names the dependencies of which nobody said how often they fail', () => {
    const found = ceilingOf([
      { id: 'entry', availability: 0.99, needs: all('b', 'c', '__proto__') },
      { id: 'b', needs: [] },
      { id: 'c', availability: 99.9, needs: [] },
      { id: 'elsewhere', needs: [] },
    ]);
    expect(found).toMatchObject({ kind: 'exact', up: 0.99, unknown: ['b', 'c'] });
  });

  it('agrees with adding up all combinations, for graphs of every kind', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const up = upByHand(graph, 'a');
        const found = availabilityCeiling(structureOf(graph), 'a');
        expect(found?.kind).toBe('exact');
        expect(found).toHaveProperty('up', expect.closeTo(up, 11));
        expect(found).toHaveProperty('down', expect.closeTo(1 - up, 11));
      }),
      { numRuns: 1000 },
    );
  });

  it('lies within the bounds that are used where too much is shared', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { least, most } = boundsByForce(graph);
        const up = upByHand(graph, 'a');
        expect(least).toBeLessThanOrEqual(up + 1e-12);
        expect(most).toBeGreaterThanOrEqual(up - 1e-12);
      }),
      { numRuns: 1000 },
    );
  });

  it('lies within them where a choice is a cycle, too', () => {
    const nodes = [
      { id: 'a', availability: 1, needs: any('b', 'd') },
      { id: 'b', availability: 0.5, needs: all('c') },
      { id: 'c', availability: 0.5, needs: all('b') },
      { id: 'd', availability: 0, needs: [] },
    ];
    expect(upByHand({ nodes }, 'a')).toBe(0.25);
    expect(boundsByForce({ nodes })).toEqual({ least: 0.25, most: 0.5 });
  });

  it('keeps the digits of many nines, shared or not', () => {
    const nodes = ['x', 'y', 'z'].map((id) => ({ id, availability: 0.9999, needs: all('d') }));
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs: any('x', 'y', 'z') },
      ...nodes,
      { id: 'd', availability: 1, needs: any('u', 'v') },
      { id: 'u', availability: 1 - 1e-9, needs: [] },
      { id: 'v', availability: 1 - 1e-9, needs: [] },
    ]);
    // The three fail together in 1e-12, the two in 1e-18.
    expect(found).toHaveProperty('down', expect.closeTo(1e-12, 17));
    expect(Number((found as { down: number }).down) / (1e-12 + 1e-18)).toBeCloseTo(1, 9);
  });

  it('takes nodes that need one another as one', () => {
    const ring = ['entry', 'b', 'c', 'entry'].map((id, i, ids) => ({
      id,
      availability: 0.99,
      needs: all(ids[i + 1] ?? ''),
    }));
    expect(ceilingOf(ring)).toHaveProperty('up', expect.closeTo(0.99 ** 3, 12));
  });

  it('has no answer for an unknown entry, and 0 for one that can never work', () => {
    expect(ceilingOf([], 'entry')).toBeUndefined();
    const impossible = [{ atLeast: 2, of: ['b'] }];
    const nodes = [
      { id: 'entry', availability: 1, needs: impossible },
      { id: 'b', availability: 1, needs: [] },
    ];
    expect(ceilingOf(nodes)).toMatchObject({ kind: 'exact', up: 0, down: 1 });
  });
});

describe('the ceiling of a large system', () => {
  const SIZE = 10_000;

  it('is exact along a chain of 10,000', () => {
    const chain = Array.from({ length: SIZE }, (_, i) => {
      const needs = i + 1 < SIZE ? all(`${i + 1}`) : [];
      return { id: `${i}`, availability: 0.99999, needs };
    });
    const found = ceilingOf(chain, '0');
    expect(found).toHaveProperty('up', expect.closeTo(0.99999 ** SIZE, 9));
  });

  it('is exact for 3,000 groups of three members over three zones', () => {
    const groups = Array.from({ length: 3000 }, (_, i) => `g${i}`);
    const zones = ['za', 'zb', 'zc'];
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs: all(...groups) },
      ...groups.flatMap((group) => [
        {
          id: group,
          availability: 1,
          needs: [{ atLeast: 2, of: zones.map((zone) => `${group}${zone}`) }],
        },
        ...zones.map((zone) => ({
          id: `${group}${zone}`,
          availability: 0.9999,
          needs: all(zone),
        })),
      ]),
      ...zones.map((id) => ({ id, availability: 0.999, needs: [] })),
    ]);
    // All zones up and every group keeps two of three, or one zone down and every other member up.
    const withAll = 0.999 ** 3 * (kOutOfN(2, 3, 0.9999)?.up ?? 0) ** 3000;
    const withTwo = 3 * 0.999 ** 2 * 0.001 * 0.9999 ** 6000;
    expect(found).toHaveProperty('up', expect.closeTo(withAll + withTwo, 9));
  });

  it('is a pair of bounds where everything is shared with everything', () => {
    const leaves = Array.from({ length: 60 }, (_, i) => `leaf${i}`);
    // Each asks for half of a different thirty of the sixty.
    const needs = leaves.map((_, i) => ({
      atLeast: 15,
      of: leaves.filter((_, j) => (j * (i + 7)) % 61 < 30),
    }));
    const found = ceilingOf([
      { id: 'entry', availability: 1, needs },
      ...leaves.map((id) => ({ id, availability: 0.9, needs: [] })),
    ]);
    expect(found?.kind).toBe('between');
    const { least, most } = found as { least: number; most: number };
    expect(least).toBeGreaterThanOrEqual(0);
    expect(least).toBeLessThanOrEqual(most);
    expect(most).toBeLessThanOrEqual(1);
  });
});
