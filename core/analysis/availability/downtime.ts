import { isAmount, isPositive, isRatio } from '../numeric/ranges.ts';

const DAY_MS = 86_400_000;
/** The month of error budgets: 30 days, 43,200 minutes. */
export const MONTH_MS = 30 * DAY_MS;
/** 365 days, 8,760 hours. */
export const YEAR_MS = 365 * DAY_MS;

/**
 * Time down within a period. With 1 − objective as the share it is the error budget: 99.9 % leave
 * 43.2 minutes a month.
 *
 * downtime = down · period
 *
 * @param down share of time, in [0, 1]
 * @param periodMs 0 or more
 */
export function downtimeMs(down: number, periodMs: number): number | undefined {
  return isRatio(down) && isAmount(periodMs) ? down * periodMs : undefined;
}

/**
 * How many outages of a given length an objective leaves room for within a period; below 1, one
 * outage uses up the budget of 1/n periods.
 *
 * incidents = (1 − objective) · period / outage
 *
 * Source: B. Treynor et al., "The Calculus of Service Availability" (ACM Queue, 2017).
 *
 * @param objective availability, in [0, 1]
 * @param periodMs 0 or more
 * @param outageMs more than 0
 */
export function outagesWithinBudget(
  objective: number,
  periodMs: number,
  outageMs: number,
): number | undefined {
  const budgetMs = downtimeMs(1 - objective, periodMs);
  return budgetMs === undefined || !isPositive(outageMs) ? undefined : budgetMs / outageMs;
}

/**
 * The number of nines: 3 for 99.9 %.
 *
 * nines = −log₁₀ down
 *
 * @param down share of time, in [0, 1]
 * @returns 0 or more; infinite for what is never down
 */
export function nines(down: number): number | undefined {
  // 0 − x, because −log 1 would be −0.
  return isRatio(down) ? 0 - Math.log10(down) : undefined;
}
