import { isAmount, isCount, isPositive } from '../numeric/ranges.ts';
import { findRoot } from '../numeric/search.ts';

/** Loads, in attempts a second, at which a server with a queue and retrying callers stays. */
export interface QueueTipping {
  /** Where it works; absent when it cannot. */
  readonly healthyPerSecond?: number;
  /** Above this the load grows by itself until everything times out; absent when nothing does. */
  readonly tippingPerSecond?: number;
  /** Where it has collapsed; absent when it comes back from there by itself. */
  readonly collapsedPerSecond?: number;
}

/**
 * Where retries after timeouts tip a server over.
 *
 * x = load · (1 + p + … + p^{n−1}) with p(x) = e^{−(capacity − x) · timeout} while x < capacity,
 * else 1
 *
 * p is the chance that a request takes longer than the timeout in an M/M/1 queue. The right side is
 * convex below capacity, so there are at most two solutions there, and one beyond.
 *
 * Assumes Poisson arrivals (retries too), exponential service, and that timed-out work is done
 * nevertheless.
 *
 * @param loadPerSecond calls, without retries, 0 or more
 * @param capacityPerSecond more than 0
 * @param timeoutMs more than 0
 * @param attempts n, in all, the first one included, 1 to 1,000
 */
export function queueTipping(
  loadPerSecond: number,
  capacityPerSecond: number,
  timeoutMs: number,
  attempts: number,
): QueueTipping | undefined {
  if (!isAmount(loadPerSecond) || !isPositive(capacityPerSecond)) return undefined;
  if (!isPositive(timeoutMs) || !isCount(attempts, 1, 1000)) return undefined;
  const timedOut = (x: number): number => Math.exp(((x - capacityPerSecond) * timeoutMs) / 1000);
  const grows = (x: number): number => {
    const p = timedOut(x);
    let sum = 1;
    let power = p;
    for (let i = 1; i < attempts; i++, power *= p) sum += power;
    return loadPerSecond * sum - x;
  };
  const slope = (x: number): number => {
    const p = timedOut(x);
    let sum = 0;
    let power = p;
    for (let i = 1; i < attempts; i++, power *= p) sum += i * power;
    return (loadPerSecond * sum * timeoutMs) / 1000 - 1;
  };
  const collapsed = loadPerSecond * attempts;
  const end = collapsed >= capacityPerSecond ? { collapsedPerSecond: collapsed } : {};
  // Where the load shrinks fastest; when not even there, it grows everywhere.
  const calmest =
    slope(0) >= 0
      ? 0
      : slope(capacityPerSecond) <= 0
        ? capacityPerSecond
        : findRoot(0, capacityPerSecond, slope);
  if (grows(calmest) >= 0) return end;
  return {
    healthyPerSecond: findRoot(calmest, 0, grows),
    ...(grows(capacityPerSecond) > 0 && {
      tippingPerSecond: findRoot(calmest, capacityPerSecond, grows),
    }),
    ...end,
  };
}
