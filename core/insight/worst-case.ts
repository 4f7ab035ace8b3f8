import type { PolicyKind } from '../patterns/index.ts';
import type { CallSite } from '../rules/facts/calls.ts';
import { sum, waitsMs } from '../rules/facts/schedule.ts';

/** The longest that a call can take, and how that comes about. */
export interface WorstCase {
  /** Infinite where nothing ends it. */
  readonly ms: number;
  readonly attempts: Attempts;
  /** What it would take without its deadline, where that is longer, but not for ever. */
  readonly withoutDeadlineMs?: number;
  /** For those who are asked instead, when all attempts have failed. */
  readonly fallbackMs: number;
}

export interface Attempts {
  /** That reach the callee. */
  readonly count: number;
  /** One of them, with its waits in queues and the copies of a hedge. */
  readonly eachMs: number;
  /** How much of it are waits for tokens, slots and connections. */
  readonly inQueuesMs: number;
  /** All waits between them, each as long as its jitter can make it. */
  readonly waitsMs: number;
}

/** The longest that an attempt can take. */
interface Longest {
  /** That reaches the callee. */
  readonly askedMs: number;
  /** That a limit turns away before. */
  readonly refusedMs: number;
}

/** Adds up what every policy around a call can take, from the innermost to the outermost. */
export function worstCaseOf(site: CallSite): WorstCase {
  let longest: Longest = { askedMs: Number.POSITIVE_INFINITY, refusedMs: 0 };
  let attempts = attemptsOf(site, longest);
  let withoutDeadlineMs: number | undefined;
  for (const kind of site.call.order.value.toReversed()) {
    const { askedMs } = longest;
    if (kind === 'retry') attempts = attemptsOf(site, longest);
    longest = MAKE_LONGER[kind]?.(longest, site) ?? longest;
    const isCut = kind === 'deadline' && longest.askedMs < askedMs;
    if (isCut && Number.isFinite(askedMs)) withoutDeadlineMs = askedMs;
  }
  return {
    ms: longest.askedMs,
    attempts,
    fallbackMs: fallbackMsOf(site),
    ...(withoutDeadlineMs !== undefined && { withoutDeadlineMs }),
  };
}

const MAKE_LONGER: {
  readonly [Kind in PolicyKind]?: (longest: Longest, site: CallSite) => Longest | undefined;
} = {
  timeout: (longest, { call: { timeoutMs } }) => timeoutMs && within(longest, timeoutMs.value),
  deadline: (longest, { call: { deadlineMs } }) => deadlineMs && within(longest, deadlineMs.value),
  connectionPool: (longest, { connectionPool: pool }) =>
    pool &&
    after(
      (pool.queueSize.value > 0 ? pool.acquireTimeoutMs.value : 0) + pool.connectMs.value,
      longest,
    ),
  bulkhead: (longest, { bulkhead }) =>
    bulkhead && bulkhead.queueSize.value > 0 ? after(bulkhead.maxWaitMs.value, longest) : undefined,
  rateLimiter: (longest, { rateLimiter }) =>
    rateLimiter && after(rateLimiter.maxWaitMs.value, longest),
  hedge: ({ askedMs, refusedMs }, { call: { hedge, idempotent } }) => {
    // What must not be done twice is not sent twice.
    if (!hedge || !idempotent.value) return undefined;
    // A copy that fails before the next one is due brings it forward.
    const startMs = (hedge.attempts.value - 1) * Math.min(hedge.afterMs.value, askedMs);
    return { askedMs: startMs + askedMs, refusedMs: startMs + refusedMs };
  },
  retry: ({ askedMs, refusedMs }, { call, retry }) => {
    if (!retry) return undefined;
    const others = retry.attempts.value - 1;
    const waited = sum(waitsMs(retry, 'longest'));
    // What must not be done twice is tried again only where it has not been done.
    const before = others * (call.idempotent.value ? askedMs : refusedMs) + waited;
    return { askedMs: before + askedMs, refusedMs: others * refusedMs + waited + refusedMs };
  },
  fallback: ({ askedMs, refusedMs }, site) => {
    const ms = fallbackMsOf(site);
    return { askedMs: askedMs + ms, refusedMs: refusedMs + ms };
  },
};

function after(waitMs: number, { askedMs, refusedMs }: Longest): Longest {
  return { askedMs: waitMs + askedMs, refusedMs: waitMs + refusedMs };
}

function within({ askedMs, refusedMs }: Longest, limitMs: number): Longest {
  return { askedMs: Math.min(askedMs, limitMs), refusedMs: Math.min(refusedMs, limitMs) };
}

function attemptsOf({ call, retry }: CallSite, { askedMs, refusedMs }: Longest): Attempts {
  const count = call.idempotent.value ? (retry?.attempts.value ?? 1) : 1;
  const waits = retry && count > 1 ? sum(waitsMs(retry, 'longest')) : 0;
  return { count, eachMs: askedMs, inQueuesMs: refusedMs, waitsMs: waits };
}

function fallbackMsOf({ call }: CallSite): number {
  return sum(
    (call.fallback?.steps ?? []).map((step) =>
      step.kind === 'call' ? (step.timeoutMs?.value ?? Number.POSITIVE_INFINITY) : 0,
    ),
  );
}
