import type { Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Sourced } from '../../model/source.ts';
import { countText } from '../../text/words.ts';
import type { Rule } from '../rule.ts';

export const concurrencyUnbounded: Rule<'limitless'> = {
  id: 'concurrency-unbounded',
  title: 'A limit is so high that it limits nothing',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  parameters: {
    limitless: {
      title: 'from this size on a limit limits nothing',
      default: 100_000,
      minimum: 1,
    },
  },
  documentation: `
A limit of 2³² − 1 is a way to write that there is none: memory, threads or the callee give way long
before it is reached.

**Fires when** a bulkhead, its queue, a connection pool or a concurrency limit allows 100,000 or more.

**Fix** Size it for what arrives: rate × latency, and half as much again. Or remove it.

**Source** Istio sets Envoy's limits to 4,294,967,295.
`,
  *check(model, { limitless }) {
    for (const { key, limit, owner } of limits(model)) {
      if (limit.value < limitless) continue;
      yield {
        subject: `limit at ${placeId(limit.source.at)}`,
        message: `${owner} with ${key} ${countText(limit.value)} limits nothing: memory or the callee gives way first. Size it for rate × latency, and half as much again.`,
        at: limit.source.at,
      };
    }
  },
};

function* limits(
  model: Model,
): Generator<{ readonly owner: string; readonly key: string; readonly limit: Sourced<number> }> {
  for (const { name, queueSize, size } of model.bulkheads.values()) {
    yield { owner: `Bulkhead '${name}'`, key: 'size', limit: size };
    yield { owner: `Bulkhead '${name}'`, key: 'queue', limit: queueSize };
  }
  for (const { max, name, queueSize } of model.connectionPools.values()) {
    yield { owner: `Connection pool '${name}'`, key: 'max', limit: max };
    yield { owner: `Connection pool '${name}'`, key: 'queue', limit: queueSize };
  }
  for (const { max, name } of model.concurrencyLimits.values()) {
    yield { owner: `Concurrency limit '${name}'`, key: 'max', limit: max };
  }
}
