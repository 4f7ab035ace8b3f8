import type { CallEnd } from './events.ts';
import type { Lower, Upper } from './frame.ts';
import { invoke } from './invoke.ts';
import type { CallContext, CallOptions, Operation } from './policy.ts';
import { rejection } from './rejection.ts';
import type { Route } from './route.ts';
import { type AbortListener, type Controller, createController, type Signal } from './signal.ts';

/**
 * One call by a caller, from `execute` to its answer: what is above all frames, and made like one
 * (see `Frame` for why its fields are as they are).
 *
 * Where nothing can answer before the first attempt ends, it is that attempt as well: what the
 * operation gets to see, and the promise for the caller made out of the operation's own. That saves
 * an object and a promise, and keeps the caller in the stack of the operation's errors.
 */
export class Call implements Upper, AbortListener, CallContext {
  declare readonly route: Route;
  declare readonly operation: Operation<unknown>;
  declare readonly options: CallOptions<unknown> | undefined;
  declare below: Lower | undefined;
  /** Operations started so far: that of the call, each time, and alternatives to it. */
  declare attempts: number;
  /** Of the first attempt, where that is the call itself. */
  declare controller: Controller | undefined;
  /** The promise that the caller gets, where it is made out of the first attempt's own. */
  declare reply: Promise<unknown> | undefined;
  /** The promise that the caller gets otherwise. */
  declare deferred: Deferred | undefined;
  declare state: 'pending' | 'succeeded' | 'failed';
  /** The result or the error, once there is one. */
  declare answer: unknown;

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
    this.controller = undefined;
    this.reply = undefined;
    this.deferred = undefined;
    this.state = 'pending';
    this.answer = undefined;
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

  /** Whether the attempt that is about to start is the first, and nothing can answer before it ends. */
  get isItsAttempt(): boolean {
    return (
      this.attempts === 0 &&
      this.deferred === undefined &&
      this.route.isPlain &&
      this.options?.signal === undefined
    );
  }

  /** Starts the operation as the call's own attempt, for the frame `above` it. */
  start(above: Upper): void {
    this.attempts = 1;
    this.reply = invoke(this.operation, this).then(
      (value) => {
        above.succeed(value);
        return this.afterFirst();
      },
      (error: unknown) => {
        above.fail(error);
        return this.afterFirst();
      },
    );
  }

  get attempt(): number {
    return 1;
  }

  get signal(): Signal {
    this.controller ??= createController();
    return this.controller.signal;
  }

  get remainingMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  succeed(value: unknown): void {
    this.settle('succeeded', value, 'success');
  }

  fail(error: unknown): void {
    this.settle('failed', error, 'failure');
  }

  straggle(): void {}

  ended(): void {}

  get above(): undefined {
    return undefined;
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

  /** The answer, or the promise of it when there is to be another attempt. */
  afterFirst(): unknown {
    if (this.state === 'pending') return this.defer();
    if (this.state === 'failed') throw this.answer;
    return this.answer;
  }

  defer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.deferred = { resolve, reject };
    });
  }

  /** @param _end told to who listens; see `ReportedCall`. */
  settle(state: 'succeeded' | 'failed', answer: unknown, _end: CallEnd): void {
    this.state = state;
    this.answer = answer;
    this.options?.signal?.removeEventListener('abort', this);
    if (this.deferred === undefined) return;
    if (state === 'succeeded') this.deferred.resolve(answer);
    else this.deferred.reject(answer);
  }
}

interface Deferred {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}
