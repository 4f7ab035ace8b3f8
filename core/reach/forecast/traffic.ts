import { Times } from '../../analysis/index.ts';
import type { Group, Latency, Model, Service } from '../../model/model.ts';
import { type CallSite, fallbackCallees, sitesOf } from '../../rules/facts/calls.ts';
import { shareSlower } from '../../rules/facts/latency.ts';
import { loadOf } from '../../rules/facts/load.ts';
import { callOrder, isService, type Node } from '../../rules/facts/order.ts';
import { admitted, outcomeOfCall } from './call.ts';
import { ANSWERED, after, either, type Outcome, part } from './outcome.ts';
import { KnownWaits, Waits } from './waits.ts';

/** What becomes of requests at each service, while every group has members that serve. */
export type Traffic = ReadonlyMap<Service, Outcome>;

export interface TrafficOptions {
  /** Whether work fails by chance as often as `errorRate` says; otherwise it never does. */
  readonly withErrors: boolean;
}

/** The outcome at a part of a model, with all that it follows from. */
interface Known {
  readonly inputs: readonly unknown[];
  readonly outcome: Outcome;
}

/**
 * Forecasts the traffic of models that differ in a few places: what is as it was in the first one is
 * not worked out again.
 *
 * A request waits for a slot and for capacity, takes its latency and makes its calls one after the
 * other (`outcomeOfCall`). Load is what certainly arrives while nothing fails (`loadOf`).
 */
export class TrafficForecast {
  readonly #options: TrafficOptions;
  readonly #waits = new KnownWaits();
  readonly #latencies = new WeakMap<Latency, Times>();
  readonly #known = new Map<string, Known>();

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  /** Services that call one another in a circle are left out: their requests would never end. */
  of(model: Model): Traffic {
    const traffic = new Map<Service, Outcome>();
    const waits = new Waits(model, this.#waits);
    const sites = sitesOf(model);
    for (const service of callOrder(model).callersFirst.toReversed()) {
      const made = sites.get(service) ?? [];
      const inputs = this.#inputs(service, made, { model, traffic, waits });
      traffic.set(
        service,
        this.#once(`service ${service.name}`, inputs, () =>
          this.#atService(service, made, { model, traffic, waits }),
        ),
      );
    }
    return traffic;
  }

  /** All that the outcome at a service follows from. */
  #inputs(service: Service, sites: readonly CallSite[], world: World): unknown[] {
    const { model, waits } = world;
    const pool = poolOf(service, model);
    const load = loadOf(model);
    return [
      service,
      pool && waits.pool(pool),
      waits.station(service),
      groupOf(service, model)?.errorRate.value,
      ...sites.flatMap((site) => {
        const { bulkhead, call, callee, connectionPool, retry } = site;
        return [
          this.#at(callee, world),
          ...fallbackCallees(model, site).map((other) => this.#at(other.callee, world)),
          retry,
          retry?.budget && waits.callsWith(retry),
          bulkhead && waits.pool(bulkhead),
          connectionPool && waits.pool(connectionPool),
          call.cache || call.fallback ? load.least(service) : 0,
        ];
      }),
    ];
  }

  #atService(service: Service, sites: readonly CallSite[], world: World): Outcome {
    const { model, waits } = world;
    const requestsPerSecond = loadOf(model).least(service);
    const outcomeAt = (node: Node | undefined) => this.#at(node, world);
    // Those that have failed so far, and those that go on.
    let ended: Outcome = { answered: Times.none, failed: Times.none, refused: Times.none };
    let going = this.#work(service, waits);
    for (const site of sites) {
      const call = outcomeOfCall(site, { model, waits, outcomeAt, requestsPerSecond });
      const lost = going.plus(call.failed.or(call.refused));
      ended = either(ended, { answered: Times.none, failed: lost, refused: Times.none });
      going = going.plus(call.answered);
    }
    const group = groupOf(service, model);
    const sound = (1 - this.#errorRate(service)) * (1 - (group ? this.#errorRate(group) : 0));
    const done = after(going, { ...part(ANSWERED, sound), failed: Times.atOnce.part(1 - sound) });
    const pool = poolOf(service, model);
    return admitted(pool && waits.pool(pool), either(ended, done));
  }

  /** What becomes of requests at a callee; what is unknown answers at once. */
  #at(node: Node | undefined, world: World): Outcome {
    if (!node) return ANSWERED;
    if (isService(node)) return world.traffic.get(node) ?? ANSWERED;
    return this.#once(`group ${node.name}`, [node, world.waits.station(node)], () => {
      const failing = this.#errorRate(node);
      return after(this.#work(node, world.waits), {
        ...part(ANSWERED, 1 - failing),
        failed: Times.atOnce.part(failing),
      });
    });
  }

  /** The node's own work, with the wait for whoever does it. */
  #work(node: Node, waits: Waits): Times {
    const latency = node.latency.value;
    const known = this.#latencies.get(latency) ?? timesOf(latency);
    this.#latencies.set(latency, known);
    return (waits.station(node) ?? Times.atOnce).plus(known);
  }

  #errorRate({ errorRate }: Node): number {
    return this.#options.withErrors ? errorRate.value : 0;
  }

  /** Keeps what was worked out first, for most models have most of it in common. */
  #once(key: string, inputs: readonly unknown[], workOut: () => Outcome): Outcome {
    const known = this.#known.get(key);
    if (known && isSame(known.inputs, inputs)) return known.outcome;
    const outcome = workOut();
    if (!known) this.#known.set(key, { inputs, outcome });
    return outcome;
  }
}

interface World {
  readonly model: Model;
  /** Of the services so far, callees before callers. */
  readonly traffic: Traffic;
  readonly waits: Waits;
}

function poolOf({ bulkhead }: Service, { bulkheads }: Model) {
  return bulkhead && bulkheads.get(bulkhead.value);
}

function groupOf({ runsOn }: Service, { groups }: Model): Group | undefined {
  return runsOn && groups.get(runsOn.value);
}

function timesOf(latency: Latency): Times {
  switch (latency.kind) {
    case 'constant':
      return Times.constant(latency.ms);
    case 'uniform':
      return Times.uniform(latency.minMs, latency.maxMs);
    case 'exponential':
      return Times.exponential(latency.meanMs);
    case 'lognormal':
      return Times.lognormal(latency.p50Ms, latency.p99Ms);
    case 'weibull':
    case 'empirical':
      return Times.slower((ms) => shareSlower(latency, ms));
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
