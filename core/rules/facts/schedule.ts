import type { RetryPolicy } from '../../model/model.ts';
import { type CallSite, isOutside } from './calls.ts';

/** Nobody waits for more. */
const MOST_WAITS = 1_000;

/**
 * The waits of a retry policy, from the one before the first retry on, ms: as long, or as short, as
 * its jitter can make them.
 */
export function waitsMs(policy: RetryPolicy, kind: 'longest' | 'shortest'): readonly number[] {
  const waits: number[] = [];
  const count = Math.min(policy.attempts.value - 1, MOST_WAITS);
  let previousMs = policy.initialMs.value;
  for (let retry = 1; retry <= count; retry++) {
    previousMs = waitMs(policy, retry, previousMs, kind);
    waits.push(previousMs);
  }
  return waits;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * How long one attempt of a call takes when it runs into its timeout, with all copies of a hedge;
 * none where the attempt has no timeout of its own.
 */
export function attemptMs({ call, retry }: CallSite): number | undefined {
  const { hedge, timeoutMs } = call;
  if (!timeoutMs || (retry && isOutside(call, 'timeout', 'retry'))) return undefined;
  if (!hedge || isOutside(call, 'timeout', 'hedge')) return timeoutMs.value;
  // A copy that fails before the next one is due brings it forward.
  const delayMs = Math.min(hedge.afterMs.value, timeoutMs.value);
  return timeoutMs.value + (hedge.attempts.value - 1) * delayMs;
}

/** How many attempts can run into their timeout one after the other before a time limit. */
export function attemptsWithin(
  limitMs: number,
  attemptMs: number,
  waits: readonly number[],
): number {
  let endMs = attemptMs;
  let fit = 0;
  for (const waitMs of [...waits, Number.POSITIVE_INFINITY]) {
    // A sum of decimal fractions may come out just above the limit that it is meant to meet.
    if (endMs > limitMs * (1 + 1e-12)) break;
    fit += 1;
    endMs += waitMs + attemptMs;
  }
  return fit;
}

function waitMs(
  { factor, growth, initialMs, jitter, maxMs }: RetryPolicy,
  retry: number,
  previousMs: number,
  kind: 'longest' | 'shortest',
): number {
  const growths = { constant: 1, linear: retry, exponential: factor.value ** (retry - 1) };
  // Nothing times infinity is not a number.
  const grownMs = initialMs.value === 0 ? 0 : initialMs.value * growths[growth.value];
  const wholeMs = Math.min(maxMs.value, grownMs);
  const isLongest = kind === 'longest';
  switch (jitter.value) {
    case 'none':
      return wholeMs;
    case 'full':
      return isLongest ? wholeMs : 0;
    case 'equal':
      return isLongest ? wholeMs : wholeMs / 2;
    case 'decorrelated':
      return Math.min(maxMs.value, isLongest ? previousMs * 3 : initialMs.value);
  }
}
