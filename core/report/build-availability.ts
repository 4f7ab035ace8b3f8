import { type Comparison, keepsTo } from '../model/expectation.ts';
import { type Estimate, estimate, wilson95 } from '../simulation/estimate.ts';
import type { Share } from '../simulation/expectations/meter.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { ObjectiveResult } from './report.ts';
import { countText, percentEstimate, percentText, quantityText } from './text.ts';

/** From here on a share that is named without the requests that hang would mislead. */
const NOTABLE_UNANSWERED_RATIO = 0.01;

export type Judgement = Pick<ObjectiveResult, 'achieved' | 'status'>;

export function hasTraffic(replications: readonly ReplicationSummary[]): boolean {
  return replications.some(({ arrived }) => arrived > 0);
}

/** Share of the finished requests that were answered; null when none was finished. */
export function successRatio(run: ReplicationSummary): number | null {
  const finished = run.arrived - run.unanswered;
  return finished === 0 ? null : answered(run) / finished;
}

/**
 * Share of the requests that had no answer when the runs ended; 0 where it is not worth a word. A
 * few are always under way; many mean that requests hang or that the system cannot keep up.
 */
export function notableUnanswered(all: readonly ReplicationSummary[]): number {
  const share = total(all, ({ unanswered }) => unanswered) / Math.max(1, arrivals(all));
  return share > NOTABLE_UNANSWERED_RATIO ? share : 0;
}

/** Requests answered out of all that arrived, the hung ones included. */
export function answeredOfAll(all: readonly ReplicationSummary[]): number {
  return total(all, answered) / Math.max(1, arrivals(all));
}

/** Requests answered where there is traffic; else the time during which every group was up. */
export function judgeAvailability(all: readonly ReplicationSummary[], target: number): Judgement {
  if (!hasTraffic(all)) return judgeUptime(all, target);
  const unsent = total(all, (run) => run.unsent);
  return judgeShares(all.map(answers), { comparison: '>=', bound: target, unsent });
}

/** Between which values a share of requests lies, and how it reads. */
interface EstimatedShare {
  readonly arrived: number;
  readonly counted: number;
  readonly lower: number;
  readonly upper: number;
  /** Before chance widens it: where the interval touches a bound, more requests would tell. */
  readonly seen: Estimate;
  readonly text: string;
}

/**
 * Requests that hang may still be counted or not, so the share lies between two bounds: none of them
 * is, or all are. Chance widens them: by Wilson's interval on all requests, which keeps a hundred
 * good answers from proving 99.9 %, or to the interval over the replications where that reaches
 * further. Null where no request ended.
 */
function estimateShare(all: readonly Share[]): EstimatedShare | null {
  const arrived = sum(all, (one) => Math.max(one.arrived, one.ended));
  const ended = sum(all, (one) => one.ended);
  const counted = sum(all, (one) => one.counted);
  if (arrived === 0) return null;
  const ratios = all.flatMap((one) => (one.ended > 0 ? [one.counted / one.ended] : []));
  const seen = estimate(ratios);
  const spread = seen.halfWidth ?? 0;
  const least = wilson95(counted, arrived).lower;
  const most = wilson95(counted + arrived - ended, arrived).upper;
  return {
    arrived,
    counted,
    lower: ratios.length === 0 ? least : Math.min(seen.mean - spread, least),
    upper: ratios.length === 0 ? most : Math.max(seen.mean + spread, most),
    seen,
    text: sharesText(seen, counted, arrived, ended),
  };
}

/** What a share must keep to. */
export interface ShareBound {
  readonly comparison: Comparison;
  readonly bound: number;
  /** Requests of a load test that were never sent: what would have become of them is not known. */
  readonly unsent: number;
}

/** Met or missed when the whole interval is; unclear when the bound lies in it. */
export function judgeShares(
  all: readonly Share[],
  { bound, comparison, unsent }: ShareBound,
): Judgement {
  const share = estimateShare(all);
  if (!share) return { status: 'unclear', achieved: 'no request arrived' };
  const keeps = (ratio: number) => keepsTo(ratio, comparison, bound);
  const { arrived, counted, lower, seen, text, upper } = share;
  const isMissed = !keeps(lower) && !keeps(upper);
  const isMet = keeps(lower) && keeps(upper) && unsent === 0;
  const spread = seen.halfWidth ?? 0;
  const wouldDo = [seen.mean - spread, seen.mean + spread, counted / arrived].every(keeps);
  const notes = [
    text,
    unsent > 0 && `${countText(unsent)} of ${countText(unsent + arrived)} load requests not sent`,
    !isMissed &&
      !isMet &&
      unsent === 0 &&
      wouldDo &&
      `${countText(arrived)} requests are too few for ${percentText(bound)}`,
  ];
  return {
    status: isMissed ? 'missed' : isMet ? 'met' : 'unclear',
    achieved: notes.filter((note) => note !== false).join(', '),
  };
}

function answers(run: ReplicationSummary): Share {
  return { arrived: run.arrived, ended: run.arrived - run.unanswered, counted: answered(run) };
}

function sharesText(
  { halfWidth, mean }: Estimate,
  counted: number,
  arrived: number,
  ended: number,
): string {
  const hung = (arrived - ended) / arrived;
  if (hung > NOTABLE_UNANSWERED_RATIO) {
    const least = counted / arrived;
    const [from, to] = [percentText(least), percentText(least + hung)];
    return `${from} to ${to}, with ${percentText(hung)} of requests unanswered`;
  }
  const { lower, upper } = wilson95(counted, ended);
  const share = counted / ended;
  const chance = Math.max(share - lower, upper - share);
  return shareText({ mean, halfWidth: Math.max(halfWidth ?? 0, chance) });
}

function judgeUptime(all: readonly ReplicationSummary[], target: number): Judgement {
  const { halfWidth, mean } = estimate(all.map(({ systemAvailability }) => systemAvailability));
  const spread = halfWidth ?? 0;
  const status = mean - spread >= target ? 'met' : mean + spread < target ? 'missed' : 'unclear';
  return { status, achieved: shareText({ mean, halfWidth }) };
}

function shareText(estimated: Estimate): string {
  return quantityText(percentEstimate(estimated));
}

function answered({ degraded, succeeded }: ReplicationSummary): number {
  return succeeded + degraded;
}

function arrivals(all: readonly ReplicationSummary[]): number {
  return total(all, ({ arrived }) => arrived);
}

function total(
  all: readonly ReplicationSummary[],
  value: (run: ReplicationSummary) => number,
): number {
  return sum(all, value);
}

function sum<T>(all: readonly T[], value: (one: T) => number): number {
  return all.reduce((total, one) => total + value(one), 0);
}
