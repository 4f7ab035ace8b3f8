import { type Estimate, estimate, wilson95 } from '../simulation/estimate.ts';
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
  return hasTraffic(all) ? judgeAnswers(all, target) : judgeUptime(all, target);
}

/**
 * Requests that hang may still be answered or fail, so the share lies between two bounds: none of
 * them is answered, or all are. Chance widens them: by Wilson's interval on all requests, which
 * keeps a hundred good answers from proving 99.9 %, or to the interval over the replications where
 * that reaches further.
 */
function judgeAnswers(all: readonly ReplicationSummary[], target: number): Judgement {
  const arrived = arrivals(all);
  const good = total(all, answered);
  const unanswered = total(all, (run) => run.unanswered);
  const unsent = total(all, (run) => run.unsent);
  const seen = estimate(all.map(successRatio).filter((ratio) => ratio !== null));
  const spread = seen.halfWidth ?? 0;
  const lower = Math.min(seen.mean - spread, wilson95(good, arrived).lower);
  const upper = Math.max(seen.mean + spread, wilson95(good + unanswered, arrived).upper);
  const isUnclear = upper >= target && (lower < target || unsent > 0);
  const wouldDo = Math.min(seen.mean - spread, good / arrived) >= target;
  const notes = [
    sharesText(all, seen, good, arrived - unanswered),
    unsent > 0 && `${countText(unsent)} of ${countText(unsent + arrived)} load requests not sent`,
    isUnclear &&
      unsent === 0 &&
      wouldDo &&
      `${countText(arrived)} requests are too few for ${percentText(target)}`,
  ];
  return {
    status: isUnclear ? 'unclear' : lower >= target ? 'met' : 'missed',
    achieved: notes.filter((note) => note !== false).join(', '),
  };
}

function sharesText(
  all: readonly ReplicationSummary[],
  { halfWidth, mean }: Estimate,
  good: number,
  finished: number,
): string {
  const hung = notableUnanswered(all);
  if (hung > 0) {
    const least = answeredOfAll(all);
    const [from, to] = [percentText(least), percentText(least + hung)];
    return `${from} to ${to}, with ${percentText(hung)} of requests unanswered`;
  }
  const { lower, upper } = wilson95(good, finished);
  const share = good / finished;
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
  return all.reduce((sum, run) => sum + value(run), 0);
}
