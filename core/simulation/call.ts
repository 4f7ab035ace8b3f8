import { REJECTED, type Retry } from '../patterns/index.ts';
import type { RandomStream } from '../time/index.ts';
import type { RecordedBreaker } from './breaker.ts';
import type { Engine } from './engine.ts';
import type { FallbackPlan } from './fallback.ts';
import { isFailure, type Outcome } from './outcome.ts';
import type { Pool, PoolTicket, PoolUser } from './pool.ts';
import type { Station } from './station.ts';
import type { TrafficStatistics } from './traffic-statistics.ts';
import type { Client, Work } from './work.ts';

/** How one kind of call is made: where it goes and the policies around it. */
export interface CallPlan {
  readonly engine: Engine;
  readonly statistics: TrafficStatistics;
  readonly target: Station;
  readonly timeoutMs: number | undefined;
  readonly isIdempotent: boolean;
  /** Shared, with its budget, by all calls that name the same policy. */
  readonly retry: Retry | undefined;
  readonly retryRandom: RandomStream;
  readonly breaker: RecordedBreaker | undefined;
  readonly pool: Pool | undefined;
  readonly fallback: FallbackPlan | undefined;
}

/**
 * One call of a request to another station. The policies are wrapped around it in this order, the
 * outermost first: fallback, retry, breaker, bulkhead, timeout.
 */
export class Call {
  readonly plan: CallPlan;
  readonly parent: Work;
  #failedAttempts = 0;
  #previousDelayMs = 0;
  readonly #key: number;

  constructor(plan: CallPlan, parent: Work) {
    this.plan = plan;
    this.parent = parent;
    this.#key = plan.fallback ? plan.fallback.drawKey() : 0;
  }

  get isRetry(): boolean {
    return this.#failedAttempts > 0;
  }

  start(): void {
    const { engine, retry, statistics } = this.plan;
    if (this.parent.isFirstTry) statistics.callsIntended++;
    retry?.recordCall(engine.nowMs);
    new Attempt(this).start();
  }

  retry(): void {
    // Nobody is left to try for when the component that made the call has failed meanwhile.
    if (!this.parent.hasEnded) new Attempt(this).start();
  }

  /** @param wasReached whether the callee may have done the work, so that it must not be repeated */
  attemptEnded(outcome: Outcome, wasReached: boolean): void {
    const { engine, fallback, isIdempotent, retry, retryRandom } = this.plan;
    if (!isFailure(outcome)) {
      fallback?.remember(this.#key, engine.nowMs);
      this.parent.callAnswered(outcome);
      return;
    }
    this.#failedAttempts++;
    if (retry && (isIdempotent || !wasReached)) {
      const delayMs = retry.nextDelayMs(
        this.#failedAttempts,
        this.#previousDelayMs,
        retryRandom,
        engine.nowMs,
      );
      if (delayMs >= 0) {
        this.#previousDelayMs = delayMs;
        engine.after(delayMs, retryCall, this);
        return;
      }
    }
    this.parent.callAnswered(fallback?.answers(this.#key, engine.nowMs) ? 'degraded' : outcome);
  }
}

/** One attempt of a call: asks the breaker and the pool, then waits for the answer or the timeout. */
class Attempt implements PoolUser, Client {
  ticket: PoolTicket | undefined;
  readonly #call: Call;
  #permit = REJECTED;
  #sentAtMs = 0;
  #isSettled = false;

  constructor(call: Call) {
    this.#call = call;
  }

  start(): void {
    const { breaker, engine, pool } = this.#call.plan;
    if (breaker) {
      this.#permit = breaker.machine.acquire(engine.nowMs);
      if (this.#permit === REJECTED) {
        breaker.rejected++;
        this.#call.attemptEnded('circuit-open', false);
        return;
      }
    }
    if (pool) pool.enter(this);
    else this.admitted();
  }

  admitted(): void {
    const { breaker, engine, pool, statistics, target, timeoutMs } = this.#call.plan;
    if (this.#call.parent.hasEnded) {
      breaker?.machine.cancel(this.#permit);
      if (this.ticket) pool?.leave(this.ticket);
      return;
    }
    const { isRetry, parent } = this.#call;
    this.#sentAtMs = engine.nowMs;
    statistics.send(isRetry, engine.nowMs);
    if (timeoutMs !== undefined) engine.after(timeoutMs, timeOut, this);
    target.take(this, parent.isFirstTry && !isRetry);
  }

  /** A full pool on the caller's side says nothing about the callee. */
  refused(): void {
    this.#call.plan.breaker?.machine.cancel(this.#permit);
    this.#call.attemptEnded('pool-exhausted', false);
  }

  answered(work: Work, outcome: Outcome): void {
    this.#settle(outcome, work.hasBegun);
  }

  /** The caller lets go, and of its slot too; the callee works on without knowing. */
  timeOut(): void {
    this.#settle('timeout', true);
  }

  #settle(outcome: Outcome, wasReached: boolean): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { breaker, engine, pool } = this.#call.plan;
    if (breaker) {
      const durationMs = engine.nowMs - this.#sentAtMs;
      if (isFailure(outcome)) breaker.machine.fail(this.#permit, engine.nowMs, durationMs);
      else breaker.machine.succeed(this.#permit, engine.nowMs, durationMs);
    }
    if (this.ticket) pool?.leave(this.ticket);
    this.#call.attemptEnded(outcome, wasReached);
  }
}

function retryCall(call: Call): void {
  call.retry();
}

function timeOut(attempt: Attempt): void {
  attempt.timeOut();
}
