import type { CallEnd } from './events.ts';
import type { Lower, Upper } from './frame.ts';
import type { CallOptions, Operation } from './policy.ts';
import { rejection } from './rejection.ts';
import type { Route } from './route.ts';
import type { AbortListener } from './signal.ts';

/**
 * One call by a caller, from `execute` to its answer: what is above all frames, and made like one
 * (see `Frame` for why its fields are as they are).
 */
export class Call implements Upper, AbortListener {
  declare readonly route: Route;
  declare readonly operation: Operation<unknown>;
  declare readonly options: CallOptions<unknown> | undefined;
  declare below: Lower | undefined;
  /** Operations started so far: that of the call, each time, and alternatives to it. */
  declare attempts: number;
  /** The promise that the caller gets, where it is made of the first attempt's own. */
  declare reply: Promise<unknown> | undefined;
  /** The promise that the caller gets otherwise. */
  declare deferred: Deferred | undefined;
  declare state: 'pending' | 'succeeded' | 'failed';
  /** The result or the error, once there is one. */
  declare answer: unknown;
  /** `undefined` when nobody listens. */
  declare readonly startedAtMs: number | undefined;

  constructor(
    route: Route,
    operation: Operation<unknown>,
    options: CallOptions<unknown> | undefined,
  ) {
    this.route = route;
    this.operation = operation;
    this.options = options;
    this.below = undefined;
    this.attempts = 0;
    this.reply = undefined;
    this.deferred = undefined;
    this.state = 'pending';
    this.answer = undefined;
    this.startedAtMs = route.events.heard ? route.clock.nowMs() : undefined;
  }

  /** Makes the call. */
  run(): Promise<unknown> {
    const signal = this.options?.signal;
    if (signal?.aborted) {
      this.settle('failed', signal.reason, 'cancelled');
    } else {
      signal?.addEventListener('abort', this);
      this.route.entry.enter(this, this);
    }
    if (this.state === 'pending') return this.reply ?? this.defer();
    return this.state === 'failed' ? rejection(this.answer) : Promise.resolve(this.answer);
  }

  /**
   * Whether the promise for the caller can be made of that of the operation which is being started.
   * That saves a promise, and keeps the caller in the stack of the operation's errors. It must be the
   * first attempt, and nothing may be able to answer before it ends.
   */
  get canReplyDirectly(): boolean {
    return (
      this.attempts === 1 &&
      this.deferred === undefined &&
      !this.route.interrupts &&
      this.options?.signal === undefined
    );
  }

  /** What the direct reply comes to when the first attempt has ended. */
  afterFirst(): unknown {
    if (this.state === 'pending') return this.defer();
    if (this.state === 'failed') throw this.answer;
    return this.answer;
  }

  succeed(value: unknown): void {
    this.settle('succeeded', value, 'success');
  }

  fail(error: unknown): void {
    this.settle('failed', error, 'failure');
  }

  straggle(): void {}

  ended(): void {}

  get remainingMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** The caller cancels. */
  handleEvent(): void {
    const reason = this.options?.signal?.reason;
    this.below?.cancel(reason, false);
    this.settle('failed', reason, 'cancelled');
  }

  /** A result came that nobody waits for. */
  late(value: unknown): void {
    const { options } = this;
    if (options?.onLateResult === undefined) return;
    // Not here and now: it must not disturb those who are being told that the operation has ended.
    void Promise.resolve(value).then((late) => options.onLateResult?.(late));
  }

  defer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.deferred = { resolve, reject };
    });
  }

  settle(state: 'succeeded' | 'failed', answer: unknown, outcome: CallEnd): void {
    // An operation or a predicate may cancel the very call whose answer is on its way up.
    if (this.state !== 'pending') return;
    this.state = state;
    this.answer = answer;
    this.options?.signal?.removeEventListener('abort', this);
    if (this.startedAtMs !== undefined) this.report(outcome, this.startedAtMs);
    if (this.deferred === undefined) return;
    if (state === 'succeeded') this.deferred.resolve(answer);
    else this.deferred.reject(answer);
  }

  report(outcome: CallEnd, startedAtMs: number): void {
    const { clock, events, name } = this.route;
    events.emit({
      kind: 'call-ended',
      policy: name,
      outcome,
      durationMs: clock.nowMs() - startedAtMs,
      attempts: this.attempts,
    });
  }
}

interface Deferred {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}
