import type { Model, Scenario } from '../model/model.ts';
import { trafficOf } from '../model/traffic.ts';
import { createArrivals } from './arrivals/create.ts';
import type { Surge } from './arrivals/rate-curve.ts';
import {
  type Comeback,
  faultsTogether,
  findDisturbances,
  Goodput,
  judgeComebacks,
  risesIn,
} from './comeback/index.ts';
import type { FailoverCounts } from './database.ts';
import type { DetectionCounts } from './detection-counts.ts';
import type { Engine } from './engine.ts';
import type { ExpectationSummary } from './expectations/watch.ts';
import { ExpectationWatches } from './expectations/watches.ts';
import { faultEndMs, planFault } from './faults.ts';
import type { Incident } from './journal.ts';
import { LoadSampling } from './load-sampling.ts';
import type { FailureReason } from './outcome.ts';
import { type Disruptions, findDisruptions } from './recovery.ts';
import { type Trouble, TroubleLog } from './trouble-log.ts';
import { ClosedTraffic, OpenTraffic } from './workload.ts';
import { World } from './world.ts';

/** Load is sampled, and things are counted over time, in this many parts of a run. */
const BUCKETS = 120;
/** The first buckets of a run whose length is not known beforehand are this many times finer. */
const FINER_AT_FIRST = 4096;

/** What one run of the model came to. Counts are of requests from outside. */
export interface ReplicationSummary extends Disruptions {
  /** Less than was planned when a load test was answered before, or the run was given up. */
  readonly durationMs: number;
  readonly arrived: number;
  readonly succeeded: number;
  readonly degraded: number;
  readonly failures: Readonly<Record<FailureReason, number>>;
  /** Requests still without an answer when the run ended. */
  readonly unanswered: number;
  /** Requests of a load test that were not sent before the run ended. */
  readonly unsent: number;
  /** Of answers, in ms; null when nothing was answered. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly callsIntended: number;
  readonly callsSent: number;
  /** Share of the time that every group was up. */
  readonly systemAvailability: number;
  readonly groups: ReadonlyMap<string, GroupSummary>;
  /** Components that failed and things that were degraded. */
  readonly troubles: number;
  /** What became of each service with traffic of its own after each disturbance. */
  readonly comebacks: readonly Comeback[];
  /** Of the scenario, in their order; undefined for what only all of the above can tell. */
  readonly expectations: readonly (ExpectationSummary | undefined)[];
}

export interface GroupSummary {
  readonly availability: number;
  readonly lowestServing: number;
  readonly promotions: number;
  readonly longestOutageMs: number;
  /** When that began; null when it never was down. */
  readonly longestOutageFromMs: number | null;
  readonly isUpAtTheEnd: boolean;
  readonly peakLoad: number | null;
  /** The most writes, as time, that one failover may have lost. */
  readonly lostWritesMs: number;
  /** The most recorded writes that all failovers may have lost. */
  readonly lostWrites: number;
  readonly detected: DetectionCounts;
  readonly failover: FailoverCounts | undefined;
}

/** A finished run: its numbers, and the world as it was left, for those who want details. */
export interface Replication {
  readonly summary: ReplicationSummary;
  readonly world: World;
  /** Whether it was given up before its end. */
  readonly isCut: boolean;
}

export interface ReplicationOptions {
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly replication: number;
  readonly journal: (incident: Incident) => void;
  /** How many events may happen. */
  readonly mostEvents: number;
  /** Asked now and then, with the virtual time, whether to go on. */
  readonly goOn: (nowMs: number) => boolean;
}

/** Runs a model once, from an idle and healthy start; undefined when it was given up at once. */
export function runReplication(
  model: Model,
  { goOn, journal, mostEvents, replication, scenario, seed }: ReplicationOptions,
): Replication | undefined {
  const plannedMs = model.simulation.durationMs.value;
  const tickMs = plannedMs / BUCKETS;
  const log = new TroubleLog();
  const world: World = new World(model, {
    seed,
    replication,
    mostEvents,
    journal: (incident) => {
      const wasTroubled = log.isTroubled;
      log.note(incident);
      if (log.isTroubled !== wasTroubled) watches.troubleChanged(log.isTroubled);
      journal(incident);
    },
    // Buckets merge as the run goes on, to between one and two times `BUCKETS`.
    bucketMs: scenario?.load ? tickMs / FINER_AT_FIRST : tickMs,
    buckets: scenario?.load ? 2 * BUCKETS : BUCKETS,
  });
  const { engine } = world;
  const watches = watchExpectations(world, model, scenario);
  const goesOn = () => goOn(engine.nowMs);
  if (!planFaults(world, model, scenario, goesOn)) return undefined;
  const samplings = startLoadSampling(world, model, tickMs);
  const goodputs = startTraffic(world, model, scenario);
  const isCut = !engine.run(plannedMs, goesOn);
  if (isCut && engine.nowMs === 0) return undefined;
  for (const sampling of samplings.values()) {
    sampling.sample();
    sampling.closeStretch();
  }
  for (const pool of world.pools.values()) pool.recordUsage();
  for (const { machine } of world.connectionPools.values()) machine.evict(engine.nowMs);
  const { nowMs } = engine;
  const disturbances =
    log.troubles.length > 0
      ? findDisturbances(log.troubles, faultsTogether(scenario), nowMs)
      : risesIn(trafficOf(model, scenario).values(), nowMs);
  const comebacks = judgeComebacks(goodputs, disturbances, nowMs);
  const expectations = watches.finish();
  const summary = {
    ...summarise(world, engine, samplings, log.troubles),
    comebacks,
    expectations,
  };
  return { summary, world, isCut };
}

function watchExpectations(
  world: World,
  model: Model,
  scenario: Scenario | undefined,
): ExpectationWatches {
  const hasTraffic = trafficOf(model, scenario).size > 0 || scenario?.load !== undefined;
  const watches = new ExpectationWatches(
    { world, model, hasTraffic },
    scenario?.expect ?? [],
    model.simulation.durationMs.value,
  );
  watches.start();
  return watches;
}

function planFaults(
  world: World,
  model: Model,
  scenario: Scenario | undefined,
  goOn: () => boolean,
): boolean {
  if (!scenario) return true;
  return [...scenario.faults.entries()].every(([index, fault]) => {
    const stream = (purpose: string) =>
      world.random(`scenario ${scenario.name}`, `fault ${index} ${purpose}`.trimEnd());
    return planFault(world, model, fault, stream, goOn);
  });
}

function startLoadSampling(world: World, model: Model, tickMs: number): Map<string, LoadSampling> {
  const samplings = new Map<string, LoadSampling>();
  for (const [name, { capacityPerSecond }] of model.groups) {
    if (!capacityPerSecond) continue;
    const group = world.group(name);
    const sampling = new LoadSampling(world.engine, group, capacityPerSecond.value, tickMs);
    sampling.planNext();
    samplings.set(name, sampling);
  }
  return samplings;
}

function startTraffic(
  world: World,
  model: Model,
  scenario: Scenario | undefined,
): ReadonlyMap<string, Goodput> {
  const goodputs = new Map<string, Goodput>();
  const { engine, statistics } = world;
  const endMs = model.simulation.durationMs.value;
  for (const [name, traffic] of trafficOf(model, scenario)) {
    const random = (purpose: string) => world.random(`service ${name}`, purpose);
    const arrivals = createArrivals(traffic, { surges: surgesAt(name, scenario), endMs, random });
    const goodput = new Goodput(endMs);
    goodputs.set(name, goodput);
    new OpenTraffic(engine, world.station(name), arrivals, statistics, goodput).planNext();
  }
  if (!scenario?.load) return goodputs;
  const { callers, requests, services } = scenario.load;
  const stations = services.map(({ value }) => world.station(value));
  const random = world.random(`scenario ${scenario.name}`, 'load');
  const quietMs = scenario.faults.reduce((last, fault) => Math.max(last, faultEndMs(fault)), 0);
  new ClosedTraffic(engine, stations, requests.value, random, statistics, quietMs).start(
    callers.value,
  );
  return goodputs;
}

function surgesAt(service: string, scenario: Scenario | undefined): Surge[] {
  return (scenario?.faults ?? []).flatMap((fault) => {
    if (fault.kind !== 'surge' || fault.target.value !== service) return [];
    const fromMs = fault.atMs.value;
    const untilMs = fromMs + (fault.forMs?.value ?? Number.POSITIVE_INFINITY);
    return [{ fromMs, untilMs, factor: fault.factor.value }];
  });
}

function summarise(
  world: World,
  { nowMs }: Engine,
  samplings: ReadonlyMap<string, LoadSampling>,
  troubles: readonly Trouble[],
): Omit<ReplicationSummary, 'comebacks' | 'expectations'> {
  const { arrived, callsIntended, callsSent, degraded, failures, latency, succeeded } =
    world.statistics;
  const availability = (downMs: number) => (nowMs > 0 ? Math.max(0, 1 - downMs / nowMs) : 1);
  const groups = [...world.groups].map(([name, group]): [string, GroupSummary] => [
    name,
    {
      availability: availability(group.uptime.downMs(nowMs)),
      lowestServing: group.lowestServing,
      promotions: group.promotions,
      longestOutageMs: group.uptime.longestDownMs(nowMs),
      longestOutageFromMs: group.uptime.longestDownFromMs(nowMs),
      isUpAtTheEnd: group.uptime.isUp,
      peakLoad: samplings.get(name)?.peak ?? null,
      lostWritesMs: group.copies?.lostMs ?? 0,
      lostWrites: group.copies?.lostWrites ?? 0,
      detected: group.detected,
      failover: group.database?.counts,
    },
  ]);
  return {
    durationMs: nowMs,
    arrived,
    succeeded,
    degraded,
    failures,
    unanswered: arrived - succeeded - degraded - world.statistics.failed,
    latencyMs:
      latency.count === 0
        ? null
        : {
            p50: latency.percentile(0.5),
            p95: latency.percentile(0.95),
            p99: latency.percentile(0.99),
          },
    unsent: world.statistics.unsent,
    callsIntended,
    callsSent,
    systemAvailability: availability(world.uptime.downMs(nowMs)),
    groups: new Map(groups),
    troubles: troubles.length,
    ...findDisruptions(world.statistics, troubles, nowMs),
  };
}
