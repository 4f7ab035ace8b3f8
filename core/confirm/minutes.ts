import type { Fault, Model, Scenario } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { type Objective, type ObjectiveKind, RecoveryTimeJudge } from '../reach/index.ts';
import { judgeObjectives } from '../report/build-objectives.ts';
import type { ObjectiveResult } from '../report/report.ts';
import { type RunNumbers, runSimulation } from '../simulation/index.ts';
import { formatDuration } from '../time/index.ts';
import { Cancelled, type ConfirmOptions, type Simulated, stage } from './simulated.ts';

/** What reports call the objectives. */
const REPORTED: Readonly<Record<ObjectiveKind, string>> = {
  availability: 'Availability',
  p50: 'Latency p50',
  p95: 'Latency p95',
  p99: 'Latency p99',
  rto: 'Recovery time',
  rpo: 'Recovery point',
};

/** Of a run, the part after which a member fails: by then it is known how things usually are. */
const STRIKES_AFTER = 1 / 4;

/**
 * Runs a system with its usual traffic, for as long as the file says, and where it is about recovery
 * lets a member fail. None where that cannot tell: no traffic, or more than can be simulated.
 */
export function simulateMinutes(
  objective: Objective,
  before: Model,
  after: Model,
  options: ConfirmOptions,
): Simulated | undefined {
  const { kind, service } = objective;
  // Reports do not hold the promises of services against runs.
  if (service !== undefined) return undefined;
  const isAboutFailures = kind === 'rto' || kind === 'rpo';
  const hasTraffic = [...before.services.values()].some(({ ratePerSecond }) => ratePerSecond);
  if (!hasTraffic && !isAboutFailures) return undefined;
  const struck = isAboutFailures ? struckMember(objective, before) : undefined;
  if (isAboutFailures && struck === undefined) return undefined;
  const results = [before, after].map((model, index) => {
    const trial = struck === undefined ? model : withFailure(model, struck);
    const run = runSimulation(trial, {
      ...stage(options, index, 2),
      ...(struck !== undefined && { scenario: FAILURE }),
    });
    if (run.kind === 'cancelled' || run.kind === 'partial') throw new Cancelled();
    return run.kind === 'done' ? resultOf(kind, trial, run) : undefined;
  });
  const [least, found] = results;
  if (!least || !found) return undefined;
  const length = formatDuration(before.simulation.durationMs.value);
  return {
    what: struck === undefined ? `In ${length} of the usual traffic` : `When '${struck}' fails`,
    before: least.achieved,
    after: found.achieved,
    status: found.status,
  };
}

function resultOf(kind: ObjectiveKind, model: Model, run: RunNumbers): ObjectiveResult | undefined {
  const start = { line: 0, character: 0 };
  const results = judgeObjectives(model, run, ({ file }) => ({ file, start, end: start }));
  return results.find(({ name, origin }) => origin === 'objective' && name === REPORTED[kind]);
}

/** The first member of the group whose failures hurt most. */
function struckMember(objective: Objective, model: Model): string | undefined {
  const copied = [...model.groups.values()].find(
    ({ replication }) => replication?.mode.value === 'async',
  );
  const group = objective.kind === 'rpo' ? copied : new RecoveryTimeJudge(objective).slowest(model);
  return group?.members[0]?.name;
}

/** No scenario of a file has a blank name. */
const FAILURE = ' ';

function withFailure(model: Model, member: string): Model {
  const { durationMs } = model.simulation;
  const { at } = durationMs.source;
  const given = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at } });
  const fault: Fault = {
    kind: 'fail',
    at,
    doubtful: false,
    atMs: given(durationMs.value * STRIKES_AFTER),
    target: given(member),
    failureType: given('crash'),
    severity: given('high'),
  };
  const named = { name: FAILURE, nameAt: at, at, doubtful: false };
  const scenario: Scenario = { ...named, faults: [fault], expect: [] };
  return { ...model, scenarios: new Map([[FAILURE, scenario]]) };
}
