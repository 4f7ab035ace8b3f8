import {
  type BreakerMetrics,
  type BreakerSnapshot,
  type BreakerState,
  CircuitBreaker,
  type CircuitBreakerOptions,
  CircuitOpenError,
  REJECTED,
  RejectedError,
  TimeoutError,
} from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import type { Call } from './call.ts';
import { Frame, type Upper } from './frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface BreakerPolicyOptions
  extends LayerOptions,
    Omit<CircuitBreakerOptions, 'onTransition' | 'restore'> {
  /** By default every error is a failure, except rejections by other policies: they are ignored. */
  readonly judge?: Judge;
  /** A state to begin in, other than closed: what another breaker was in. */
  readonly restore?: BreakerSnapshot;
}

/**
 * Makes no calls to what keeps failing: see `CircuitBreaker` for when it opens and closes. What it
 * rejects fails with a `CircuitOpenError`.
 *
 * A call that its caller gives up counts neither way. One that an outer timeout gives up while the
 * operation runs is a failure, or a breaker inside a deadline would never learn of what hangs; one
 * that is given up while it still waits, for a slot say, counts neither way.
 */
export class BreakerPolicy extends Layer {
  readonly #breaker: Breaker;

  /** @throws RangeError when an option is out of range, or a snapshot does not fit. */
  constructor(options: BreakerPolicyOptions = {}) {
    super(options.name ?? 'circuit breaker', options.clock);
    const { restore, judge, ...machineOptions } = options;
    const machine = new CircuitBreaker({
      ...machineOptions,
      ...(restore && { restore: { snapshot: restore, nowMs: this.clock.nowMs() } }),
      onTransition: (from, to) => {
        if (!this.events.heard) return;
        this.events.emit({ kind: 'state-changed', policy: this.name, from, to });
      },
    });
    const { error = judgeError, result } = judge ?? {};
    this.#breaker = { machine, clock: this.clock, judgeError: error, judgeResult: result };
  }

  get state(): BreakerState {
    return this.#breaker.machine.state;
  }

  /** What the breaker is in, and how the calls of the last five minutes went. */
  get metrics(): BreakerMetrics {
    return this.#breaker.machine.metrics(this.clock.nowMs());
  }

  /** Rejects every call from now on, whatever happens, until `reset`. */
  isolate(): void {
    this.#breaker.machine.isolate(this.clock.nowMs());
  }

  /** Closes the breaker, whatever it is in, and forgets what has been counted. */
  reset(): void {
    this.#breaker.machine.reset(this.clock.nowMs());
  }

  /** All that decides what the breaker does next, as plain data, for `restore`. */
  snapshot(): BreakerSnapshot {
    return this.#breaker.machine.snapshot(this.clock.nowMs());
  }

  enter(call: Call, above: Upper, below: Below): void {
    const { machine } = this.#breaker;
    const nowMs = this.clock.nowMs();
    const permit = machine.acquire(nowMs);
    if (permit === REJECTED) this.#reject(above, nowMs);
    else below.enter(call, new BreakerFrame(above, this.#breaker, permit, nowMs));
  }

  #reject(above: Upper, nowMs: number): void {
    const { machine } = this.#breaker;
    const error = new CircuitOpenError(this.name, machine.state.kind, machine.retryAfterMs(nowMs));
    if (this.events.heard) this.events.emit({ kind: 'rejected', policy: this.name, error });
    above.fail(error);
  }
}

/** What the frames of a policy share. */
interface Breaker {
  readonly machine: CircuitBreaker;
  readonly clock: Clock;
  readonly judgeError: (error: unknown) => Verdict;
  readonly judgeResult: ((value: unknown) => Verdict) | undefined;
}

class BreakerFrame extends Frame {
  declare readonly breaker: Breaker;
  declare readonly permit: number;
  declare readonly startedAtMs: number;
  /** Whether an operation below runs on without being waited for. */
  declare straggles: boolean;

  constructor(above: Upper, breaker: Breaker, permit: number, startedAtMs: number) {
    super(above);
    this.breaker = breaker;
    this.permit = permit;
    this.startedAtMs = startedAtMs;
    this.straggles = false;
  }

  override succeed(value: unknown): void {
    const { judgeResult } = this.breaker;
    if (judgeResult === undefined) this.settle('success');
    else if (!this.judge(judgeResult, value)) return;
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    if (this.judge(this.breaker.judgeError, error)) this.above.fail(error);
  }

  override straggle(): void {
    this.straggles = true;
    this.above.straggle();
  }

  override cancel(reason: unknown, abandon: boolean): void {
    super.cancel(reason, abandon);
    this.settle(this.straggles && reason instanceof TimeoutError ? 'failure' : 'ignore');
  }

  /** @returns whether there is a verdict; if not, what went wrong with it has been passed on. */
  judge<Outcome>(judge: (outcome: Outcome) => Verdict, outcome: Outcome): boolean {
    try {
      this.settle(judge(outcome));
      return true;
    } catch (error) {
      this.settle('ignore');
      this.above.fail(error);
      return false;
    }
  }

  settle(verdict: Verdict): void {
    const { machine, clock } = this.breaker;
    if (verdict === 'ignore') {
      machine.cancel(this.permit);
      return;
    }
    const nowMs = clock.nowMs();
    const durationMs = nowMs - this.startedAtMs;
    if (verdict === 'success') machine.succeed(this.permit, nowMs, durationMs);
    else machine.fail(this.permit, nowMs, durationMs);
  }
}

function judgeError(error: unknown): Verdict {
  return error instanceof RejectedError ? 'ignore' : 'failure';
}
