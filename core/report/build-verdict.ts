import { estimate } from '../simulation/estimate.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { RunNumbers } from '../simulation/run.ts';
import {
  answeredOfAll,
  hasTraffic,
  notableUnanswered,
  successRatio,
} from './build-availability.ts';
import {
  FAILURE_REASONS,
  type FailureReason,
  type GroupResult,
  type ObjectiveResult,
  type PartialRun,
} from './report.ts';
import { countText, durationText, percentEstimate, percentText, plural } from './text.ts';

/** Misses that the sentence names; the others are in the table below it. */
const MOST_NAMED = 2;

/** From here on the sentence says how many answers came from a fallback. */
const NOTABLE_DEGRADED_RATIO = 0.01;
/** Fewer failures than this are not worth a cause. */
const NOTABLE_FAILURE_RATIO = 0.001;

/** The whole report in one sentence: whether it holds, and the numbers that say so. */
export function writeVerdict(
  run: RunNumbers,
  objectives: readonly ObjectiveResult[],
  groups: readonly GroupResult[],
): string {
  const text = judged(run, objectives, groups);
  return run.partial ? `${stopped(run, run.partial)} ${text}` : text;
}

/** How much of what was asked for is there. */
function stopped({ replications }: RunNumbers, { isCut, planned }: PartialRun): string {
  if (!isCut && replications.length === planned) return 'Stopped before the years were done.';
  return isCut
    ? `Stopped after ${durationText(replications[0]?.durationMs ?? 0)} of the first run.`
    : `Stopped after ${countText(replications.length)} of ${plural(planned, 'run')}.`;
}

function judged(
  run: RunNumbers,
  objectives: readonly ObjectiveResult[],
  groups: readonly GroupResult[],
): string {
  const facts = `${served(run)}${outages(groups)}.`;
  const missed = objectives.filter(({ status }) => status === 'missed');
  if (missed.length > 0) return `Does not hold: ${named(missed)}. ${capital(facts)}${cause(run)}`;
  const unclear = objectives.filter(({ status }) => status === 'unclear');
  if (unclear.length > 0) return `Cannot tell: ${named(unclear)}. ${capital(facts)}`;
  return objectives.length > 0 ? `Holds: ${facts}` : `Nothing is promised: ${facts}`;
}

function served({ partial, replications, scenario }: RunNumbers): string {
  const through = scenario ? ` through ${scenario.name}` : '';
  if (!hasTraffic(replications)) {
    const availability = replications.map(({ systemAvailability }) => systemAvailability);
    return `all groups were up for ${share(availability)} of the time${through}`;
  }
  const ratios = replications.map(successRatio).filter((ratio) => ratio !== null);
  if (ratios.length === 0) return `no request was finished${through}`;
  const stuck = replications.filter(isStuck).length;
  const end =
    stuck > 0
      ? `, and service had not come back when ${stuckRuns(stuck, replications.length)} ended`
      : '';
  // What was in progress when somebody stopped the run might have been answered yet.
  const hung = partial?.isCut ? 0 : notableUnanswered(replications);
  const answered = hung > 0 ? percentText(answeredOfAll(replications)) : share(ratios);
  const asides = [hung > 0 ? `${percentText(hung)} never` : '', degraded(replications)]
    .filter((aside) => aside !== '')
    .map((aside) => `, ${aside}`)
    .join('');
  const comma = asides !== '' && through !== '' ? ',' : '';
  return `${answered} of requests answered${asides}${comma}${through}${end}`;
}

/** Answers of a fallback are answers, but nobody should mistake them for good ones. */
function degraded(replications: readonly ReplicationSummary[]): string {
  const ratios = replications.map(
    (run) => run.degraded / Math.max(1, run.arrived - run.unanswered),
  );
  const isNotable = estimate(ratios).mean >= NOTABLE_DEGRADED_RATIO;
  return isNotable ? `${share(ratios)} by a fallback` : '';
}

function isStuck({ disruptions }: ReplicationSummary): boolean {
  return disruptions.some(({ isOver }) => !isOver);
}

function stuckRuns(stuck: number, all: number): string {
  return all === 1 ? 'the run' : `${stuck} of ${all} runs`;
}

function outages(groups: readonly GroupResult[]): string {
  if (groups.length === 0) return '';
  const worst = groups.reduce((a, b) => (b.longestOutageMs > a.longestOutageMs ? b : a));
  if (worst.longestOutageMs > 0) {
    return `; ${worst.name} was below its minimum of ${Math.max(1, worst.minHealthy)} for up to ${durationText(worst.longestOutageMs)}`;
  }
  return groups.length === 1
    ? `; ${worst.name} was never below its minimum`
    : '; no group was ever below its minimum';
}

const CAUSES: Readonly<Record<FailureReason, string>> = {
  error: 'the work failed',
  timeout: 'an attempt ran out of time',
  deadline: 'a call ran out of time',
  'circuit-open': 'a breaker was open',
  'rate-limited': 'a rate limit was reached',
  'limit-exceeded': 'a concurrency limit was reached',
  'pool-exhausted': 'a pool was full',
  'no-connection': 'no connection was free',
  unavailable: 'no healthy component was there',
  'no-quorum': 'too few copies were up for a quorum',
};

/** What ended most of the requests that failed. */
function cause({ replications }: RunNumbers): string {
  let most: FailureReason | undefined;
  let mostCount = 0;
  for (const reason of FAILURE_REASONS) {
    const count = replications.reduce((sum, run) => sum + run.failures[reason], 0);
    if (count > mostCount) {
      most = reason;
      mostCount = count;
    }
  }
  const arrived = replications.reduce((sum, run) => sum + run.arrived, 0);
  return most && mostCount >= arrived * NOTABLE_FAILURE_RATIO
    ? ` Most failures: ${CAUSES[most]}.`
    : '';
}

/** A promise that the file and the scenario both make is named once. */
function named(results: readonly ObjectiveResult[]): string {
  const different = results.filter(
    ({ name }, index) => results.findIndex((other) => other.name === name) === index,
  );
  const texts = different
    .slice(0, MOST_NAMED)
    .map(({ achieved, name, target }) => `${lowerFirst(name)} is ${achieved} (promised ${target})`);
  const more = different.length - texts.length;
  return more > 0 ? `${texts.join('; ')}; and ${more} more` : texts.join('; ');
}

function share(ratios: readonly number[]): string {
  return percentEstimate({ ...estimate(ratios), halfWidth: null }).value;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
