import type { Component } from '../patterns/index.ts';
import type { Call } from './call.ts';
import type { Lower, Upper } from './frame.ts';
import { invoke } from './invoke.ts';
import type { CallContext, CallOptions, Operation } from './policy.ts';
import { type Controller, createController, type Signal } from './signal.ts';

/**
 * An operation that has been started once: what is below all frames and made like them, and what
 * the operation gets to see of its call.
 */
export class Attempt implements Lower, CallContext {
  declare readonly call: Call;
  declare readonly above: Upper;
  declare readonly attempt: number;
  declare controller: Controller | undefined;
  /** Whether its answer is still waited for. */
  declare isAwaited: boolean;

  constructor(call: Call, above: Upper) {
    this.call = call;
    this.above = above;
    call.attempts += 1;
    this.attempt = call.attempts;
    this.controller = undefined;
    this.isAwaited = true;
    above.below = this;
  }

  get options(): CallOptions<unknown> | undefined {
    return this.call.options;
  }

  get signal(): Signal {
    this.controller ??= createController();
    return this.controller.signal;
  }

  get remainingMs(): number {
    return this.above.remainingMs;
  }

  get connection(): unknown {
    let upper: Upper | undefined = this.above;
    while (upper !== undefined && upper.connection === undefined) upper = upper.above;
    return upper?.connection;
  }

  get member(): Component | undefined {
    let upper: Upper | undefined = this.above;
    while (upper !== undefined && upper.member === undefined) upper = upper.above;
    return upper?.member;
  }

  start(operation: Operation<unknown>): void {
    void invoke(operation, this).then(
      (value) => this.succeed(value),
      (error: unknown) => this.fail(error),
    );
  }

  succeed(value: unknown): void {
    if (this.isAwaited) {
      this.above.succeed(value);
    } else {
      this.call.late(value);
      this.above.ended(false);
    }
  }

  fail(error: unknown): void {
    if (this.isAwaited) this.above.fail(error);
    else this.above.ended(true);
  }

  cancel(reason: unknown, abandon: boolean): void {
    this.isAwaited = false;
    this.above.straggle();
    if (abandon) return;
    // Made even if nobody has asked for it yet: the operation may still do.
    this.controller ??= createController();
    this.controller.abort(reason);
  }
}
