import {
  type BoundExpectation,
  type Expectation,
  type ExpectationWindow,
  keepsTo,
  METRICS,
  type Metric,
  type StateExpectation,
} from '../model/expectation.ts';
import { estimate } from '../simulation/estimate.ts';
import type { ExpectationSummary } from '../simulation/expectations/watch.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { RunNumbers } from '../simulation/run.ts';
import { formatRate } from '../time/index.ts';
import { type Judgement, judgeShares, notableUnanswered } from './build-availability.ts';
import { judgeTime, measureRecovery } from './build-objectives.ts';
import type { Placer } from './build-place.ts';
import type { Estimate, ObjectiveResult, Violation } from './report.ts';
import {
  countText,
  durationEstimate,
  durationText,
  numberEstimate,
  percentEstimate,
  percentText,
  plural,
  type Quantity,
  quantityText,
} from './text.ts';

/** Holds what the scenario expects against the run. */
export function judgeExpectations(run: RunNumbers, place: Placer): ObjectiveResult[] {
  return (run.scenario?.expect ?? []).map((expectation, index) => {
    const summaries = run.replications.map(({ expectations }) => expectations[index]);
    const judgement = judge(run, expectation, summaries);
    return {
      name: nameOf(expectation),
      origin: 'expectation',
      target: targetOf(expectation),
      ...judgement,
      violation: judgement.status === 'met' ? null : firstViolation(run, expectation, summaries),
      place: place(expectation.at),
    };
  });
}

type Summaries = readonly (ExpectationSummary | undefined)[];

function judge(run: RunNumbers, expectation: Expectation, summaries: Summaries): Judgement {
  if (expectation.kind === 'state') return judgeState(expectation, summaries);
  const { bound, comparison, metric } = expectation;
  if (metric === 'recovery') {
    return judgeTime(bound.value, measureRecovery(run, expectation.of?.value));
  }
  const shares = summaries.flatMap((one) => (one?.share ? [one.share] : []));
  if (shares.length > 0) {
    const isOfAll = expectation.of === undefined && expectation.window.kind === 'run';
    const unsent = isOfAll ? run.replications.reduce((sum, one) => sum + one.unsent, 0) : 0;
    return judgeShares(shares, { comparison, bound: bound.value, unsent });
  }
  return judgeValues(run, expectation, summaries);
}

/** Met or missed when the whole interval is; unclear when the bound lies in it. */
function judgeValues(
  run: RunNumbers,
  { bound, comparison, metric, window }: BoundExpectation,
  summaries: Summaries,
): Judgement {
  const values = summaries.flatMap((one) => (one && one.value !== null ? [one.value] : []));
  if (values.length === 0) return { status: 'unclear', achieved: nothingSeen(metric, window) };
  const estimated = estimate(values);
  const spread = estimated.halfWidth ?? 0;
  const ends = [estimated.mean - spread, estimated.mean + spread];
  const kept = ends.filter((value) => keepsTo(value, comparison, bound.value)).length;
  // Whoever still waits has waited longer than those who were answered, as far as anyone knows.
  const hung = metric === 'latency' ? notableUnanswered(run.replications) : 0;
  const isDoubtful = hung > 0 && comparison.startsWith('<');
  const achieved = quantityText(quantityOf(metric, estimated));
  return {
    status: kept === 0 ? 'missed' : kept === 2 && !isDoubtful ? 'met' : 'unclear',
    achieved: hung > 0 ? `${achieved}, ${percentText(hung)} of requests unanswered` : achieved,
  };
}

function nothingSeen(metric: Metric, { kind }: ExpectationWindow): string {
  if (kind === 'during-faults' || kind === 'after-faults') {
    return kind === 'during-faults' ? 'no fault struck' : 'no fault was over';
  }
  return metric === 'latency' ? 'no request was answered' : 'nothing happened that could tell';
}

/** A promise that one of the runs broke is broken. */
function judgeState({ state }: StateExpectation, summaries: Summaries): Judgement {
  const values = summaries.flatMap((one) => (one && one.value !== null ? [one.value] : []));
  if (values.length === 0) return { status: 'unclear', achieved: 'the time for it never came' };
  const wrong = values.filter((value) => value === 0).length;
  const runs = plural(values.length, 'run');
  return wrong === 0
    ? {
        status: 'met',
        achieved: `${state.value} in ${values.length === 1 ? 'the run' : `all ${runs}`}`,
      }
    : { status: 'missed', achieved: `not ${state.value} in ${countText(wrong)} of ${runs}` };
}

function firstViolation(
  { replications }: RunNumbers,
  expectation: Expectation,
  summaries: Summaries,
): Violation | null {
  for (const [index, run] of replications.entries()) {
    const atMs = isRecovery(expectation)
      ? lateRecovery(run, expectation)
      : (summaries[index]?.violatedAtMs ?? null);
    if (atMs !== null) return { replication: index + 1, atMs };
  }
  return null;
}

function isRecovery(expectation: Expectation): expectation is BoundExpectation {
  return expectation.kind === 'bound' && expectation.metric === 'recovery';
}

/** When recovery should have been over, but was not. */
function lateRecovery(
  { disruptions, groups }: ReplicationSummary,
  { bound, of }: BoundExpectation,
): number | null {
  const stretches = [...groups].flatMap(([name, group]) =>
    group.longestOutageFromMs === null || (of && of.value !== name)
      ? []
      : [{ fromMs: group.longestOutageFromMs, ms: group.longestOutageMs }],
  );
  if (!of) {
    stretches.push(...disruptions.map(({ fromMs, toMs }) => ({ fromMs, ms: toMs - fromMs })));
  }
  const late = stretches.filter(({ ms }) => ms > bound.value);
  return late.length === 0 ? null : Math.min(...late.map(({ fromMs }) => fromMs + bound.value));
}

const NAMES: Readonly<Record<Exclude<Metric, 'latency'>, string>> = {
  availability: 'Availability',
  errorRate: 'Error rate',
  degradedRate: 'Degraded answers',
  goodput: 'Goodput',
  recovery: 'Recovers within',
  droppedRequests: 'Dropped requests',
  retries: 'Retries',
  breakerOpens: 'Breaker opens',
  rejections: 'Rejections',
  amplification: 'Amplification',
  queue: 'Queue',
  poolUse: 'Pool use',
};

/** `Latency p99 of checkout, 2m to 5m`. */
function nameOf(expectation: Expectation): string {
  const { calling, of, window } = expectation;
  return [
    metricName(expectation),
    ...(of ? [` of ${of.value}`] : []),
    ...(calling ? [` calling ${calling.value}`] : []),
    windowText(window),
  ].join('');
}

function metricName(expectation: Expectation): string {
  if (expectation.kind === 'state') return 'Breaker state';
  const { metric, of, percentile = 0 } = expectation;
  if (metric === 'recovery' && of) return 'Recovery';
  return metric === 'latency' ? `Latency p${Number((percentile * 100).toFixed(3))}` : NAMES[metric];
}

function windowText(window: ExpectationWindow): string {
  switch (window.kind) {
    case 'run':
      return '';
    case 'during-faults':
      return ', during faults';
    case 'after-faults':
      return ', after faults';
    case 'between': {
      const { fromMs, toMs } = window;
      if (!toMs) return `, from ${durationText(fromMs?.value ?? 0)}`;
      return `, ${durationText(fromMs?.value ?? 0)} to ${durationText(toMs.value)}`;
    }
  }
}

const SIGNS = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' } as const;

function targetOf(expectation: Expectation): string {
  if (expectation.kind === 'state') return expectation.state.value;
  const { bound, comparison, metric } = expectation;
  const text = quantityOf(metric, { mean: bound.value, halfWidth: null }).value;
  return `${SIGNS[comparison]} ${text}`;
}

function quantityOf(metric: Metric, estimated: Estimate): Quantity {
  switch (METRICS[metric]) {
    case 'ratio':
      return percentEstimate(estimated);
    case 'ms':
      return durationEstimate(estimated);
    case 'per-second': {
      const { spread } = numberEstimate(estimated);
      const value = formatRate(Number(estimated.mean.toPrecision(4)));
      return spread === undefined ? { value } : { value, spread };
    }
    case 'count':
    case 'factor':
      return numberEstimate(estimated);
  }
}
