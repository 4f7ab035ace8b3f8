import type { Spread } from '../model/model.ts';
import { valuesOf } from '../model/source.ts';
import { drawExponential, drawNormal, type RandomStream } from '../time/index.ts';

/** Draws how long something lasts, in ms, around a mean of so many ms. */
export type LifetimeSampler = (meanMs: number, random: RandomStream) => number;

/** Times that spread as a config says. How many draws each takes depends on the stream alone. */
export function createLifetimeSampler(spread: Spread): LifetimeSampler {
  const { distribution, shape, sigma } = valuesOf(spread);
  switch (distribution) {
    case 'constant':
      return (meanMs) => meanMs;
    case 'exponential':
      return drawExponential;
    case 'weibull': {
      const exponent = 1 / shape;
      const scale = 1 / gamma(1 + exponent);
      return (meanMs, random) => meanMs * scale * (-Math.log(1 - random.next())) ** exponent;
    }
    case 'lognormal': {
      const mu = -(sigma ** 2) / 2;
      return (meanMs, random) => meanMs * Math.exp(mu + sigma * drawNormal(random));
    }
  }
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/**
 * The gamma function, to 13 digits, for 0.5 and more.
 *
 * Source: C. Lanczos, "A Precision Approximation of the Gamma Function" (1964), with g = 7.
 */
export function gamma(x: number): number {
  const z = x - 1;
  const t = z + LANCZOS.length - 1.5;
  let sum = LANCZOS[0] as number;
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (z + i);
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}
