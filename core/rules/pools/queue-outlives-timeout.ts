import { fullQueueWaitMs, longestUsefulQueue } from '../../analysis/index.ts';
import type {
  BulkheadPolicy,
  ConnectionPoolPolicy,
  Model,
  RateLimiterPolicy,
  Service,
} from '../../model/model.ts';
import { defaultNote, type Sourced, type SourceRange } from '../../model/source.ts';
import { formatDuration, formatRoughly } from '../../time/index.ts';
import { type CallSite, callSites, isOutside } from '../facts/calls.ts';
import { patienceWith } from '../facts/patience.ts';
import { roundedDown } from '../facts/round.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import { timesOf } from '../facts/times.ts';
import type { Rule } from '../rule.ts';

export const queueOutlivesTimeout: Rule = {
  id: 'queue-outlives-timeout',
  title: 'Who waits in a queue has been given up on',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A request that waits longer for its slot than its caller waits for the answer is served for nobody, and
whoever comes behind it waits for that. A queue is useful as long as its last place can still be
answered in time.

**Fires when** a request may wait in the queue of a bulkhead, a connection pool or a rate limiter for
as long as what limits it from outside: the \`deadline\` of the call, or the timeout of the most impatient
caller of the service. Where the latency is written, the wait is at most queue × latency / slots.

**Fix** Shorten the longest wait below the timeout, or the queue.

**Source** Google SRE, "Addressing cascading failures": queues of half the threads or less.
`,
  *check(model) {
    const told = new Set<string>();
    for (const { limit, queue } of limitedQueues(model)) {
      const { fullWaitMs = Number.POSITIVE_INFINITY, holdMs, longest, owner, size } = queue;
      const waitMs = Math.min(longest.value, fullWaitMs);
      if (size?.value === 0 || waitMs + holdMs < limit.ms || told.has(owner)) continue;
      told.add(owner);
      const isFull = size && fullWaitMs < longest.value;
      const wait = isFull
        ? `A request behind a full queue of ${owner} waits ${size.value}${defaultNote(size)} × ${formatRoughly(holdMs)} / ${queue.slots} = ${formatRoughly(waitMs)} and then takes ${formatRoughly(holdMs)}`
        : `A request waits for ${owner} up to ${formatDuration(longest.value)}${defaultNote(longest)}`;
      const useful = longestUsefulQueue(queue.slots, holdMs, limit.ms);
      const advice = isFull
        ? `A queue of ${useful} is the longest that helps`
        : `Set ${queue.key} below ${formatDuration(limit.ms)}`;
      yield {
        subject: `queue of ${owner}`,
        message: `${wait}, but ${limit.text}. ${advice}.`,
        at: (isFull ? size : longest).source.at,
        fixes:
          isFull && useful !== undefined
            ? setTo('queue', size, useful, queue.ownerAt)
            : setTo(queue.key, longest, writtenDuration(roundedDown(limit.ms / 2)), queue.ownerAt),
        related: [{ message: 'The limit.', at: limit.at }],
      };
    }
  },
};

interface Queue {
  /** `bulkhead 'critical'`. */
  readonly owner: string;
  readonly ownerAt: SourceRange;
  readonly key: 'maxWait' | 'acquireTimeout';
  readonly slots: number;
  /** Absent where the waiting itself is all that is limited. */
  readonly size?: Sourced<number>;
  readonly longest: Sourced<number>;
  /** Mean time that each one before takes; 0 where nobody has said. */
  readonly holdMs: number;
  /** How long the last place of a full queue waits, where it can be said. */
  readonly fullWaitMs?: number;
}

/** What ends the waiting from outside. */
interface Limit {
  readonly ms: number;
  readonly text: string;
  readonly at: SourceRange;
}

interface LimitedQueue {
  readonly queue: Queue;
  readonly limit: Limit;
}

/** The most impatient users of each queue first. */
function limitedQueues(model: Model): readonly LimitedQueue[] {
  const found: LimitedQueue[] = [];
  const times = timesOf(model);
  const note = (queue: Queue | undefined, limit: Limit | undefined) => {
    if (queue && limit) found.push({ queue, limit });
  };
  for (const service of model.services.values()) {
    const pool = service.bulkhead && model.bulkheads.get(service.bulkhead.value);
    if (!pool || pool.doubtful || service.doubtful) continue;
    note(bulkheadQueue(pool, times.least(service)), callerLimit(model, service));
  }
  for (const site of callSites(model)) {
    const { bulkhead, connectionPool, rateLimiter } = site;
    const holdMs = times.leastHold(site);
    note(bulkhead && bulkheadQueue(bulkhead, holdMs), limitAround(model, site, 'bulkhead'));
    note(
      connectionPool && connectionQueue(connectionPool, holdMs),
      limitAround(model, site, 'connectionPool'),
    );
    note(rateLimiter && limiterQueue(rateLimiter), limitAround(model, site, 'rateLimiter'));
  }
  return found.sort((a, b) => a.limit.ms - b.limit.ms);
}

function bulkheadQueue(pool: BulkheadPolicy, holdMs: number): Queue {
  return {
    owner: `bulkhead '${pool.name}'`,
    ownerAt: pool.nameAt,
    key: 'maxWait',
    longest: pool.maxWaitMs,
    ...filled(pool.size, pool.queueSize, holdMs),
  };
}

function connectionQueue(pool: ConnectionPoolPolicy, holdMs: number): Queue {
  return {
    owner: `connection pool '${pool.name}'`,
    ownerAt: pool.nameAt,
    key: 'acquireTimeout',
    longest: pool.acquireTimeoutMs,
    ...filled(pool.max, pool.queueSize, holdMs),
  };
}

function limiterQueue({ maxWaitMs, name, nameAt }: RateLimiterPolicy): Queue {
  return {
    owner: `rate limiter '${name}'`,
    ownerAt: nameAt,
    key: 'maxWait',
    longest: maxWaitMs,
    slots: 1,
    holdMs: 0,
  };
}

function filled(slots: Sourced<number>, size: Sourced<number>, holdMs: number) {
  const fullWaitMs = fullQueueWaitMs(slots.value, size.value, holdMs);
  const isKnown = holdMs > 0 && fullWaitMs !== undefined;
  return { slots: slots.value, size, holdMs, ...(isKnown && { fullWaitMs }) };
}

function limitAround(
  model: Model,
  { call, caller, text }: CallSite,
  kind: 'bulkhead' | 'connectionPool' | 'rateLimiter',
): Limit | undefined {
  const { deadlineMs } = call;
  if (!deadlineMs || !isOutside(call, 'deadline', kind)) return callerLimit(model, caller);
  const ms = deadlineMs.value;
  // With a deadline of 0 every call fails anyway.
  if (ms === 0) return undefined;
  return {
    ms,
    text: `the deadline of ${text} ends it after ${formatDuration(ms)}`,
    at: deadlineMs.source.at,
  };
}

function callerLimit(model: Model, service: Service): Limit | undefined {
  const waiting = patienceWith(model).get(service);
  if (!waiting) return undefined;
  const { source, value: ms } = waiting.limit.ms;
  const text = `'${waiting.caller.name}' gives up on '${service.name}' after ${formatDuration(ms)}, and what is done later is for nobody`;
  return { ms, text, at: source.at };
}
