import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { Backoff, type BackoffKind, type JitterKind } from './backoff.ts';

const kinds = fc.constantFrom<BackoffKind>('constant', 'linear', 'exponential');
const seeds = fc.integer();

/** The waits that the seed leads to, one after the other. */
function waits(kind: BackoffKind, jitter: JitterKind, seed: number): number[] {
  const backoff = new Backoff({ kind, initialMs: 100, factor: 3, maxMs: 1_000, jitter });
  const random = createRandom(seed);
  const waited: number[] = [];
  for (let retry = 1; retry <= 8; retry += 1)
    waited.push(backoff.delayMs(retry, waited.at(-1) ?? 0, random));
  return waited;
}

describe('any backoff', () => {
  it('never shrinks without jitter', () => {
    fc.assert(
      fc.property(kinds, seeds, (kind, seed) => {
        const waited = waits(kind, 'none', seed);
        expect(waited).toEqual(waited.toSorted((a, b) => a - b));
      }),
    );
  });

  it('draws from the whole wait with full jitter, and from its upper half with equal jitter', () => {
    fc.assert(
      fc.property(kinds, seeds, (kind, seed) => {
        const whole = waits(kind, 'none', seed);
        const drawn = createRandom(seed);
        const random = whole.map(() => drawn.next());
        const expected = (from: number) =>
          whole.map((wholeMs, i) => wholeMs * (from + (1 - from) * (random[i] ?? Number.NaN)));
        for (const [i, wait] of waits(kind, 'full', seed).entries())
          expect(wait).toBeCloseTo(expected(0)[i] ?? Number.NaN, 9);
        for (const [i, wait] of waits(kind, 'equal', seed).entries())
          expect(wait).toBeCloseTo(expected(0.5)[i] ?? Number.NaN, 9);
      }),
    );
  });

  it('stays between the first wait and three times the previous one with decorrelated jitter', () => {
    fc.assert(
      fc.property(kinds, seeds, (kind, seed) => {
        let previousMs = 100;
        for (const wait of waits(kind, 'decorrelated', seed)) {
          expect(wait).toBeGreaterThanOrEqual(100);
          expect(wait).toBeLessThanOrEqual(Math.min(1_000, previousMs * 3));
          previousMs = wait;
        }
      }),
    );
  });
});
