import type { Call, Model, Service } from '../model/model.ts';
import { createRandom, type RandomStream } from '../time/index.ts';
import type { RecordedBreaker } from './breaker.ts';
import { createGroup } from './build/groups.ts';
import {
  createBreaker,
  createConnections,
  createLimit,
  createLimiter,
  createPool,
  createRetry,
} from './build/machines.ts';
import { createGroupStation, createServiceStation, workOf } from './build/stations.ts';
import { CallCounts } from './call-counts.ts';
import type { RecordedLimit } from './concurrency.ts';
import type { Connections } from './connections.ts';
import { Engine } from './engine.ts';
import type { GroupProcess } from './group.ts';
import type { Journal } from './journal.ts';
import type { Limiter } from './limiter.ts';
import { Link } from './link.ts';
import { LocalClock } from './local-clock.ts';
import type { CallPlan } from './policies/passage.ts';
import { planCall } from './policies/plan.ts';
import type { SharedRetry } from './policies/retry.ts';
import type { Pool } from './pool.ts';
import type { Station } from './station.ts';
import { TimeSeries } from './time-series.ts';
import { TrafficStatistics } from './traffic-statistics.ts';
import { Uptime } from './uptime.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly replication: number;
  /** First length of the buckets in which things are counted, ms; see `TimeSeries`. */
  readonly bucketMs: number;
  readonly buckets: number;
  readonly journal: Journal;
  /** How many events may happen before the run is given up. */
  readonly mostEvents?: number;
}

/** Everything that a model describes, ready to run once. */
export class World {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly statistics: TrafficStatistics;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly breakers: ReadonlyMap<string, RecordedBreaker>;
  readonly rateLimiters: ReadonlyMap<string, Limiter>;
  readonly concurrencyLimits: ReadonlyMap<string, RecordedLimit>;
  readonly connectionPools: ReadonlyMap<string, Connections>;
  readonly groups: ReadonlyMap<string, GroupProcess>;
  /** Services by name. */
  readonly stations: ReadonlyMap<string, Station>;
  /** Whether every group is up; always, where there is none. */
  readonly uptime = new Uptime(true);
  readonly retries: ReadonlyMap<string, SharedRetry>;
  readonly #options: WorldOptions;
  /** Of calls, by the names of their random streams. */
  readonly #counts = new Map<string, CallCounts>();
  readonly #links = new Map<string, Link>();
  /** Of services, by name. */
  readonly #clocks = new Map<string, LocalClock>();
  /** Redundancy groups as targets of calls. */
  readonly #groupStations: ReadonlyMap<string, Station>;

  /** @param model one in which nothing was found that keeps it from being simulated */
  constructor(model: Model, options: WorldOptions) {
    this.#options = options;
    this.engine = new Engine(options.mostEvents);
    this.journal = options.journal;
    this.statistics = new TrafficStatistics(options.bucketMs, options.buckets);
    this.breakers = mapValues(model.breakers, (policy) => createBreaker(policy, this.engine));
    this.retries = mapValues(model.retries, (policy) => createRetry(policy, this.engine));
    this.rateLimiters = mapValues(model.rateLimiters, (policy) => {
      return createLimiter(policy, this.engine);
    });
    this.concurrencyLimits = mapValues(model.concurrencyLimits, (policy) => {
      return createLimit(policy, this.engine);
    });
    this.pools = mapValues(model.bulkheads, (policy) => {
      const usage = new TimeSeries(options.bucketMs, options.buckets);
      return createPool(policy, this.engine, usage);
    });
    this.connectionPools = mapValues(model.connectionPools, (policy) => {
      return createConnections(policy, this.engine);
    });
    this.groups = mapValues(model.groups, (group) => {
      return createGroup(group, this, () => this.#groupsChanged());
    });
    this.#groupsChanged();
    this.stations = mapValues(model.services, (service) => createServiceStation(service, this));
    this.#groupStations = mapValues(model.groups, (group) => createGroupStation(group, this));
    for (const service of model.services.values()) {
      this.station(service.name).calls = this.#planCalls(service);
    }
  }

  /** A service does its own work, and makes its calls, as is said from now on. */
  change(service: Service): void {
    const station = this.station(service.name);
    station.change(workOf(service, this.pools));
    station.calls = this.#planCalls(service);
  }

  #planCalls({ calls, name }: Service): CallPlan[] {
    return calls.map((call, index) => {
      const entity = callEntity(name, calls, index);
      const counts = this.#counts.get(entity) ?? new CallCounts();
      this.#counts.set(entity, counts);
      const random = (purpose: string) => this.random(entity, purpose);
      return planCall(name, call, this, random, counts);
    });
  }

  /**
   * What became of a call of a service, through all its changes.
   *
   * @param index among the calls that the model says
   */
  countsOf({ calls, name }: Service, index: number): CallCounts | undefined {
    return this.#counts.get(callEntity(name, calls, index));
  }

  group(name: string): GroupProcess {
    return required(this.groups.get(name), name);
  }

  station(name: string): Station {
    return required(this.stations.get(name), name);
  }

  target(name: string): Station {
    return required(this.stations.get(name) ?? this.#groupStations.get(name), name);
  }

  /** What the service has for itself, such as a cache, goes by. */
  clock(service: string): LocalClock {
    const clock = this.#clocks.get(service) ?? new LocalClock(this.engine);
    this.#clocks.set(service, clock);
    return clock;
  }

  /** That of a service and those of all that its calls go by. */
  clocksOf(service: string): readonly LocalClock[] {
    const layers = this.station(service).calls.flatMap((plan) => plan.layers);
    const shared = layers.flatMap(({ clock }) => clock ?? []);
    return [...new Set([this.clock(service), ...shared])];
  }

  /** The network between two, in the direction in which requests go. */
  link(from: string, to: string): Link {
    const key = JSON.stringify([from, to]);
    const link = this.#links.get(key) ?? new Link();
    this.#links.set(key, link);
    return link;
  }

  /**
   * A stream of its own for each entity and purpose: whatever else changes in the config, it draws
   * the same numbers (common random numbers).
   */
  random(entity: string, purpose: string): RandomStream {
    const { replication, seed } = this.#options;
    return createRandom(seed, replication, entity, purpose);
  }

  #groupsChanged(): void {
    // Groups report their first state while they are being built.
    if (!this.groups) return;
    let isUp = true;
    for (const group of this.groups.values()) isUp &&= group.uptime.isUp;
    this.uptime.set(isUp, this.engine.nowMs);
  }
}

/** By position among the calls to the same target: editing another call changes nothing here. */
function callEntity(from: string, calls: readonly Call[], index: number): string {
  const to = calls[index]?.to.value;
  const earlier = calls.slice(0, index).filter((other) => other.to.value === to).length;
  return `call ${from} ${to} ${earlier}`;
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([name, value]) => [name, convert(value)]));
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`The model has no '${name}'`);
  return value;
}
