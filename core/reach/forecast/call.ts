import { Times } from '../../analysis/index.ts';
import type { FallbackStep, Model, RetryPolicy } from '../../model/model.ts';
import type { PolicyKind } from '../../patterns/index.ts';
import type { CallSite } from '../../rules/facts/calls.ts';
import type { Node } from '../../rules/facts/order.ts';
import { ANSWERED, after, either, limited, type Outcome, part, rescued } from './outcome.ts';
import type { Waits } from './waits.ts';

/** What a call is made of, besides what the model says of it. */
export interface CallParts {
  readonly model: Model;
  readonly waits: Waits;
  /** What becomes of requests at a callee. */
  outcomeAt(node: Node | undefined): Outcome;
  /** Requests that may make the call, 0 where nobody says. */
  readonly requestsPerSecond: number;
}

/** More tries than these make no difference that can be seen. */
const MOST_TRIES = 20;
/** So few that nobody will miss them. */
const FEW = 1e-12;

/**
 * What becomes of a call, with every policy around it, from the innermost to the outermost.
 *
 * Assumes that tries are independent of one another, that breakers are closed, and that adaptive
 * limits and rate limiters let the usual load through.
 */
export function outcomeOfCall(site: CallSite, parts: CallParts): Outcome {
  let outcome = parts.outcomeAt(site.callee);
  for (const kind of site.call.order.value.toReversed()) {
    outcome = WRAP[kind]?.(outcome, site, parts) ?? outcome;
  }
  return outcome;
}

type Wrap = (outcome: Outcome, site: CallSite, parts: CallParts) => Outcome | undefined;

const WRAP: { readonly [Kind in PolicyKind]?: Wrap } = {
  timeout: (outcome, { call: { timeoutMs } }) => timeoutMs && limited(outcome, timeoutMs.value),
  deadline: (outcome, { call: { deadlineMs } }) => deadlineMs && limited(outcome, deadlineMs.value),
  connectionPool: (outcome, { connectionPool }, { waits }) =>
    connectionPool && admitted(waits.pool(connectionPool), outcome),
  bulkhead: (outcome, { bulkhead }, { waits }) =>
    bulkhead && admitted(waits.pool(bulkhead), outcome),
  hedge: (outcome, { call: { hedge, idempotent } }) =>
    // What must not be done twice is not sent twice.
    hedge && idempotent.value
      ? hedged(outcome, hedge.afterMs.value, hedge.attempts.value)
      : undefined,
  retry: (outcome, { call, retry }, { waits }) =>
    retry && retried(outcome, retry, call.idempotent.value, waits.callsWith(retry)),
  cache: (outcome, { call: { cache } }, { requestsPerSecond }) => {
    if (!cache) return undefined;
    const { keys, maxAgeMs, staleIfErrorMs } = cache;
    const fresh = freshShare(requestsPerSecond / keys.value, maxAgeMs.value);
    const staleMs = maxAgeMs.value + staleIfErrorMs.value;
    const stale =
      staleIfErrorMs.value > 0 ? knownShare(requestsPerSecond / keys.value, staleMs) : 0;
    const missed = rescued(outcome, part(ANSWERED, stale));
    return either(part(ANSWERED, fresh), part(missed, 1 - fresh));
  },
  fallback: (outcome, { call: { fallback } }, parts) =>
    fallback?.steps.reduce((so, step) => rescued(so, answerOf(step, parts)), outcome),
};

/** Requests that get a slot go on; the others are turned away. */
export function admitted(pool: Outcome | undefined, outcome: Outcome): Outcome {
  if (!pool) return outcome;
  const inside = after(pool.answered, outcome);
  return { ...inside, refused: inside.refused.or(pool.refused) };
}

/** Copies, one after the other, until one is answered or all have failed. */
function hedged({ answered, failed, refused }: Outcome, afterMs: number, copies: number): Outcome {
  const delays = Array.from({ length: Math.min(copies, MOST_TRIES) }, (_, copy) => {
    return Times.constant(copy * afterMs);
  });
  const first = Times.firstOf(delays.map((delay) => delay.plus(answered)));
  const lost = 1 - first.total;
  const each = failed.total + refused.total;
  const last = delays.at(-1) ?? Times.atOnce;
  if (each === 0) return { answered: first, failed, refused };
  return {
    answered: first,
    failed: last.plus(failed).part(Math.min(1, lost / each)),
    refused: last.plus(refused).part(Math.min(1, lost / each)),
  };
}

/** Tries again what may be tried again, as far as the budget goes. */
function retried(
  outcome: Outcome,
  policy: RetryPolicy,
  isIdempotent: boolean,
  callsPerSecond: number,
): Outcome {
  const { answered, failed, refused } = outcome;
  const again = isIdempotent ? failed.or(refused) : refused;
  const tries = Math.min(policy.attempts.value, MOST_TRIES);
  const granted = grantedShare(again.total, tries, policy, callsPerSecond);
  // A try that fails is the last one when the budget says so.
  const left = 1 - granted;
  const last = {
    answered,
    failed: isIdempotent ? failed.part(left) : failed,
    refused: refused.part(left),
  };
  let all: Outcome = { answered: Times.none, failed: Times.none, refused: Times.none };
  let begun = Times.atOnce;
  for (let attempt = 1; attempt < tries && begun.total > FEW; attempt++) {
    all = either(all, after(begun, last));
    begun = begun.plus(again.part(granted)).plus(waitBefore(policy, attempt));
  }
  return either(all, after(begun, outcome));
}

/** Share of the retries that are wanted and that the budget allows. */
function grantedShare(
  failing: number,
  tries: number,
  { budget, budgetBurst, minRetriesPerSecond }: RetryPolicy,
  callsPerSecond: number,
): number {
  if (!budget) return 1;
  let wanted = 0;
  for (let attempt = 1; attempt < tries; attempt++) wanted += failing ** attempt;
  // What was saved up is used up in the long run.
  const least = budgetBurst ? 0 : minRetriesPerSecond.value;
  const always = callsPerSecond > 0 ? least / callsPerSecond : 0;
  return wanted === 0 ? 1 : Math.min(1, Math.max(budget.value, always) / wanted);
}

/** The wait before a retry, with its jitter; decorrelated jitter as if each wait were the mean. */
function waitBefore(policy: RetryPolicy, retry: number): Times {
  const { factor, growth, initialMs, jitter, maxMs } = policy;
  const times = { constant: 1, linear: retry, exponential: factor.value ** (retry - 1) };
  const wholeMs = Math.min(maxMs.value, initialMs.value * times[growth.value]);
  switch (jitter.value) {
    case 'none':
      return Times.constant(wholeMs);
    case 'full':
      return Times.uniform(0, wholeMs);
    case 'equal':
      return Times.uniform(wholeMs / 2, wholeMs);
    case 'decorrelated': {
      // From the first wait to three times the one before: 2 × first, then 1/2 + 3/2 of that.
      const mostMs = initialMs.value * (1 + 2 * 1.5 ** (retry - 1));
      return Times.uniform(initialMs.value, Math.min(maxMs.value, mostMs));
    }
  }
}

/** What a step of a fallback answers. */
function answerOf(step: FallbackStep, { model, outcomeAt, requestsPerSecond }: CallParts): Outcome {
  switch (step.kind) {
    case 'default':
      return ANSWERED;
    case 'cache':
      return part(ANSWERED, knownShare(requestsPerSecond / step.keys.value, step.maxAgeMs.value));
    case 'call': {
      const { timeoutMs, to } = step;
      const outcome = outcomeAt(model.services.get(to.value) ?? model.groups.get(to.value));
      return timeoutMs ? limited(outcome, timeoutMs.value) : outcome;
    }
  }
}

/**
 * Share of requests that find an answer which is not too old, when each miss fetches a new one:
 * λT / (1 + λT).
 */
function freshShare(perSecond: number, maxAgeMs: number): number {
  const asked = (perSecond * maxAgeMs) / 1_000;
  return Number.isFinite(asked) ? asked / (1 + asked) : 1;
}

/** Share of requests before which the same one was asked within a time: 1 − e^{−λT}. */
function knownShare(perSecond: number, maxAgeMs: number): number {
  return -Math.expm1((-perSecond * maxAgeMs) / 1_000);
}
