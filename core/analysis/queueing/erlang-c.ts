import { isAmount, isPositive, isRatio } from '../numeric/ranges.ts';
import { smallestCount } from '../numeric/search.ts';
import { erlangB } from './erlang-b.ts';

/**
 * Share of requests that must wait for a slot when the queue has no limit (Erlang's delay formula,
 * M/M/N).
 *
 * C = B / (1 − ρ (1 − B)) with ρ = a/N and Erlang's B
 *
 * Assumes Poisson arrivals, exponential times, first come first served, and that nobody gives up.
 *
 * @param slots N, 0 to 1,000,000
 * @param offered a = rate · mean time, in erlangs, 0 or more
 * @returns in [0, 1]; 1 when the offered load is as large as the pool or larger
 */
export function erlangC(slots: number, offered: number): number | undefined {
  const blocking = erlangB(slots, offered);
  if (blocking === undefined) return undefined;
  if (offered >= slots) return 1;
  return (blocking * slots) / (slots - offered + offered * blocking);
}

/**
 * Mean time in the queue of `erlangC`, those who do not wait included.
 *
 * W = C · T / (N − a)
 *
 * @param slots N, 0 to 1,000,000
 * @param offered a, in erlangs, 0 or more
 * @param durationMs T, the mean time that one request holds its slot, 0 or more
 * @returns infinite when the offered load is as large as the pool or larger
 */
export function meanWaitMs(slots: number, offered: number, durationMs: number): number | undefined {
  const waiting = erlangC(slots, offered);
  if (waiting === undefined || !isAmount(durationMs)) return undefined;
  if (offered >= slots) return Number.POSITIVE_INFINITY;
  return (waiting * durationMs) / (slots - offered);
}

/**
 * Share of requests that wait longer than a given time in the queue of `erlangC`.
 *
 * P(wait > t) = C · e^{−(N − a) t/T}
 *
 * @param slots N, 0 to 1,000,000
 * @param offered a, in erlangs, 0 or more
 * @param durationMs T, the mean time that one request holds its slot, more than 0
 * @param waitMs t, 0 or more
 * @returns in [0, 1]; 1 when the offered load is as large as the pool or larger
 */
export function waitingLongerThan(
  slots: number,
  offered: number,
  durationMs: number,
  waitMs: number,
): number | undefined {
  const waiting = erlangC(slots, offered);
  if (waiting === undefined || !isPositive(durationMs) || !isAmount(waitMs)) return undefined;
  if (offered >= slots) return 1;
  return waiting * Math.exp((-(slots - offered) * waitMs) / durationMs);
}

/**
 * The fewest slots with which no more than a target share of the requests must wait.
 *
 * @param offered in erlangs, 0 or more
 * @param target largest share of requests that may wait, in (0, 1]
 * @returns `undefined` also when 1,000,000 slots are not enough
 */
export function slotsForWaiting(offered: number, target: number): number | undefined {
  if (!isAmount(offered) || !isRatio(target) || !isPositive(target)) return undefined;
  return smallestCount(0, (slots) => (erlangC(slots, offered) ?? 1) <= target);
}
