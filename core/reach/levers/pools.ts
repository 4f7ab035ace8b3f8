import type { BulkheadPolicy, ConnectionPoolPolicy } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { wholeAbove } from './ladder.ts';
import { changed, entrySetting, type Lever, write } from './lever.ts';

/** More slots. */
export function bulkheadLever({ name, size }: BulkheadPolicy): Lever {
  return {
    settings: wholeAbove(size.value).map((value) =>
      entrySetting('bulkheads', name, COSTS.number, (policy) => ({
        entry: { ...policy, size: changed(policy.size, value) },
        title: `Set 'size' of the bulkhead '${name}' to ${value}`,
        changes: [write(policy.size, 'size', value)],
      })),
    ),
  };
}

/** More connections. */
export function connectionPoolLever({ max, name }: ConnectionPoolPolicy): Lever {
  return {
    settings: wholeAbove(max.value).map((value) =>
      entrySetting('connectionPools', name, COSTS.number, (policy) => ({
        entry: { ...policy, max: changed(policy.max, value) },
        title: `Set 'max' of the connection pool '${name}' to ${value}`,
        changes: [write(policy.max, 'max', value)],
      })),
    ),
  };
}
