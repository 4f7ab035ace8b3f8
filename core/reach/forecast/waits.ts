import { erlangC, finiteQueue, Times, waitingForFixedService } from '../../analysis/index.ts';
import type {
  BulkheadPolicy,
  ConnectionPoolPolicy,
  Model,
  RetryPolicy,
} from '../../model/model.ts';
import { usesOf } from '../../rules/facts/calls.ts';
import { servingMembers } from '../../rules/facts/capacity.ts';
import { type Demand, demandOf } from '../../rules/facts/demand.ts';
import { meanMs } from '../../rules/facts/latency.ts';
import { loadOf } from '../../rules/facts/load.ts';
import type { Node } from '../../rules/facts/order.ts';
import { groupBehind } from '../../rules/facts/outage.ts';
import type { Outcome } from './outcome.ts';

/** What limits how much runs at once, and lets requests wait. */
type Pool = BulkheadPolicy | ConnectionPoolPolicy;

/** The same numbers give the same object, so that what follows from them can be kept as well. */
export class KnownWaits {
  readonly pools = new Map<string, Outcome | undefined>();
  readonly stations = new Map<string, Times>();
}

/** What load makes of a model: who waits for a slot or for a member, and for how long. */
export class Waits {
  readonly #model: Model;
  readonly #known: KnownWaits;

  constructor(model: Model, known: KnownWaits) {
    this.#model = model;
    this.#known = known;
  }

  /** What requests that ask for a slot meet with; `answered` are those that get one. */
  pool(pool: Pool): Outcome | undefined {
    const demand = demandOf(this.#model, pool);
    if (!demand) return undefined;
    const [slots, maxWaitMs] =
      'size' in pool
        ? [pool.size.value, pool.maxWaitMs.value]
        : [pool.max.value, pool.acquireTimeoutMs.value];
    const queue = pool.queueSize.value;
    const key = `${slots} ${queue} ${maxWaitMs} ${demand.slots} ${demand.holdMs}`;
    return once(this.#known.pools, key, () => admission(slots, queue, maxWaitMs, demand));
  }

  /**
   * How long requests wait until a service or a member of its group has served them, and how much
   * longer they take for those that are worked on beside them.
   */
  station(node: Node): Times | undefined {
    const load = loadOf(this.#model);
    const group = groupBehind(this.#model, node);
    const members = group ? servingMembers(group) : 1;
    const contentionMs = node.contentionMs?.value ?? 0;
    const contended =
      contentionMs > 0
        ? contention(load.least(node) / members, contentionMs, meanMs(node.latency.value))
        : undefined;
    const capacity = (group ?? node).capacityPerSecond?.value;
    if (capacity === undefined && contended === undefined) return undefined;
    const perSecond = load.least(group ?? node) / members;
    const key = `${perSecond} ${capacity} ${contended}`;
    return once(this.#known.stations, key, () => {
      const served = capacity === undefined ? Times.atOnce : queueing(perSecond, capacity);
      return contended === undefined ? served : served.plus(Times.constant(contended));
    });
  }

  /** Calls a second of all that share a retry policy; 0 where nobody says. */
  callsWith(policy: RetryPolicy): number {
    const load = loadOf(this.#model);
    const sites = usesOf(this.#model).get(policy) ?? [];
    return sites.reduce((sum, site) => sum + load.leastCalls(site), 0);
  }
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/**
 * A pool with a queue of limited length (`finiteQueue`), as what becomes of those who ask for a
 * slot. Who waits does so exponentially, as long on average as the formula says.
 */
function admission(
  slots: number,
  queue: number,
  maxWaitMs: number,
  { holdMs, slots: offered }: Demand,
): Outcome | undefined {
  const found = finiteQueue(slots, queue, offered, holdMs);
  if (!found) return undefined;
  const { blocking, meanWaitMs } = found;
  const waiting = meanWaitMs > 0 ? (erlangC(slots, offered) ?? 1) : 0;
  const waits =
    waiting > 0
      ? Times.atOnce.part(1 - waiting).or(Times.exponential(meanWaitMs / waiting).part(waiting))
      : Times.atOnce;
  const inTime = waits.within(maxWaitMs);
  const tooLate = Times.constant(maxWaitMs).part(Math.max(0, 1 - inTime.total));
  return {
    answered: inTime.part(1 - blocking),
    failed: Times.none,
    refused: Times.atOnce.part(blocking).or(tooLate.part(1 - blocking)),
  };
}

/** Longer than anybody waits, ms. */
const EVER_MS = 1e9;
const FOR_EVER = Times.constant(EVER_MS);

/**
 * How much longer requests take on average that slow one another down, ms. With c for each other one in
 * progress and s alone they take s ÷ (1 − λ c): PASTA and Little's law. How much it varies is left out.
 */
function contention(perSecond: number, contentionMs: number, aloneMs: number): number {
  const load = (perSecond * contentionMs) / 1_000;
  return load < 1 ? Math.min(EVER_MS, (aloneMs * load) / (1 - load)) : EVER_MS;
}

/** Requests that are served one after the other, each for the same time. */
function queueing(perSecond: number, capacityPerSecond: number): Times {
  const load = perSecond / capacityPerSecond;
  if (!(load < 1)) return FOR_EVER;
  const serviceMs = 1_000 / capacityPerSecond;
  const wait = Times.slower((ms) => waitingForFixedService(load, serviceMs, ms) ?? 0);
  return Times.constant(serviceMs).plus(wait);
}
