import { exp, log, power } from '../math/portable.ts';
import type { Latency, Quantile } from '../model/model.ts';
import { drawExponential, drawNormal, type RandomStream } from '../time/index.ts';

/** 99 % quantile of the standard normal distribution. */
const NORMAL_99 = 2.3263478740408408;

/** Draws one time in ms. How many numbers that takes depends on the stream alone, so runs stay aligned. */
export type LatencySampler = (random: RandomStream) => number;

export function createLatencySampler(latency: Latency): LatencySampler {
  switch (latency.kind) {
    case 'constant':
      return () => latency.ms;
    case 'uniform':
      return (random) => latency.minMs + (latency.maxMs - latency.minMs) * random.next();
    case 'exponential':
      return (random) => drawExponential(latency.meanMs, random);
    case 'lognormal': {
      if (!(latency.p50Ms > 0)) return () => 0;
      const mu = log(latency.p50Ms);
      const sigma = Math.max(0, log(latency.p99Ms / latency.p50Ms)) / NORMAL_99;
      return (random) => exp(mu + sigma * drawNormal(random));
    }
    case 'weibull': {
      const { p50Ms, shape } = latency;
      return (random) => p50Ms * power(-log(1 - random.next()) / Math.LN2, 1 / shape);
    }
    case 'empirical':
      return (random) => quantileAt(latency.quantiles, random.next());
  }
}

function quantileAt(quantiles: readonly Quantile[], share: number): number {
  let above = 1;
  while (above < quantiles.length - 1 && (quantiles[above] as Quantile).share <= share) above++;
  const [low, high] = [quantiles[above - 1] as Quantile, quantiles[above] as Quantile];
  return low.ms + ((high.ms - low.ms) * (share - low.share)) / (high.share - low.share);
}
