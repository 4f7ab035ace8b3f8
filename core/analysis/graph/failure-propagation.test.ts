import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structureOf } from './dependency-graph.ts';
import { FailurePropagation } from './failure-propagation.ts';
import { anyGraph, worksByHand } from './testing/graphs.ts';

describe('FailurePropagation', () => {
  it('agrees with leaving out what fails by hand, and takes back what it did', () => {
    const steps = fc.array(fc.option(fc.nat(7), { nil: 'back' as const }), { maxLength: 12 });
    fc.assert(
      fc.property(anyGraph, steps, (graph, taken) => {
        const { ids, ...rest } = structureOf(graph);
        const failures = new FailurePropagation({ ids, ...rest });
        const counts: number[] = [];
        const failed: string[] = [];
        for (const step of taken) {
          if (step === 'back') {
            failed.pop();
            failures.restore(counts.pop() ?? failures.downCount);
          } else if (step < ids.length) {
            counts.push(failures.downCount);
            failed.push(ids[step] ?? '');
            failures.fail(step);
          }
          const up = worksByHand(graph, new Set(failed));
          expect(ids.filter((_, node) => !failures.isDown(node))).toEqual([...up]);
          expect(failures.downCount).toBe(ids.length - up.size);
        }
      }),
      { numRuns: 500 },
    );
  });
});
