import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { drawExponential, drawNormal } from './ziggurat.ts';

const DRAWS = 1_000_000;

/** Share of draws beyond each bound, as a multiple of what it must be, in standard errors from 1. */
function deviations(
  draw: () => number,
  tails: readonly (readonly [bound: number, share: number])[],
) {
  const counts = tails.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const x = draw();
    tails.forEach(([bound], index) => {
      if (x > bound) counts[index] = (counts[index] as number) + 1;
    });
  }
  return tails.map(([bound, share], index) => {
    const error = Math.sqrt((share * (1 - share)) / DRAWS);
    return { bound, errors: Math.abs((counts[index] as number) / DRAWS - share) / error };
  });
}

describe('the exponential distribution', () => {
  it('has the tail e^−x, within the layers and beyond the last one', () => {
    const random = createRandom(1, 'exponential');
    const bounds = [0.001, 0.1, 0.5, 1, 2, 4, 7, 7.7, 9];
    const tails = bounds.map((bound) => [bound, Math.exp(-bound)] as const);
    for (const { errors } of deviations(() => drawExponential(1, random), tails)) {
      expect(errors).toBeLessThan(4);
    }
  });

  it('has the mean that is asked for', () => {
    const random = createRandom(2, 'exponential');
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += drawExponential(250, random);
    expect(Math.abs(sum / DRAWS / 250 - 1)).toBeLessThan(4 / Math.sqrt(DRAWS));
  });

  it('of two means is the same but for the scale, draw by draw', () => {
    const [a, b] = [createRandom(3), createRandom(3)];
    for (let i = 0; i < 10_000; i++) {
      expect(drawExponential(8, a)).toBe(8 * drawExponential(1, b));
    }
  });
});

describe('the normal distribution', () => {
  // Φ(−z), from tables to 10 digits.
  const UPPER = [
    [0, 0.5],
    [0.5, 0.3085375387],
    [1, 0.1586552539],
    [2, 0.0227501319],
    [3, 0.001349898],
    [3.6541528853610088, 0.00012902],
    [4, 0.0000316712],
  ] as const;
  const LOWER = UPPER.map(([z, share]) => [-z, 1 - share] as const);

  it('has its tails, within the layers and beyond the last one', () => {
    const random = createRandom(1, 'normal');
    for (const { errors } of deviations(() => drawNormal(random), [...UPPER, ...LOWER])) {
      expect(errors).toBeLessThan(4);
    }
  });
});
