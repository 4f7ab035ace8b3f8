import { isRatio } from '../numeric/ranges.ts';

/**
 * Requests that one hedged call sends, on average.
 *
 * 1 + Σ_{i≥1} Π_{j≤i} S(j·d)
 *
 * with S(t) the share of single requests that take longer than t: the i-th hedge is sent after i
 * delays d, when the first request and all hedges so far still have no answer. With one hedge after
 * the 95 % quantile, 5 % more load.
 *
 * Assumes that the requests of one call are independent; when a slow callee delays all of them, more
 * hedges are sent and they help less. Source: J. Dean and L. A. Barroso, "The Tail at Scale" (2013).
 *
 * @param slower S(d), S(2d), … up to the last hedge, each in [0, 1]
 * @returns from 1 to one more than there are hedges
 */
export function hedgedRequests(slower: readonly number[]): number | undefined {
  if (!slower.every(isRatio)) return undefined;
  let sent = 1;
  let unanswered = 1;
  for (const share of slower) {
    unanswered *= share;
    sent += unanswered;
  }
  return sent;
}

/**
 * Share of hedged calls that still have no answer after a time t.
 *
 * S(t) · S(t − d) · S(t − 2d) · …
 *
 * Same assumptions as `hedgedRequests`.
 *
 * @param slower the factors: shares of single requests that take longer than the time each one of
 * them has had, each in [0, 1]
 */
export function hedgedSlower(slower: readonly number[]): number | undefined {
  if (!slower.every(isRatio)) return undefined;
  return slower.reduce((product, share) => product * share, 1);
}
