import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityCeiling } from './availability-ceiling.ts';
import { bottlenecks } from './bottlenecks.ts';
import { structureOf } from './dependency-graph.ts';
import { anyGraph } from './testing/graphs.ts';

describe('bottlenecks', () => {
  it('puts what is down most first, a group with its members', () => {
    const member = (id: string) => ({
      id,
      availability: 0.9,
      needs: [{ atLeast: 1, of: ['zone'] }],
    });
    const structure = structureOf({
      nodes: [
        { id: 'shop', availability: 0.999, needs: [{ atLeast: 2, of: ['database', 'payments'] }] },
        { id: 'payments', availability: 0.9995, needs: [] },
        { id: 'database', availability: 1, needs: [{ atLeast: 1, of: ['db-1', 'db-2'] }] },
        member('db-1'),
        member('db-2'),
        { id: 'zone', availability: 0.99, needs: [] },
      ],
    });
    expect(bottlenecks(structure, 'shop')).toEqual([
      { id: 'database', down: expect.closeTo(1 - 0.99 * 0.99, 12) },
      { id: 'shop', down: expect.closeTo(0.001, 12) },
      { id: 'payments', down: expect.closeTo(0.0005, 12) },
    ]);
    expect(bottlenecks(structure, 'nobody')).toEqual([]);
  });

  it('is down no more than the entry, and together no less', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const structure = structureOf(graph);
        const ceiling = availabilityCeiling(structure, 'a');
        const down = ceiling?.kind === 'exact' ? ceiling.down : Number.NaN;
        const found = bottlenecks(structure, 'a');
        const sum = found.reduce((all, one) => all + one.down, 0);
        expect(found[0]?.down ?? 0).toBeLessThanOrEqual(down + 1e-12);
        expect(sum).toBeGreaterThanOrEqual(down - 1e-12);
        expect(found).toEqual(found.toSorted((a, b) => b.down - a.down));
      }),
      { numRuns: 300 },
    );
  });
});
