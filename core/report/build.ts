import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { estimate } from '../simulation/estimate.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { RunNumbers } from '../simulation/run.ts';
import type { YearsRun } from '../years/index.ts';
import { listLimits } from './build-assumptions.ts';
import { hasTraffic, successRatio } from './build-availability.ts';
import { buildComebacks } from './build-comebacks.ts';
import { judgeExpectations } from './build-expectations.ts';
import type { FirstDetails } from './build-first.ts';
import { buildGroups } from './build-groups.ts';
import { judgeObjectives } from './build-objectives.ts';
import { createPlacer, type Lines } from './build-place.ts';
import { buildRecommendations } from './build-recommendations.ts';
import { writeVerdict } from './build-verdict.ts';
import { buildYears } from './build-years.ts';
import { aboutYears, judgeYears } from './judge-years.ts';
import type { Estimate, ObjectiveResult, Report, TrafficSummary } from './report.ts';
import { leastAvailable } from './years-text.ts';

export interface ReportInput {
  readonly model: Model;
  /** Of the text that the model was read from. */
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  readonly result: RunNumbers;
  readonly first: FirstDetails;
  /** Years of failures and repairs, where they were asked for. */
  readonly longRun?: YearsRun;
}

/** Puts together what a simulation found. Everything in it leads back to a line of the config. */
export function buildReport({
  findings,
  first,
  lines,
  longRun,
  model,
  result,
}: ReportInput): Report {
  const place = createPlacer(lines);
  const { replications, scenario, seed } = result;
  const durationMs = replications[0]?.durationMs ?? 0;
  const groups = buildGroups(model, replications, place);
  // Minutes without a request say nothing that years do not say better.
  const isOfYears = longRun && !hasTraffic(replications);
  const promised = judgeObjectives(model, result, place).filter(
    ({ name }) => !(isOfYears && name === 'Availability'),
  );
  const judged = [...promised, ...judgeExpectations(result, place)];
  const minutes = result.partial?.isCut ? judged.map(undecided) : judged;
  const objectives = [...minutes, ...(longRun ? judgeYears(model, longRun, place) : [])];
  const years = longRun ? buildYears(model, longRun, place) : null;
  return {
    format: 'faultline-report',
    version: 1,
    system: model.system,
    file: model.file,
    scenario: scenario
      ? {
          name: scenario.name,
          ...(scenario.description && { description: scenario.description.value }),
          place: place(scenario.nameAt),
        }
      : null,
    scenarios: [...model.scenarios.keys()],
    seed,
    durationMs,
    replications: replications.length,
    precision: result.precision,
    partial: result.partial,
    verdict: `${writeVerdict(result, objectives, groups)}${years ? leastAvailable(years) : ''}`,
    objectives,
    comebacks: buildComebacks(model, result, place),
    traffic: summariseTraffic(replications),
    ...first,
    groups,
    findings: findings.map(({ at, message, ruleId, severity }) => ({
      ruleId,
      severity,
      message,
      place: place(at),
    })),
    recommendations: buildRecommendations(model, first.monitor, findings, first.pools, place),
    years,
    assumptions: [
      ...first.assumptions,
      ...listLimits(model, result, place),
      ...(longRun ? aboutYears(model, place) : []),
    ],
  };
}

/** What a run that was cut off would still have done nobody knows. */
function undecided(result: ObjectiveResult): ObjectiveResult {
  return { ...result, status: 'unclear', violation: null };
}

function summariseTraffic(replications: readonly ReplicationSummary[]): TrafficSummary {
  const over = (value: (run: ReplicationSummary) => number | null): Estimate =>
    estimate(replications.map(value).filter((one) => one !== null));
  const finished = ({ arrived, unanswered }: ReplicationSummary) => arrived - unanswered;
  return {
    requests: over(({ arrived }) => arrived),
    successRatio: over(successRatio),
    degradedRatio: over((run) => (finished(run) === 0 ? null : run.degraded / finished(run))),
    latencyMs: {
      p50: over(({ latencyMs }) => latencyMs?.p50 ?? null),
      p95: over(({ latencyMs }) => latencyMs?.p95 ?? null),
      p99: over(({ latencyMs }) => latencyMs?.p99 ?? null),
    },
    failures: { ...(replications[0] as ReplicationSummary).failures },
    amplification: over(({ callsIntended, callsSent }) =>
      callsIntended === 0 ? 1 : callsSent / callsIntended,
    ),
  };
}
