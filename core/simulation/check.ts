import { didYouMean } from '../model/did-you-mean.ts';
import type { Fault, Model, Scenario } from '../model/model.ts';
import { definedNames, REFERENCE_NOUNS, references } from '../model/references.ts';
import { defaultNote, type Sourced, type SourceRange } from '../model/source.ts';
import { trafficOf } from '../model/traffic.ts';
import { formatDuration, formatPercent } from '../time/index.ts';
import { type CallGraph, calleesOf, checkCallGraph } from './call-graph.ts';
import type { SimulationProblem } from './problem.ts';
import { callsOf, componentNames, findTarget, zoneNames } from './targets.ts';
import type { TooMuchWork } from './too-much-work.ts';

/** The most failures of components that one simulation may be asked for. */
const MOST_FAILURES = 1_000_000;

/** What a caller may choose, on top of the file: whole numbers. The schema bounds the file's own. */
export const RUN_BOUNDS = {
  seed: { least: 0, most: 2 ** 32 - 1 },
  replications: { least: 1, most: 1000 },
  /** A share. */
  precision: { least: 0.0001, most: 0.5 },
} as const;

/** How a model is to be run, by the file or by who asks for the run. */
export interface RunSettings {
  readonly seed: number;
  readonly replications: number;
  readonly precision?: number;
}

/** Everything that keeps `model` from being simulated; an empty list means go. */
export function findProblems(
  model: Model,
  scenario: Scenario | undefined,
  settings: RunSettings,
): SimulationProblem[] {
  const problems: SimulationProblem[] = [
    ...findSettingsOutOfBounds(model, settings),
    ...findMissingParts(model, scenario),
    ...(scenario ? findImpossibleFaults(model, scenario) : []),
    ...findImpossibleValues(model),
  ];
  if (problems.length > 0) return problems;
  const graph = checkCallGraph(model, scenario);
  const changed = scenario && withRollouts(model, scenario);
  const wrong = [graph, ...(changed ? [checkCallGraph(changed, scenario)] : [])];
  const inGraph = wrong.find((one) => one.problems.length > 0);
  if (inGraph) return inGraph.problems;
  if (model.groups.size === 0 && graph.requestsFromOutside === 0) {
    return [
      {
        message:
          'There is nothing to simulate: no service has traffic, no load is given and there is no ' +
          "redundancy group. Give a service 'traffic: { rate: 10/s }'.",
        at: scenario?.nameAt ?? firstPlace(model),
      },
    ];
  }
  return findExcess(model, scenario, graph, settings.replications);
}

/** What to tell of a run that turned out to be too much for the machine. */
export function tellTooMuchWork({ atMs, message }: TooMuchWork, model: Model): SimulationProblem {
  return {
    message:
      `Too much work: after ${formatDuration(Math.round(atMs))} of the run ${message}. Requests that ` +
      'hang pile up, retries multiply them, and recoveries without a pause never end. Give calls a ' +
      "'timeout', lower the traffic or 'retries', raise 'retryAfter', lower 'simulation.duration' or " +
      "'simulation.replications', or raise 'simulation.maxEvents' if that was the limit.",
    at: model.simulation.durationMs.source.at,
  };
}

export function unknownScenario(model: Model, name: string): SimulationProblem {
  const known = [...model.scenarios.keys()];
  const meant = didYouMean(name, known);
  const hint =
    known.length === 0
      ? 'The file has no scenarios.'
      : `${meant ? `Did you mean '${meant}'? ` : ''}The file has ${known.map(quote).join(', ')}.`;
  return { message: `There is no scenario '${name}'. ${hint}`, at: firstPlace(model) };
}

/** References of the model and of the scenario that is run; other scenarios do not matter. */
function findMissingParts(model: Model, scenario: Scenario | undefined): SimulationProblem[] {
  const scenarios = new Map(scenario ? [[scenario.name, scenario]] : []);
  const problems: SimulationProblem[] = [];
  for (const { kind, name, at } of references({ ...model, scenarios })) {
    const names = definedNames(model, kind);
    if (names.has(name)) continue;
    // Told below with what to do instead.
    if (kind === 'fail-target' && model.services.has(name)) continue;
    const meant = didYouMean(name, names);
    const hint = meant ? ` Did you mean '${meant}'?` : '';
    problems.push({ message: `There is no ${REFERENCE_NOUNS[kind]} '${name}'.${hint}`, at });
  }
  return problems;
}

/** The model with all that rollouts let services call besides; none where they change no call. */
function withRollouts(model: Model, scenario: Scenario): Model | undefined {
  const services = new Map(model.services);
  for (const fault of scenario.faults) {
    const service = fault.kind === 'rollout' && services.get(fault.target.value);
    if (!service || !fault.changes.calls) continue;
    const calls = [...service.calls, ...fault.changes.calls];
    services.set(service.name, { ...service, calls });
  }
  const isChanged = [...services].some(([name, service]) => model.services.get(name) !== service);
  return isChanged ? { ...model, services } : undefined;
}

/** Faults that name something that exists but cannot have them. */
function findImpossibleFaults(model: Model, scenario: Scenario): SimulationProblem[] {
  return scenario.faults.flatMap((fault): SimulationProblem[] => {
    if (fault.atMs.value >= model.simulation.durationMs.value) {
      const [at, end] = [fault.atMs, model.simulation.durationMs].map(({ value }) =>
        formatDuration(value),
      );
      const message =
        `This fault comes at ${at}, but the run ends after ${end}: it would never strike. Lower ` +
        "'at' or raise 'simulation.duration'.";
      return [{ message, at: fault.at }];
    }
    const impossible = findImpossible(model, scenario, fault);
    return impossible ? [impossible] : [];
  });
}

/** Nothing of which a failure at random could be drawn. */
function findImpossibleKind(
  model: Model,
  { at, failureKinds }: Fault & { kind: 'random-failures' },
): SimulationProblem | undefined {
  for (const kind of failureKinds) {
    if (kind === 'partition' && callsOf(model).length === 0) {
      return { message: 'No service calls another, so no network can be cut at random.', at };
    }
    if (kind === 'failZone' && zoneNames(model).length === 0) {
      return { message: "No component has a 'zone' that could fail at random.", at };
    }
    if (kind !== 'partition' && componentNames(model).length === 0) {
      return { message: 'There is no component that could fail at random.', at };
    }
  }
  return undefined;
}

function findImpossible(
  model: Model,
  scenario: Scenario,
  fault: Fault,
): SimulationProblem | undefined {
  switch (fault.kind) {
    case 'random-failures':
      return findImpossibleKind(model, fault);
    case 'fail': {
      const weak = fault.slowReturn?.capacityShare;
      if (weak && !capacityOf(model, fault.target.value)) {
        return unlimited(fault.target.value, weak);
      }
      if (findTarget(model, fault.target.value)?.kind !== 'service') return undefined;
      const message =
        `'${fault.target.value}' is a service, and only components and groups can fail. ` +
        "Use 'hang', or 'degrade' with 'errorRate: 100%'.";
      return { message, at: fault.target.source.at };
    }
    case 'degrade': {
      if (!fault.capacityShare || capacityOf(model, fault.target.value)) return undefined;
      return unlimited(fault.target.value, fault.capacityShare);
    }
    case 'rollout': {
      const service = model.services.get(fault.target.value);
      if (!fault.changes.capacityPerSecond || !service?.runsOn) return undefined;
      const message =
        `'${service.name}' runs on '${service.runsOn.value}', whose members' capacity counts ` +
        "instead of its own. Leave out 'capacity', or degrade the group.";
      return { message, at: fault.changes.capacityPerSecond.source.at };
    }
    case 'surge': {
      if (trafficOf(model, scenario).has(fault.target.value)) return undefined;
      const message =
        `No requests arrive from outside at '${fault.target.value}', so there are none to have ` +
        "more of. Give it 'traffic: { rate: 10/s }', or name the service at which they arrive.";
      return { message, at: fault.target.source.at };
    }
    case 'partition': {
      const isOneOf = (ends: readonly Sourced<string>[], name: string) =>
        ends.some(({ value }) => value === name);
      const crosses = [...model.services.values()].some((service) =>
        calleesOf(model, service.name).some(
          ({ value: to }) =>
            (isOneOf(fault.between, service.name) && isOneOf(fault.and, to)) ||
            (isOneOf(fault.and, service.name) && isOneOf(fault.between, to)),
        ),
      );
      if (crosses) return undefined;
      const message =
        'No call goes from one side of this partition to the other, so it cuts nothing. Name a ' +
        'service and whom it calls.';
      return { message, at: fault.at };
    }
    default:
      return undefined;
  }
}

/** Whether the capacity of what a name means is limited where it is degraded. */
function unlimited(name: string, share: Sourced<number>): SimulationProblem {
  const message =
    `How much '${name}' can serve is not limited, so a share of it is not ` +
    "either. Give it a 'capacity'; where it 'runsOn' a group, degrade that.";
  return { message, at: share.source.at };
}

function capacityOf(model: Model, name: string): Sourced<number> | undefined {
  const target = findTarget(model, name);
  if (target?.kind !== 'service') return target?.group.capacityPerSecond;
  // The members' capacity counts instead, and theirs can be degraded.
  return target.service.runsOn ? undefined : target.service.capacityPerSecond;
}

/** Refused rather than brought into bounds: another run than the one asked for would mislead. */
function findSettingsOutOfBounds(model: Model, settings: RunSettings): SimulationProblem[] {
  const problems: SimulationProblem[] = [];
  const { precision } = settings;
  const { least, most } = RUN_BOUNDS.precision;
  if (precision !== undefined && !(precision >= least && precision <= most)) {
    const bounds = `${formatPercent(least)} to ${formatPercent(most)}`;
    const message = `'precision' must be from ${bounds}, not ${formatPercent(precision)}.`;
    problems.push({ message, at: (model.simulation.precision ?? model.simulation.seed).source.at });
  }
  const numbers = (['seed', 'replications'] as const).flatMap((name) => {
    const value = settings[name];
    const { least, most } = RUN_BOUNDS[name];
    if (Number.isInteger(value) && value >= least && value <= most) return [];
    const message = `'${name}' must be a whole number from ${least} to ${most}, not ${value}.`;
    return [{ message, at: model.simulation[name].source.at }];
  });
  return [...problems, ...numbers];
}

/** Values that the schema reports too, but that would leave the simulation without a meaning. */
function findImpossibleValues(model: Model): SimulationProblem[] {
  const problems: SimulationProblem[] = [];
  const { durationMs } = model.simulation;
  if (!(durationMs.value > 0)) {
    problems.push({ message: 'A run must take some time.', at: durationMs.source.at });
  }
  for (const pool of model.bulkheads.values()) {
    if (pool.size.value < 1) {
      const message = `Bulkhead '${pool.name}' has no slot.`;
      problems.push({ message, at: pool.size.source.at });
    }
  }
  return problems;
}

interface EventCause {
  readonly what: string;
  readonly count: number;
  readonly events: number;
  readonly advice: string;
}

/** What is sure to happen in one run; retries, hedges and timeouts come on top. */
function expectedEvents(model: Model, { requests, requestsFromOutside }: CallGraph): EventCause[] {
  const durationMs = model.simulation.durationMs.value;
  let heartbeats = 0;
  for (const { detection, members } of model.groups.values()) {
    if (detection) heartbeats += (members.length * durationMs) / detection.intervalMs.value;
  }
  return [
    {
      what: 'requests, calls between services included',
      count: requests,
      // Each arrives, unless it is a call, and is answered.
      events: requestsFromOutside + requests,
      advice: "the services' 'traffic' or the load",
    },
    {
      what: 'heartbeats',
      count: heartbeats,
      // Each is sent and arrives.
      events: 2 * heartbeats,
      advice: "raise 'detection.interval'",
    },
  ];
}

function findExcess(
  model: Model,
  scenario: Scenario | undefined,
  graph: CallGraph,
  replications: number,
): SimulationProblem[] {
  const { durationMs } = model.simulation;
  const at = durationMs.source.at;
  const lower = "Lower 'simulation.duration' or 'simulation.replications'";
  const { maxEvents } = model.simulation;
  const causes = expectedEvents(model, graph);
  const events = replications * causes.reduce((sum, cause) => sum + cause.events, 0);
  const [worst] = causes.toSorted((a, b) => b.events - a.events);
  if (worst && events > maxEvents.value) {
    const message =
      `This would take about ${millions(events)} million events or more, most of them ` +
      `${millions(worst.count * replications)} million ${worst.what}. The most is ` +
      `${millions(maxEvents.value)} million${defaultNote(maxEvents)}. ${lower}, or ` +
      `${worst.advice}, or raise 'simulation.maxEvents'.`;
    return [{ message, at }];
  }
  let failures = 0;
  for (const { mtbfMs, members } of model.groups.values()) {
    if (mtbfMs) failures += (members.length * durationMs.value) / Math.max(mtbfMs.value, 1e-6);
  }
  for (const fault of scenario?.faults ?? []) {
    if (fault.kind === 'random-failures') failures += fault.count.value;
  }
  if (failures * replications > MOST_FAILURES) {
    const message =
      `This would simulate about ${millions(failures * replications)} million failures of ` +
      `components; the most is ${millions(MOST_FAILURES)} million. ${lower}, or raise ` +
      "'failures.mtbf', or lower 'randomFailures.count'.";
    return [{ message, at }];
  }
  return [];
}

function firstPlace(model: Model): SourceRange {
  const first =
    model.scenarios.values().next().value ??
    model.services.values().next().value ??
    model.groups.values().next().value;
  return first?.nameAt ?? { file: model.file, start: 0, end: 0 };
}

function millions(count: number): string {
  return String(Number((count / 1e6).toPrecision(3)));
}

function quote(name: string): string {
  return `'${name}'`;
}
