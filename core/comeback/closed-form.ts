import { fullQueueWaitMs, retryStorm, throughputCeiling } from '../analysis/index.ts';
import type { BulkheadPolicy, Model } from '../model/model.ts';
import { layersOf, multiplierOf } from '../rules/facts/amplification.ts';
import { usesOf } from '../rules/facts/calls.ts';
import { capacityOf } from '../rules/facts/capacity.ts';
import { demandOf } from '../rules/facts/demand.ts';
import { loadOf } from '../rules/facts/load.ts';
import { isService, type Node } from '../rules/facts/order.ts';

/** Where retries keep a callee down, as a formula has it. */
export interface ClosedForm {
  /** The service or group that its retries keep down first. */
  readonly node: string;
  readonly capacityPerSecond: number;
  /** The slots from which the capacity follows; absent where it is written. */
  readonly slots?: Slots;
  /** Requests that one becomes while all fail. */
  readonly amplification: number;
  /** Multiple of the load of the file above which it stays down. */
  readonly factor: number;
}

export interface Slots {
  readonly count: number;
  /** Mean time that one request holds its slot. */
  readonly holdMs: number;
}

/**
 * limit = capacity / amplification, of the service or group where that is least. The capacity of a
 * bulkhead with a queue is slots / mean time in one (Little's law), when requests wait in the full
 * queue for longer than who tries again waits for them: so a try that is given up is served all the
 * same. What is turned away at once costs nothing.
 *
 * Assumes what `retryStorm` does: that a failed try costs as much as one that succeeds, and that
 * nothing but a budget cuts the tries off.
 *
 * @returns undefined where nothing is known to be retried in front of a capacity
 */
export function closedForm(model: Model): ClosedForm | undefined {
  const load = loadOf(model);
  const nodes: Node[] = [...model.services.values(), ...model.groups.values()];
  let first: ClosedForm | undefined;
  for (const node of nodes) {
    const usual = load.least(node);
    const failing = load.failing(node);
    const limited = usual > 0 && failing > usual ? limitOf(model, node) : undefined;
    if (!limited) continue;
    const amplification = failing / usual;
    const storm = retryStorm(usual, limited.capacityPerSecond, amplification);
    if (!storm) continue;
    const factor = storm.hiddenCapacityPerSecond / usual;
    if (first && first.factor <= factor) continue;
    first = { node: node.name, ...limited, amplification, factor };
  }
  return first;
}

type Limit = Pick<ClosedForm, 'capacityPerSecond' | 'slots'>;

function limitOf(model: Model, node: Node): Limit | undefined {
  const written = capacityOf(node);
  if (written) return { capacityPerSecond: written.perSecond };
  const name = isService(node) ? node.bulkhead?.value : undefined;
  const pool = name === undefined ? undefined : model.bulkheads.get(name);
  if (!pool || !isService(node) || isShared(model, pool)) return undefined;
  const holdMs = demandOf(model, pool)?.holdMs ?? 0;
  const count = pool.size.value;
  const capacityPerSecond = throughputCeiling(count, holdMs);
  const fullMs = fullQueueWaitMs(count, pool.queueSize.value, holdMs);
  if (!capacityPerSecond || fullMs === undefined) return undefined;
  const waitMs = Math.min(fullMs, pool.maxWaitMs.value);
  const givesUp = layersOf(model)
    .pathTo(node)
    .some(
      (site) => multiplierOf(site).times > 1 && (site.call.timeoutMs?.value ?? waitMs) < waitMs,
    );
  return givesUp ? { capacityPerSecond, slots: { count, holdMs } } : undefined;
}

/** Others in the same pool would have a part of it, which nobody can tell. */
function isShared(model: Model, pool: BulkheadPolicy): boolean {
  const services = [...model.services.values()].filter(
    ({ bulkhead }) => bulkhead?.value === pool.name,
  );
  return services.length + (usesOf(model).get(pool)?.length ?? 0) > 1;
}
