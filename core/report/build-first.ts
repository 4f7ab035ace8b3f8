import type { Model } from '../model/model.ts';
import { monitoredParts } from '../model/monitored-parts.ts';
import { FaultToleranceMonitor, type MonitorReport } from '../monitor/index.ts';
import type { FirstReplication } from '../simulation/run.ts';
import type { LoggedState } from '../simulation/state-log.ts';
import { listAssumptions } from './build-assumptions.ts';
import { buildCalls, buildLimits, callersThrough } from './build-calls.ts';
import type { Placer } from './build-place.ts';
import { buildTimeline } from './build-timeline.ts';
import type {
  BreakerResult,
  ComponentResult,
  PoolResult,
  Report,
  ServiceResult,
} from './report.ts';

/** States shorter than this part of the run are left out where there are very many. */
const SHORTEST_STATE = 1 / 2000;
const MANY_STATES = 2000;

/** What a report shows of the first replication in detail: plain data, as the report itself. */
export type FirstDetails = Pick<
  Report,
  | 'monitor'
  | 'components'
  | 'services'
  | 'pools'
  | 'breakers'
  | 'limits'
  | 'calls'
  | 'timeline'
  | 'assumptions'
>;

export function describeFirst(model: Model, first: FirstReplication, place: Placer): FirstDetails {
  const endMs = first.world.engine.nowMs;
  const monitor = monitorFirst(model, first, endMs);
  return {
    monitor,
    components: buildComponents(model, first, monitor, place),
    services: buildServices(model, first, place),
    pools: buildPools(model, first, endMs, place),
    breakers: buildBreakers(model, first, endMs, place),
    limits: buildLimits(model, first, place),
    calls: buildCalls(model, first, place),
    timeline: buildTimeline(model, first, place),
    assumptions: listAssumptions(model, first, place),
  };
}

/** Tells a monitor what happened to the components in the first replication. */
function monitorFirst(model: Model, first: FirstReplication, durationMs: number): MonitorReport {
  const monitor = new FaultToleranceMonitor({ ...monitoredParts(model), observedFromMs: 0 });
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

function buildComponents(
  model: Model,
  first: FirstReplication,
  monitor: MonitorReport,
  place: Placer,
): ComponentResult[] {
  const seen = new Map(monitor.components.map((component) => [component.id, component]));
  const recovered = new Set(
    first.incidents.flatMap((incident) => (incident.kind === 'recovery' ? incident.component : [])),
  );
  const endMs = first.world.engine.nowMs;
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

function buildServices(model: Model, first: FirstReplication, place: Placer): ServiceResult[] {
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
  first: FirstReplication,
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
  first: FirstReplication,
  endMs: number,
  place: Placer,
): BreakerResult[] {
  return [...model.breakers.values()].flatMap(({ name, nameAt }) => {
    const breaker = first.world.breakers.get(name);
    if (!breaker) return [];
    const { averageResponseMs, successRatePercent } = breaker.metrics();
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
