import type { Group, Model, Service } from '../model/model.ts';
import {
  Bulkhead,
  createLoadBalancer,
  RedundancyGroup,
  Retry,
  RetryBudget,
} from '../patterns/index.ts';
import { createRandom, type RandomStream } from '../time/index.ts';
import { RecordedBreaker } from './breaker.ts';
import { Engine } from './engine.ts';
import { GroupProcess, type Quorum } from './group.ts';
import type { Journal } from './journal.ts';
import { createLatencySampler } from './latency.ts';
import { MemberProcess } from './member.ts';
import { planCall } from './policies/plan.ts';
import { Pool } from './pool.ts';
import { Server } from './server.ts';
import { Station } from './station.ts';
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
  readonly groups: ReadonlyMap<string, GroupProcess>;
  /** Services by name. */
  readonly stations: ReadonlyMap<string, Station>;
  /** Whether every group is up; always, where there is none. */
  readonly uptime = new Uptime(true);
  readonly #options: WorldOptions;
  readonly retries: ReadonlyMap<string, Retry>;
  /** Redundancy groups as targets of calls. */
  readonly #groupStations: ReadonlyMap<string, Station>;

  /** @param model one in which nothing was found that keeps it from being simulated */
  constructor(model: Model, options: WorldOptions) {
    this.#options = options;
    this.engine = new Engine(options.mostEvents);
    this.journal = options.journal;
    this.statistics = new TrafficStatistics(options.bucketMs, options.buckets);
    this.pools = mapValues(model.bulkheads, ({ name, size, queueSize, maxWaitMs }) => {
      const machine = new Bulkhead({
        name,
        size: size.value,
        queueSize: queueSize.value,
        maxWaitMs: maxWaitMs.value,
      });
      return new Pool(this.engine, machine, new TimeSeries(options.bucketMs, options.buckets));
    });
    this.breakers = mapValues(
      model.breakers,
      (policy) =>
        new RecordedBreaker({
          failureThreshold:
            'failureThreshold' in policy.trip ? policy.trip.failureThreshold.value : 5,
          recoveryTimeoutMs: policy.recoveryTimeoutMs.value,
          successThreshold: policy.successThreshold.value,
        }),
    );
    this.retries = mapValues(
      model.retries,
      ({ attempts, budget, factor, initialMs, jitter, maxMs }) =>
        new Retry({
          attempts: attempts.value,
          backoff: {
            initialMs: initialMs.value,
            factor: factor.value,
            maxMs: maxMs.value,
            jitter: jitter.value,
          },
          ...(budget && { budget: new RetryBudget({ ratio: budget.value }) }),
        }),
    );
    this.groups = mapValues(model.groups, (group) => this.#createGroup(group));
    this.#groupsChanged();
    this.stations = mapValues(model.services, (service) => this.#createStation(service));
    this.#groupStations = mapValues(model.groups, (group) => this.#createGroupStation(group));
    for (const { calls, name } of model.services.values()) {
      this.station(name).calls = calls.map((call, index) => {
        const to = call.to.value;
        // By position among the calls to the same target: editing another call changes nothing here.
        const earlier = calls.slice(0, index).filter((other) => other.to.value === to).length;
        const entity = `call ${name} ${to} ${earlier}`;
        return planCall(call, this, (purpose) => this.random(entity, purpose));
      });
    }
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

  /**
   * A stream of its own for each entity and purpose: whatever else changes in the config, it draws
   * the same numbers (common random numbers).
   */
  random(entity: string, purpose: string): RandomStream {
    const { replication, seed } = this.#options;
    return createRandom(seed, replication, entity, purpose);
  }

  #createGroup(group: Group): GroupProcess {
    const { name, recovery, replication } = group;
    const machine = new RedundancyGroup({
      name,
      componentType: group.componentType.value,
      // Without a single member up it does nothing, whatever it is said to need.
      minHealthy: Math.max(1, group.minHealthy.value),
      recovery: {
        timeMs: recovery.timeMs.value,
        growth: recovery.growth.value,
        maxTimeMs: recovery.maxTimeMs.value,
        successRate: recovery.successRate.value,
        maxAttempts: recovery.maxAttempts.value,
        retryAfterMs: recovery.retryAfterMs.value,
      },
    });
    const members = group.members.map(({ name: id, role, weight }) => {
      machine.add(id, role, weight.value);
      const entity = `component ${id}`;
      return new MemberProcess({
        id,
        weight: weight.value,
        server: createServer(group.capacityPerSecond?.value),
        failureRandom: this.random(entity, 'failures'),
        recoveryRandom: this.random(entity, 'recoveries'),
      });
    });
    return new GroupProcess({
      engine: this.engine,
      machine,
      members,
      balancer: createLoadBalancer(
        group.loadBalancing.value,
        this.random(`group ${name}`, 'balancing'),
      ),
      activationMs: group.activationMs.value,
      hasColdStandbys: group.standbyMode.value === 'cold',
      mtbfMs: group.mtbfMs?.value,
      usualErrorRate: group.errorRate.value,
      quorum: createQuorum(group),
      lagMs: replication?.mode.value === 'async' ? replication.lagMs.value : 0,
      journal: this.journal,
      onChange: () => this.#groupsChanged(),
    });
  }

  #groupsChanged(): void {
    // Groups report their first state while they are being built.
    if (!this.groups) return;
    let isUp = true;
    for (const group of this.groups.values()) isUp &&= group.uptime.isUp;
    this.uptime.set(isUp, this.engine.nowMs);
  }

  #createStation(service: Service): Station {
    const entity = `service ${service.name}`;
    return new Station({
      engine: this.engine,
      pool: service.bulkhead && this.pools.get(service.bulkhead.value),
      group: service.runsOn && this.groups.get(service.runsOn.value),
      // The capacity of the members counts instead.
      server: service.runsOn ? undefined : createServer(service.capacityPerSecond?.value),
      drawLatency: createLatencySampler(service.latency.value),
      latencyRandom: this.random(entity, 'latency'),
      errorRandom: this.random(entity, 'errors'),
      usualErrorRate: service.errorRate.value,
    });
  }

  #createGroupStation(group: Group): Station {
    const entity = `group ${group.name}`;
    return new Station({
      engine: this.engine,
      group: this.group(group.name),
      drawLatency: createLatencySampler(group.latency.value),
      latencyRandom: this.random(entity, 'latency'),
      errorRandom: this.random(entity, 'errors'),
      usualErrorRate: 0,
    });
  }
}

/**
 * The members that vote: the first `copies` of those that hold a copy, in the order of the file.
 * A cold standby holds none while it waits, so it never votes. Reads and writes both need their
 * quorum, by default a majority.
 */
function createQuorum({ members, replication, standbyMode }: Group): Quorum | undefined {
  if (replication?.mode.value !== 'quorum') return undefined;
  const holders = members.filter(({ role }) => role === 'active' || standbyMode.value !== 'cold');
  const copies = replication.copies?.value ?? holders.length;
  const majority = Math.floor(copies / 2) + 1;
  const { read, write } = replication;
  return {
    voters: new Set(holders.slice(0, copies).map(({ name }) => name)),
    needed: Math.max(write?.value ?? majority, read?.value ?? majority),
  };
}

function createServer(capacityPerSecond: number | undefined): Server | undefined {
  return capacityPerSecond === undefined ? undefined : new Server(capacityPerSecond);
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([name, value]) => [name, convert(value)]));
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`The model has no '${name}'`);
  return value;
}
