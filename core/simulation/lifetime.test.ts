import { describe, expect, it } from 'vitest';
import type { Spread, TimeDistribution } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { createRandom } from '../time/index.ts';
import { createLifetimeSampler } from './lifetime.ts';

const DRAWS = 40_000;

function given<T>(value: T): Sourced<T> {
  return { value, source: { kind: 'default', at: { file: '', start: 0, end: 0 } } };
}

describe('times around a mean', () => {
  // Standard deviation over mean, from the moments of each distribution.
  it.each<{ distribution: TimeDistribution; shape: number; sigma: number; variation: number }>([
    { distribution: 'constant', shape: 1, sigma: 1, variation: 0 },
    { distribution: 'exponential', shape: 1, sigma: 1, variation: 1 },
    { distribution: 'weibull', shape: 1, sigma: 1, variation: 1 },
    { distribution: 'weibull', shape: 2, sigma: 1, variation: Math.sqrt(4 / Math.PI - 1) },
    { distribution: 'weibull', shape: 0.5, sigma: 1, variation: Math.sqrt(5) },
    { distribution: 'lognormal', shape: 1, sigma: 0.5, variation: Math.sqrt(Math.exp(0.25) - 1) },
  ])('$distribution, shape $shape, sigma $sigma', ({ distribution, shape, sigma, variation }) => {
    const spread: Spread = {
      distribution: given(distribution),
      shape: given(shape),
      sigma: given(sigma),
    };
    const draw = createLifetimeSampler(spread);
    const random = createRandom(5, distribution, shape);
    const times = Array.from({ length: DRAWS }, () => draw(300, random));
    const mean = times.reduce((sum, time) => sum + time, 0) / DRAWS;
    const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / DRAWS;
    expect(Math.abs(mean / 300 - 1)).toBeLessThan(0.03);
    expect(Math.abs(Math.sqrt(variance) / 300 - variation)).toBeLessThan(0.12);
  });
});
