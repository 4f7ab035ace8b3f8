import { logGamma } from '../analysis/numeric/gamma.ts';
import { exp, log, power } from '../math/portable.ts';
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
      const scale = exp(-logGamma(1 + exponent));
      return (meanMs, random) => meanMs * scale * power(-log(1 - random.next()), exponent);
    }
    case 'lognormal': {
      const mu = -(sigma ** 2) / 2;
      return (meanMs, random) => meanMs * exp(mu + sigma * drawNormal(random));
    }
  }
}
