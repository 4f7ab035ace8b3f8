import { isRatio } from '../numeric/ranges.ts';
import type { Availability } from './steady-state.ts';

/**
 * Availability of a system that needs every one of its parts.
 *
 * up = Π aᵢ
 *
 * Assumes that the parts fail independently. A part must be listed once, however many others need
 * it: a product that holds it twice counts its downtime twice. For systems with shared parts see
 * `availabilityCeiling`.
 *
 * @param availabilities shares of time up, each in [0, 1]
 */
export function series(availabilities: readonly number[]): Availability | undefined {
  return availabilities.every(isRatio) ? allOf(availabilities) : undefined;
}

/**
 * Availability of a system that needs any one of its parts.
 *
 * down = Π (1 − aᵢ)
 *
 * Assumes that the parts fail independently and that the others take over at once.
 *
 * @param availabilities shares of time up, each in [0, 1]
 */
export function parallel(availabilities: readonly number[]): Availability | undefined {
  if (!availabilities.every(isRatio)) return undefined;
  const { up: down, down: up } = allOf(availabilities.map((up) => 1 - up));
  return { up, down };
}

/** The chance of the opposite is summed by itself, so that it keeps its digits. */
function allOf(shares: readonly number[]): Availability {
  let up = 1;
  let down = 0;
  for (const share of shares) {
    down += up * (1 - share);
    up *= share;
  }
  return { up, down: Math.min(1, down) };
}
