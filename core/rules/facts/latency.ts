import { exponentialSlower, lognormalSlower, NORMAL_99 } from '../../analysis/index.ts';
import type { Group, Latency, Service } from '../../model/model.ts';
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
  }
}

function spreadOf({ p50Ms, p99Ms }: Latency & { kind: 'lognormal' }): number {
  return Math.log(p99Ms / p50Ms) / NORMAL_99;
}
