import { retryStorm } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import { capacityOf } from '../rules/facts/capacity.ts';
import { loadOf } from '../rules/facts/load.ts';
import type { Node } from '../rules/facts/order.ts';

/** Where retries keep a callee down, as a formula has it. */
export interface ClosedForm {
  /** The service or group that its retries keep down first. */
  readonly node: string;
  readonly capacityPerSecond: number;
  /** Requests that one becomes while all fail. */
  readonly amplification: number;
  /** Multiple of the load of the file above which it stays down. */
  readonly factor: number;
}

/**
 * limit = capacity / amplification, of the service or group where that is least.
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
    const capacity = capacityOf(node);
    const usual = load.least(node);
    const failing = load.failing(node);
    if (!capacity || usual === 0 || failing <= usual) continue;
    const amplification = failing / usual;
    const storm = retryStorm(usual, capacity.perSecond, amplification);
    if (!storm) continue;
    const factor = storm.hiddenCapacityPerSecond / usual;
    if (first && first.factor <= factor) continue;
    const { perSecond: capacityPerSecond } = capacity;
    first = { node: node.name, capacityPerSecond, amplification, factor };
  }
  return first;
}
