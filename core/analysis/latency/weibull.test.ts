import { describe, expect, it } from 'vitest';
import { exponentialSlower } from './exceedance.ts';
import { weibullMeanWithin, weibullSlower } from './weibull.ts';

describe('Weibull times', () => {
  it('are exponential with shape 1', () => {
    const meanMs = 80 / Math.LN2;
    expect(weibullSlower(80, 1, 300)).toBeCloseTo(exponentialSlower(meanMs, 300) as number, 12);
    expect(weibullMeanWithin(80, 1, Number.POSITIVE_INFINITY)).toBeCloseTo(meanMs, 9);
    expect(weibullMeanWithin(80, 1, 100)).toBeCloseTo(meanMs * (1 - Math.exp(-100 / meanMs)), 9);
  });

  // Γ(1 + 1/k) in closed form: Γ(3) = 2, Γ(1.5) = √π/2, Γ(5) = 24.
  it.each([
    { shape: 0.5, gamma: 2 },
    { shape: 2, gamma: Math.sqrt(Math.PI) / 2 },
    { shape: 0.25, gamma: 24 },
  ])('have the mean scale × $gamma with shape $shape', ({ gamma, shape }) => {
    const found = weibullMeanWithin(80, shape, Number.POSITIVE_INFINITY) as number;
    expect(found / ((80 / Math.LN2 ** (1 / shape)) * gamma)).toBeCloseTo(1, 10);
  });

  it.each([0.3, 0.7, 1.5, 4])('within a limit are the area under the curve, shape %f', (shape) => {
    for (const limitMs of [1, 50, 200, 2000]) {
      // A long tail begins steeply: in steps of t^power it is smooth there too.
      const power = Math.min(shape, 1);
      const steps = 20_000;
      const top = limitMs ** power;
      let area = 0;
      for (let i = 0; i < steps; i++) {
        const s = ((i + 0.5) * top) / steps;
        const width = (((i + 1) * top) / steps) ** (1 / power) - ((i * top) / steps) ** (1 / power);
        area += (weibullSlower(80, shape, s ** (1 / power)) as number) * width;
      }
      expect((weibullMeanWithin(80, shape, limitMs) as number) / area).toBeCloseTo(1, 4);
    }
  });

  it('out of range are unknown', () => {
    expect(weibullSlower(0, 1, 1)).toBeUndefined();
    expect(weibullSlower(1, 0, 1)).toBeUndefined();
    expect(weibullMeanWithin(1, 1, Number.NaN)).toBeUndefined();
  });
});
