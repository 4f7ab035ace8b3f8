import type { BulkheadPolicy, Model } from '../../model/model.ts';
import { formatDuration } from '../../time/index.ts';
import { type CallSite, isOutside, knowsAllCalls, usesOf } from '../facts/calls.ts';
import { idleWhere, type Useless, uselessWhere } from './useless.ts';

/** What pools and limits say in vain. */
export function* poolSettings(model: Model): Generator<Useless> {
  for (const { doubtful, maxWaitMs, name, queueSize } of model.bulkheads.values()) {
    if (!doubtful) yield* queueSettings(name, 'maxWait', maxWaitMs, queueSize);
  }
  for (const policy of model.connectionPools.values()) {
    if (policy.doubtful) continue;
    yield* queueSettings(policy.name, 'acquireTimeout', policy.acquireTimeoutMs, policy.queueSize);
    const most = mostFromOutside(model, usesOf(model).get(policy) ?? [], 'connectionPool');
    yield* idleWhere(
      most !== undefined && policy.max.value > most.calls,
      `'${policy.name}'`,
      { max: policy.max },
      `bulkhead '${most?.name}' lets ${most?.calls} calls in at once, so no more connections are ever used. Lower it to ${most?.calls}.`,
    );
  }
  for (const policy of model.concurrencyLimits.values()) {
    if (policy.doubtful) continue;
    const { algorithm, initial, max, min } = policy;
    yield* uselessWhere(
      min.value === max.value,
      `'${policy.name}'`,
      { algorithm, initial },
      `the limit stays at ${max.value}, which is both min and max. Let it move, or use a bulkhead.`,
    );
    const most = mostInside(model, usesOf(model).get(policy) ?? []);
    yield* idleWhere(
      most !== undefined && max.value > most.calls,
      `'${policy.name}'`,
      { max },
      `bulkhead '${most?.name}' inside it holds ${most?.calls} calls at most, with its queue. Lower it to ${most?.calls}, or enlarge the bulkhead.`,
    );
  }
}

function* queueSettings(
  name: string,
  key: 'maxWait' | 'acquireTimeout',
  longestMs: BulkheadPolicy['maxWaitMs'],
  queue: BulkheadPolicy['queueSize'],
): Generator<Useless> {
  yield* uselessWhere(
    queue.value === 0,
    `'${name}'`,
    { [key]: longestMs },
    'there is no queue to wait in. Add a queue, or remove it.',
  );
  yield* idleWhere(
    queue.value > 0 && longestMs.value === 0,
    `'${name}'`,
    { queue },
    `nobody may wait in it: ${key} is ${formatDuration(0)}. Raise ${key}, or remove the queue.`,
  );
}

/** What the one bulkhead in front of all uses lets in; none where they have others, or none. */
function mostFromOutside(model: Model, sites: readonly CallSite[], inner: 'connectionPool') {
  const bulkhead = onlyBulkhead(model, sites, (site) => isOutside(site.call, 'bulkhead', inner));
  return bulkhead && { name: bulkhead.name, calls: bulkhead.size.value };
}

/** What the one bulkhead behind all uses can hold, with those who wait for it. */
function mostInside(model: Model, sites: readonly CallSite[]) {
  const isInside = (site: CallSite) => isOutside(site.call, 'concurrencyLimit', 'bulkhead');
  const bulkhead = onlyBulkhead(model, sites, isInside);
  return bulkhead && { name: bulkhead.name, calls: bulkhead.size.value + bulkhead.queueSize.value };
}

function onlyBulkhead(
  model: Model,
  sites: readonly CallSite[],
  isPlaced: (site: CallSite) => boolean,
): BulkheadPolicy | undefined {
  const [first] = sites;
  if (!first?.bulkhead || !knowsAllCalls(model)) return undefined;
  const all = sites.every((site) => site.bulkhead === first.bulkhead && isPlaced(site));
  return all ? first.bulkhead : undefined;
}
