/**
 * How a report writes its numbers, on the page and in the terminal. Nothing here prints `NaN`,
 * `undefined` or `Infinity`: what is not known is a dash, what never ends is `∞`.
 */
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { RunProgress } from '../simulation/index.ts';
import { countText, plural } from '../text/words.ts';
import { formatDuration, formatPercent } from '../time/index.ts';
import type { Estimate, Report, Violation } from './report.ts';

export { countText, plural } from '../text/words.ts';

/** A number as people read it, and how far it may be off (`± 0.02`) when that is known. */
export interface Quantity {
  readonly value: string;
  readonly spread?: string;
}

export const UNKNOWN = '–';
const NEVER_ENDS = '∞';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `3.2`: at most `decimals` decimals, cut rather than rounded, so that a score never flatters. */
export function decimalText(value: number, decimals = 1): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const factor = 10 ** decimals;
  return String(Math.floor(Number((value * factor).toPrecision(12))) / factor);
}

/** `99.97%` of a ratio in [0, 1]. */
export function percentText(ratio: number, decimals?: number): string {
  if (!Number.isFinite(ratio)) return UNKNOWN;
  return formatPercent(Math.min(1, Math.max(0, ratio)), decimals);
}

/** `2m 28s`: a length of time in its two largest units. */
export function durationText(ms: number): string {
  if (ms === Number.POSITIVE_INFINITY) return NEVER_ENDS;
  if (!Number.isFinite(ms)) return UNKNOWN;
  if (ms <= 0) return '0s';
  return formatDuration(readable(ms));
}

/** `2d 13h`: a mean time between failures; `null` means that there were not two to measure between. */
export function mtbfText(hours: number | null): string {
  return hours === null ? NEVER_ENDS : durationText(hours * HOUR_MS);
}

/** `2 errors, 1 warning`, leaving out what there is none of; empty when there is nothing. */
export function tallyText(findings: readonly { readonly severity: Severity }[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [plural(count, severity)];
  }).join(', ');
}

/** What a group's members are, unless its name says so: `queue` may hold message brokers. */
export function typeText(group: {
  readonly name: string;
  readonly componentType: string;
}): string | undefined {
  const { componentType, name } = group;
  return singular(componentType) === singular(name) ? undefined : componentType;
}

/** `Load-Balancers` and `load balancer` say the same. */
function singular(words: string): string {
  return words
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/s$/, '');
}

/** `4m 30s`: a mean time to recovery; `null` means that nothing recovered, so there is no mean. */
export function mttrText(minutes: number | null): string {
  return minutes === null ? UNKNOWN : durationText(minutes * MINUTE_MS);
}

/** `99.97%`, `± 0.02`: percentage points. */
export function percentEstimate({ mean, halfWidth }: Estimate, mostDecimals = 4): Quantity {
  if (!isKnown(halfWidth)) return { value: percentText(mean) };
  const spread = spreadText(halfWidth * 100, mostDecimals);
  return { value: percentText(mean, Math.max(2, decimalsOf(spread))), spread: `± ${spread}` };
}

/** Both in one; the spread is left out where it is nothing. */
export function quantityText({ spread, value }: Quantity): string {
  return spread === undefined || spread === '± 0' ? value : `${value} ${spread}`;
}

/** `24 013`, `± 42`. */
export function countEstimate({ mean, halfWidth }: Estimate): Quantity {
  const value = countText(mean);
  return isKnown(halfWidth) ? { value, spread: `± ${countText(Math.ceil(halfWidth))}` } : { value };
}

/** `812ms`, `± 14ms`. */
export function durationEstimate({ mean, halfWidth }: Estimate): Quantity {
  const value = durationText(mean);
  if (!isKnown(halfWidth)) return { value };
  // Whole milliseconds beside whole milliseconds.
  const spreadMs = mean >= 1 ? Math.ceil(halfWidth) : halfWidth;
  return { value, spread: `± ${spreadMs === 0 ? '0' : durationText(spreadMs)}` };
}

/** `1.08×`, `± 0.01`. */
export function factorEstimate({ mean, halfWidth }: Estimate): Quantity {
  const value = Number.isFinite(mean) ? `${Number(mean.toFixed(2))}×` : UNKNOWN;
  return isKnown(halfWidth) ? { value, spread: `± ${spreadText(halfWidth, 2)}` } : { value };
}

/** `3.4`, `± 0.2`: something counted, on average. */
export function numberEstimate({ mean, halfWidth }: Estimate): Quantity {
  const value = Math.abs(mean) < 100 ? String(Number(mean.toFixed(2))) : countText(mean);
  return isKnown(halfWidth) ? { value, spread: `± ${spreadText(halfWidth, 2)}` } : { value };
}

/** `3 of 20 runs · 25m simulated · intervals ± 1.2%`: how far a simulation is. */
export function progressText({ planned, replications, simulatedMs, widest }: RunProgress): string {
  return [
    `${countText(replications)} of ${plural(planned, 'run')}`,
    `${durationText(simulatedMs)} simulated`,
    ...(widest === null ? [] : [`intervals ± ${percentText(widest, 1)}`]),
  ].join(' · ');
}

/** `20 replications`, `3 of 20 replications` where a run was stopped. */
export function replicationsText({
  partial,
  replications,
}: Pick<Report, 'partial' | 'replications'>): string {
  if (!partial) return plural(replications, 'replication');
  const done = partial.isCut ? 'a part of one' : countText(replications);
  return `${done} of ${plural(partial.planned, 'replication')}`;
}

/** `intervals within 0.8%, asked 1%`; empty where no precision was asked for. */
export function precisionText(precision: Report['precision']): string {
  if (!precision) return '';
  const { asked, reached } = precision;
  const within =
    reached === null ? 'intervals unknown' : `intervals within ${percentText(reached)}`;
  return `${within}, asked ${percentText(asked)}`;
}

/** `first broken at 1m 2s`, in which run where that is not the one that is shown. */
export function violationText({ atMs, replication }: Violation): string {
  const run = replication === 1 ? '' : ` in replication ${replication}`;
  return `first broken at ${durationText(atMs)}${run}`;
}

function isKnown(halfWidth: number | null): halfWidth is number {
  return halfWidth !== null && Number.isFinite(halfWidth);
}

/** Keeps one significant digit, two when the first is 1 or 2, and rounds up: never too sure. */
function spreadText(halfWidth: number, maxDecimals: number): string {
  if (halfWidth <= 0) return '0';
  const exponent = Math.floor(Math.log10(halfWidth));
  const leading = halfWidth / 10 ** exponent;
  const decimals = Math.min(maxDecimals, Math.max(0, (leading < 3 ? 1 : 0) - exponent));
  const factor = 10 ** decimals;
  return String(Math.ceil(Number((halfWidth * factor).toPrecision(12))) / factor);
}

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** Rounds away the digits that nobody reads: `2d 13h 16m 12s` says no more than `2d 13h`. */
function readable(ms: number): number {
  if (ms < SECOND_MS) return ms < 1 ? ms : Math.round(ms);
  if (ms < MINUTE_MS) return Number(ms.toPrecision(3));
  const unit =
    ms < HOUR_MS ? SECOND_MS : ms < DAY_MS ? MINUTE_MS : ms < 30 * DAY_MS ? HOUR_MS : DAY_MS;
  return Math.round(ms / unit) * unit;
}
