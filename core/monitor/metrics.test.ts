import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityPercent } from './metrics.ts';

describe('availabilityPercent', () => {
  it('is 0 and not below when everything was down, whatever the rounding', () => {
    const moment = fc.nat(1e6).map((whole) => whole / 7);
    fc.assert(
      fc.property(fc.array(moment, { minLength: 3, maxLength: 20 }), (moments) => {
        const cuts = moments.toSorted((a, b) => a - b);
        const down = cuts.slice(1).map((endMs, i) => ({ startMs: cuts[i] ?? 0, endMs }));
        const window = { startMs: cuts[0] ?? 0, endMs: cuts.at(-1) ?? 0 };
        fc.pre(window.endMs > window.startMs);
        const percent = availabilityPercent(down, window);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeCloseTo(0);
      }),
      { numRuns: 500 },
    );
  });
});
