import { isRatio } from '../numeric/ranges.ts';
import type { Availability } from './steady-state.ts';

/**
 * Share of requests that get an answer from a dependency or, when it fails, from a fallback.
 *
 * up = a + (1−a) · f
 *
 * Assumes that the fallback shares nothing with what failed. One that needs the same database adds
 * nothing: its success while the dependency is down is then 0, whatever it is otherwise.
 *
 * @param availability of the dependency, in [0, 1]
 * @param fallbackSuccess share of the failed requests that the fallback answers (for a cache: its
 * hit ratio), in [0, 1]
 */
export function withFallback(
  availability: number,
  fallbackSuccess: number,
): Availability | undefined {
  if (!isRatio(availability) || !isRatio(fallbackSuccess)) return undefined;
  const down = (1 - availability) * (1 - fallbackSuccess);
  return { up: availability + (1 - availability) * fallbackSuccess, down };
}
