import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { FaultToleranceMonitor, type MonitorReport } from '../monitor/index.ts';
import { estimate } from '../simulation/estimate.ts';
import type { ReplicationSummary } from '../simulation/replication.ts';
import type { SimulationRun } from '../simulation/run.ts';
import type { LoggedState } from '../simulation/state-log.ts';
import type { YearsRun } from '../years/index.ts';
import { listAssumptions } from './build-assumptions.ts';
import { successRatio } from './build-availability.ts';
import { buildCalls, buildLimits, callersThrough } from './build-calls.ts';
import { buildComebacks } from './build-comebacks.ts';
import { judgeExpectations } from './build-expectations.ts';
import { buildGroups } from './build-groups.ts';
import { judgeObjectives } from './build-objectives.ts';
import { createPlacer, type Lines, type Placer } from './build-place.ts';
import { buildRecommendations } from './build-recommendations.ts';
import { buildTimeline } from './build-timeline.ts';
import { writeVerdict } from './build-verdict.ts';
import { buildYears } from './build-years.ts';
import { aboutYears, judgeYears } from './judge-years.ts';
import type {
  BreakerResult,
  ComponentResult,
  Estimate,
  PoolResult,
  Report,
  ServiceResult,
  TrafficSummary,
} from './report.ts';

export interface ReportInput {
  readonly model: Model;
  /** Of the text that the model was read from. */
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  readonly result: SimulationRun;
  /** Years of failures and repairs, where they were asked for. */
  readonly longRun?: YearsRun;
}

/** States shorter than this part of the run are left out where there are very many. */
const SHORTEST_STATE = 1 / 2000;
const MANY_STATES = 2000;

/** Puts together what a simulation found. Everything in it leads back to a line of the config. */
export function buildReport({ findings, lines, longRun, model, result }: ReportInput): Report {
  const place = createPlacer(lines);
  const { replications, scenario, seed } = result;
  const durationMs = replications[0]?.durationMs ?? 0;
  const monitor = monitorFirst(model, result, durationMs);
  const groups = buildGroups(model, replications, place);
  const objectives = [
    ...judgeObjectives(model, result, place),
    ...judgeExpectations(result, place),
    ...(longRun ? judgeYears(model, longRun, place) : []),
  ];
  const pools = buildPools(model, result, durationMs, place);
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
    verdict: writeVerdict(result, objectives, groups),
    objectives,
    comebacks: buildComebacks(model, result, place),
    traffic: summariseTraffic(replications),
    monitor,
    groups,
    components: buildComponents(model, result, monitor, place),
    services: buildServices(model, result, place),
    pools,
    breakers: buildBreakers(model, result, durationMs, place),
    limits: buildLimits(model, result, place),
    calls: buildCalls(model, result, place),
    timeline: buildTimeline(model, result, place),
    findings: findings.map(({ at, message, ruleId, severity }) => ({
      ruleId,
      severity,
      message,
      place: place(at),
    })),
    recommendations: buildRecommendations(model, monitor, findings, pools, place),
    years: longRun ? buildYears(model, longRun, place) : null,
    assumptions: [
      ...listAssumptions(model, result, place),
      ...(longRun ? aboutYears(model, place) : []),
    ],
  };
}

/** Tells a monitor what happened to the components in the first replication. */
function monitorFirst(model: Model, { first }: SimulationRun, durationMs: number): MonitorReport {
  const groups = [...model.groups.values()];
  const monitor = new FaultToleranceMonitor({
    components: groups.flatMap(({ members, name: group }) =>
      members.map(({ name: id }) => ({ id, group })),
    ),
    groups: groups.map(({ members, minHealthy, name }) => ({
      name,
      // Without a single member up a group does nothing, whatever it is said to need.
      minHealthy: Math.max(1, minHealthy.value),
      members: members.map((member) => member.name),
    })),
    observedFromMs: 0,
  });
  for (const incident of first.incidents) {
    if (incident.kind === 'failure') {
      const { atMs, component, failureType: type, severity } = incident;
      monitor.recordFailure({ component, type, severity, atMs });
    } else if (incident.kind === 'recovery') {
      const { atMs, component, downMs: durationMs, method } = incident;
      monitor.recordRecovery({ component, method, atMs, durationMs });
    }
  }
  return monitor.report(durationMs, durationMs);
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

function buildComponents(
  model: Model,
  { first, replications }: SimulationRun,
  monitor: MonitorReport,
  place: Placer,
): ComponentResult[] {
  const seen = new Map(monitor.components.map((component) => [component.id, component]));
  const recovered = new Set(
    first.incidents.flatMap((incident) => (incident.kind === 'recovery' ? incident.component : [])),
  );
  const endMs = replications[0]?.durationMs ?? 0;
  return [...model.groups.values()].flatMap((group) =>
    group.members.map(({ name: id, nameAt }) => {
      const component = seen.get(id);
      const states = first.world.group(group.name).member(id).states.entries;
      return {
        id,
        group: group.name,
        place: place(nameAt),
        status: states.at(-1)?.state ?? 'active',
        failures: component?.failureCount ?? 0,
        availability: (component?.availabilityPercent ?? 100) / 100,
        mtbfHours: component?.mtbfHours ?? null,
        mttrMinutes: component && recovered.has(id) ? component.mttrMinutes : null,
        states: thinOut(states, endMs),
      };
    }),
  );
}

/** Of very many states, those that last long enough to be seen. */
function thinOut<State extends string>(
  states: readonly LoggedState<State>[],
  endMs: number,
): LoggedState<State>[] {
  if (states.length <= MANY_STATES) return [...states];
  return states.filter(
    ({ atMs }, index) => (states[index + 1]?.atMs ?? endMs) - atMs >= endMs * SHORTEST_STATE,
  );
}

function buildServices(model: Model, { first }: SimulationRun, place: Placer): ServiceResult[] {
  return [...model.services.values()].map(({ name, nameAt }) => {
    const { degraded, failures, latency, requests, succeeded } =
      first.world.station(name).statistics;
    return {
      name,
      place: place(nameAt),
      requests,
      succeeded,
      degraded,
      failures: { ...failures },
      latencyMs: { p50: latency.percentile(0.5), p99: latency.percentile(0.99) },
    };
  });
}

function buildPools(
  model: Model,
  { first }: SimulationRun,
  endMs: number,
  place: Placer,
): PoolResult[] {
  return [...first.world.pools].map(([name, pool]) => {
    const { admitted, peakInUse, rejected, requests, timeouts } = pool.machine.stats;
    const policy = model.bulkheads.get(name);
    return {
      name,
      place: place(policy?.nameAt ?? { file: model.file, start: 0, end: 0 }),
      size: pool.machine.size,
      requests,
      admitted,
      rejected,
      timeouts,
      peakInUse,
      meanUtilisation: pool.meanUtilisation(endMs),
      inUse: pool.meanInUse(endMs),
      services: [...model.services.values()]
        .filter(
          ({ bulkhead, calls }) =>
            bulkhead?.value === name || calls.some((call) => call.bulkhead?.value === name),
        )
        .map((service) => service.name),
    };
  });
}

function buildBreakers(
  model: Model,
  { first }: SimulationRun,
  endMs: number,
  place: Placer,
): BreakerResult[] {
  return [...model.breakers.values()].flatMap(({ name, nameAt }) => {
    const breaker = first.world.breakers.get(name);
    if (!breaker) return [];
    const { averageResponseMs, successRatePercent } = breaker.machine.metrics(endMs);
    return {
      name,
      usedBy: callersThrough(model, (call) => call.breaker?.value === name),
      place: place(nameAt),
      opened: breaker.opened,
      rejected: breaker.rejected,
      successRatePercent,
      averageResponseMs,
      states: thinOut(breaker.states, endMs),
    };
  });
}
