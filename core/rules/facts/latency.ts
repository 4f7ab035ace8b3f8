import {
  exponentialSlower,
  lognormalSlower,
  NORMAL_99,
  weibullMeanWithin,
  weibullSlower,
} from '../../analysis/index.ts';
import type { Group, Latency, Quantile, Service } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';

/** The latency that is written for a callee's own work; the default is nobody's number. */
export function ownLatency(callee: Service | Group | undefined): Sourced<Latency> | undefined {
  return callee?.latency.source.kind === 'explicit' ? callee.latency : undefined;
}

/** Share of answers that take longer than a time, in [0, 1]. */
export function shareSlower(latency: Latency, ms: number): number {
  switch (latency.kind) {
    case 'constant':
      return latency.ms > ms ? 1 : 0;
    case 'uniform': {
      const { minMs, maxMs } = latency;
      if (ms <= minMs) return minMs > ms || maxMs > minMs ? 1 : 0;
      return ms >= maxMs ? 0 : (maxMs - ms) / (maxMs - minMs);
    }
    case 'exponential':
      return latency.meanMs === 0 ? 0 : (exponentialSlower(latency.meanMs, ms) ?? 0);
    case 'lognormal':
      return lognormalSlower(latency.p50Ms, latency.p99Ms, ms) ?? 0;
    case 'weibull':
      return weibullSlower(latency.p50Ms, latency.shape, ms) ?? 0;
    case 'empirical':
      return sharesSlower(latency.quantiles, ms);
  }
}

/** The shortest time that a share of answers keeps, ms. @param share in (0, 1). */
export function quantileMs(latency: Latency, share: number): number {
  let [low, high] = [0, 1];
  while (shareSlower(latency, high) > 1 - share) high *= 2;
  while (high - low > high * 1e-6 && high > 1e-6) {
    const middle = (low + high) / 2;
    if (shareSlower(latency, middle) > 1 - share) low = middle;
    else high = middle;
  }
  return high;
}

export function meanMs(latency: Latency): number {
  switch (latency.kind) {
    case 'constant':
      return latency.ms;
    case 'uniform':
      return (latency.minMs + latency.maxMs) / 2;
    case 'exponential':
      return latency.meanMs;
    case 'lognormal':
      return latency.p50Ms * Math.exp(spreadOf(latency) ** 2 / 2);
    case 'weibull':
    case 'empirical':
      return meanWithinMs(latency, Number.POSITIVE_INFINITY);
  }
}

/**
 * Mean time that passes until an answer or a time limit, whichever comes first.
 *
 * ∫₀ᵗ S(x) dx, with S the share of answers that are slower
 */
export function meanWithinMs(latency: Latency, limitMs: number): number {
  switch (latency.kind) {
    case 'constant':
      return Math.min(latency.ms, limitMs);
    case 'uniform': {
      const { minMs, maxMs } = latency;
      if (limitMs <= minMs) return limitMs;
      if (limitMs >= maxMs) return meanMs(latency);
      return limitMs - (limitMs - minMs) ** 2 / (2 * (maxMs - minMs));
    }
    case 'exponential':
      return latency.meanMs * (1 - shareSlower(latency, limitMs));
    case 'lognormal': {
      // Of the answers in time the mean; of the others the limit.
      const shifted = limitMs * Math.exp(-(spreadOf(latency) ** 2));
      const inTime = meanMs(latency) * (1 - shareSlower(latency, shifted));
      return inTime + limitMs * shareSlower(latency, limitMs);
    }
    case 'weibull':
      return weibullMeanWithin(latency.p50Ms, latency.shape, limitMs) ?? 0;
    case 'empirical':
      return between(latency.quantiles).reduce((sum, [low, high]) => {
        // The part of these times that is in time takes what it takes on average, the rest the limit.
        const share = high.share - low.share;
        if (limitMs >= high.ms) return sum + (share * (low.ms + high.ms)) / 2;
        if (limitMs <= low.ms) return sum + share * limitMs;
        const inTime = (limitMs - low.ms) / (high.ms - low.ms);
        return sum + share * (inTime * ((low.ms + limitMs) / 2) + (1 - inTime) * limitMs);
      }, 0);
  }
}

/** `p50 80ms, p99 900ms`: as the file says it. */
export function latencyText(latency: Latency): string {
  switch (latency.kind) {
    case 'constant':
      return `always ${formatDuration(latency.ms)}`;
    case 'uniform':
      return `from ${formatDuration(latency.minMs)} to ${formatDuration(latency.maxMs)}`;
    case 'exponential':
      return `mean ${formatDuration(latency.meanMs)}`;
    case 'lognormal':
      return `p50 ${formatDuration(latency.p50Ms)}, p99 ${formatDuration(latency.p99Ms)}`;
    case 'weibull':
      return `p50 ${formatDuration(latency.p50Ms)}, shape ${latency.shape}`;
    case 'empirical':
      return `p50 ${shortDuration(quantileMs(latency, 0.5))}, p99 ${shortDuration(quantileMs(latency, 0.99))}`;
  }
}

function sharesSlower(quantiles: readonly Quantile[], ms: number): number {
  return between(quantiles).reduce((sum, [low, high]) => {
    if (ms >= high.ms) return sum;
    const slower = ms <= low.ms ? 1 : (high.ms - ms) / (high.ms - low.ms);
    return sum + slower * (high.share - low.share);
  }, 0);
}

function between(quantiles: readonly Quantile[]): [Quantile, Quantile][] {
  return quantiles.slice(1).map((high, index) => [quantiles[index] as Quantile, high]);
}

/** A quantile that was found by bisection, without the digits that this leaves. */
function shortDuration(ms: number): string {
  return formatDuration(Number(ms.toPrecision(3)));
}

function spreadOf({ p50Ms, p99Ms }: Latency & { kind: 'lognormal' }): number {
  return Math.log(p99Ms / p50Ms) / NORMAL_99;
}
