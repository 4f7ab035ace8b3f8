import { type Availability, downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import { formatPercent, formatRoughly } from '../../time/index.ts';

/** `99.97%, 12m 57s down in 30d`. */
export function availabilityText({ down, up }: Availability): string {
  // What is never down is written as such only where it is: 1 − 10⁻¹⁷ is 1 in numbers.
  const most = down > 0 ? Math.min(up, 1 - 1e-9) : up;
  return `${formatPercent(most)}, ${downtimeText(down)} down in 30d`;
}

/** `12m 57s` of 30 days, for a share of time. */
export function downtimeText(down: number): string {
  const ms = downtimeMs(down, MONTH_MS) ?? 0;
  return ms > 0 && ms < 1_000 ? 'less than 1s' : formatRoughly(ms);
}
