import { finiteQueue, slotsForBlocking } from '../../analysis/index.ts';
import type { Severity } from '../../model/finding.ts';
import { countText } from '../../text/words.ts';
import { formatPercent } from '../../time/index.ts';
import type { Demand } from '../facts/demand.ts';

/** Share that it turns away with the size that is proposed. */
const PROPOSED = 0.001;

export interface PoolVerdict {
  readonly severity: Severity;
  /** `at least 16% are rejected`. */
  readonly rejected: string;
  readonly advice: string;
  /** The size that the advice names. */
  readonly enough: number | undefined;
}

/**
 * Whether a pool is too small for what uses it while nothing fails; none when it is not.
 *
 * @param tolerable share of requests that it may turn away
 */
export function judgePool(
  tolerable: number,
  size: number,
  queue: number,
  demand: Demand,
): PoolVerdict | undefined {
  const { holdMs, slots } = demand;
  const enough = slotsForBlocking(slots, PROPOSED);
  const advice = enough
    ? `${countText(enough)} would reject fewer than 0.1%.`
    : 'No pool is large enough: make fewer calls, or shorter ones.';
  if (slots > size) {
    const share = formatPercent(1 - size / slots);
    return {
      severity: 'error',
      rejected: `at least ${share} are rejected, always`,
      advice,
      enough,
    };
  }
  if (!demand.isRandom) return undefined;
  const blocking = finiteQueue(size, queue, slots, holdMs)?.blocking ?? 0;
  if (blocking <= tolerable) return undefined;
  return {
    severity: 'warning',
    rejected: `${formatPercent(blocking)} are rejected while nothing is wrong`,
    advice,
    enough,
  };
}
