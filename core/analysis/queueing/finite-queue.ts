import { splitBirthDeath } from '../numeric/birth-death.ts';
import { isAmount, isCount, isPositive } from '../numeric/ranges.ts';

export interface FiniteQueue {
  /** Share of requests that find pool and queue full, in [0, 1]. */
  readonly blocking: number;
  /** Requests in the queue, on average. */
  readonly meanQueued: number;
  /** Mean time in the queue of those who are let in, the ones who do not wait included. */
  readonly meanWaitMs: number;
}

/**
 * A pool with a queue of limited length (M/M/N/K).
 *
 * p(i+1) = p(i) · a / min(i+1, N) for 0 ≤ i < K = N + queue; blocking = p(K),
 * queued Q = Σ_{i>N} (i−N) p(i), wait = Q · T / (a (1 − p(K))) by Little's law
 *
 * Assumes Poisson arrivals, exponential times, first come first served, and that nobody who waits
 * gives up.
 *
 * @param slots N, 1 to 1,000,000
 * @param queue places to wait, 0 to 1,000,000
 * @param offered a = rate · mean time, in erlangs, 0 or more
 * @param durationMs T, the mean time that one request holds its slot, 0 or more
 */
export function finiteQueue(
  slots: number,
  queue: number,
  offered: number,
  durationMs: number,
): FiniteQueue | undefined {
  if (!isCount(slots, 1) || !isCount(queue)) return undefined;
  if (!isAmount(offered) || !isAmount(durationMs)) return undefined;
  const most = slots + queue;
  const ratio = (i: number): number => offered / Math.min(i + 1, slots);
  const { at: blocking, below: admitted } = splitBirthDeath(most, most, ratio);
  const { excess: meanQueued } = splitBirthDeath(slots, most, ratio);
  const carried = offered * admitted;
  return {
    blocking,
    meanQueued,
    meanWaitMs: carried > 0 ? (meanQueued / carried) * durationMs : 0,
  };
}

/**
 * How long the last one in a full queue waits.
 *
 * wait = queue · T / slots
 *
 * @param slots 1 to 1,000,000
 * @param queue places to wait, 0 to 1,000,000
 * @param durationMs T, the mean time that one request holds its slot, 0 or more
 */
export function fullQueueWaitMs(
  slots: number,
  queue: number,
  durationMs: number,
): number | undefined {
  if (!isCount(slots, 1) || !isCount(queue) || !isAmount(durationMs)) return undefined;
  return (queue * durationMs) / slots;
}

/**
 * The longest queue from whose end a request can still be answered in time: whoever waits behind it
 * is served after the caller has given up.
 *
 * queue = ⌊slots · (timeout − T) / T⌋
 *
 * @param slots 1 to 1,000,000
 * @param durationMs T, the mean time that one request holds its slot, more than 0
 * @param timeoutMs how long the caller waits in all, 0 or more
 * @returns 0 or more, not limited to 1,000,000
 */
export function longestUsefulQueue(
  slots: number,
  durationMs: number,
  timeoutMs: number,
): number | undefined {
  if (!isCount(slots, 1) || !isAmount(timeoutMs)) return undefined;
  if (!isPositive(durationMs)) return undefined;
  // A little is added before cutting, for 10 · 0.8 / 0.2 may come out just below 40.
  const exact = (slots * (timeoutMs - durationMs)) / durationMs;
  return Math.max(0, Math.floor(exact * (1 + 4 * Number.EPSILON)));
}
