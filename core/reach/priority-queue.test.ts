import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PriorityQueue } from './priority-queue.ts';

it('gives back in order, and equals as they came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 5 }))), (steps) => {
      const queue = new PriorityQueue<readonly [number, number]>(([a], [b]) => a < b);
      let waiting: (readonly [number, number])[] = [];
      for (const [index, step] of steps.entries()) {
        if (step === null) {
          const first = waiting.toSorted(([a, i], [b, j]) => a - b || i - j)[0];
          expect(queue.pop()).toEqual(first);
          waiting = waiting.filter((one) => one !== first);
        } else {
          const entry = [step, index] as const;
          waiting.push(entry);
          queue.push(entry);
        }
      }
    }),
  );
});
