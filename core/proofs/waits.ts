import { durationText } from '../convert/index.ts';
import type { RetryPolicy } from '../model/model.ts';
import type { PlainValue } from '../model/plain-value.ts';

/** More tries than these are not needed to show anything. */
export const MOST_TRIES = 1_000;

/** A policy without chance in it: each wait is as short, or as long, as its jitter can make it. */
export interface SteadyRetry {
  readonly attempts: number;
  readonly initialMs: number;
  readonly maxMs: number;
  readonly growth: RetryPolicy['growth']['value'];
  readonly factor: number;
}

export function steadyRetry(retry: RetryPolicy, waits: 'shortest' | 'longest'): SteadyRetry {
  const { attempts, factor, growth, initialMs, jitter, maxMs } = retry;
  const isShort = waits === 'shortest';
  const part = { none: 1, equal: 0.5, full: 0, decorrelated: 1 }[jitter.value];
  const isWandering = jitter.value === 'decorrelated';
  const least = Math.min(initialMs.value, maxMs.value);
  const share = isShort ? part : 1;
  return {
    attempts: attempts.value,
    initialMs: (isWandering && !isShort ? Math.min(maxMs.value, 3 * least) : least) * share,
    maxMs: Math.min(maxMs.value, Number.MAX_SAFE_INTEGER) * share,
    growth: isWandering ? (isShort ? 'constant' : 'exponential') : growth.value,
    factor: isWandering ? 3 : factor.value,
  };
}

/** The waits before so many further tries, together, ms. */
export function waitedMs({ factor, growth, initialMs, maxMs }: SteadyRetry, waits: number): number {
  let sumMs = 0;
  for (let wait = 1; wait <= waits; wait++) {
    const times = { constant: 1, linear: wait, exponential: factor ** (wait - 1) }[growth];
    sumMs += initialMs === 0 ? 0 : Math.min(maxMs, initialMs * times);
  }
  return sumMs;
}

export function retryValue({
  attempts,
  factor,
  growth,
  initialMs,
  maxMs,
}: SteadyRetry): Readonly<Record<string, PlainValue>> {
  return {
    attempts: Math.min(attempts, MOST_TRIES),
    backoff: {
      initial: durationText(initialMs) ?? '0s',
      growth,
      ...(growth === 'exponential' && { factor }),
      max: durationText(maxMs) ?? '1d',
      jitter: 'none',
    },
  };
}
