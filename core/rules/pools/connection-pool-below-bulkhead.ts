import { defaultNote } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import { callSites, isOutside } from '../facts/calls.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const connectionPoolBelowBulkhead: Rule = {
  id: 'connection-pool-below-bulkhead',
  title: 'A bulkhead lets in more calls than there are connections',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A call that has got its slot in the bulkhead waits once more, for a connection, and holds its slot
meanwhile. The two limits should agree: what the bulkhead lets in should be able to run.

**Fires when** the bulkhead of a call has more slots than its connection pool has connections: info
where the rest can wait for a connection, warning where the pool's queue is too short for them, so
that they are rejected.

**Fix** Give both the same size.
`,
  *check(model) {
    const told = new Set<string>();
    for (const site of callSites(model)) {
      const { bulkhead, call, connectionPool: pool } = site;
      if (!bulkhead || !pool || !isOutside(call, 'bulkhead', 'connectionPool')) continue;
      const more = bulkhead.size.value - pool.max.value;
      const pair = JSON.stringify([bulkhead.name, pool.name]);
      if (more <= 0 || told.has(pair)) continue;
      told.add(pair);
      const queue = pool.queueSize;
      const isRejected = more > queue.value;
      const fate = isRejected
        ? `the other ${more} find ${queue.value === 0 ? 'no queue' : `a queue of ${queue.value}`}${defaultNote(queue)}, and ${more - queue.value} are rejected`
        : `the other ${more} wait up to ${formatDuration(pool.acquireTimeoutMs.value)}${defaultNote(pool.acquireTimeoutMs)} with their slots in hand`;
      yield {
        subject: `connection pool ${pool.name}`,
        severity: isRejected ? 'warning' : 'info',
        message: `Bulkhead '${bulkhead.name}' lets ${bulkhead.size.value} calls in at once, but connection pool '${pool.name}' has ${pool.max.value}${defaultNote(pool.max)}: ${fate}. Give both the same size.`,
        at: pool.max.source.at,
        fixes: setTo('max', pool.max, bulkhead.size.value, pool.nameAt),
        related: [{ message: `Bulkhead '${bulkhead.name}'.`, at: bulkhead.size.source.at }],
      };
    }
  },
};
