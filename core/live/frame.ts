import type { Component } from '../patterns/index.ts';

/**
 * What a layer below answers to: the frame of the layer above, or the call itself, which hands the
 * answer to the caller's promise.
 *
 * It hears exactly one of `succeed` and `fail`, or neither once it has cancelled. An operation that
 * runs on after that is announced by `straggle` before, and by `ended` when it is over.
 */
export interface Upper {
  /** What is above it; nothing is above the call itself. */
  readonly above: Upper | undefined;
  /** What works for it now; the latest where there have been several. */
  below: Lower | undefined;
  /** What it gives to operations below it, if it does: see `ConnectionContext`. */
  readonly connection?: unknown;
  /** The same: see `MemberContext`. */
  readonly member?: Component;
  succeed(value: unknown): void;
  fail(error: unknown): void;
  /** An operation below runs on although its answer is not waited for any more. */
  straggle(): void;
  /** One that ran on has ended, by itself or because it was aborted. */
  ended(failed: boolean): void;
  /** Time until the nearest deadline from here up; ms, infinite without one. */
  readonly remainingMs: number;
}

/** What a layer above may do to what works for it. */
export interface Lower {
  /**
   * The answer is not waited for any more, and must not be given. To be called only while it has
   * not been.
   *
   * @param abandon lets the operation run on undisturbed, in place of aborting its signal.
   */
  cancel(reason: unknown, abandon: boolean): void;
}

/**
 * One layer's part in one call that is under way: an object where others have a closure and a
 * promise. Answers travel up through the frames and cancellations down, both at once, and only the
 * operation itself is ever awaited. By itself a frame passes everything on.
 *
 * There is one for each layer of each call, so it is made to be made fast: its fields are declared
 * only, because one that is defined as well is written twice, and public, because a private one is
 * defined. Nobody outside gets to see a frame.
 */
export abstract class Frame implements Upper, Lower {
  declare readonly above: Upper;
  declare below: Lower | undefined;

  constructor(above: Upper) {
    this.above = above;
    this.below = undefined;
    above.below = this;
  }

  succeed(value: unknown): void {
    this.above.succeed(value);
  }

  fail(error: unknown): void {
    this.above.fail(error);
  }

  cancel(reason: unknown, abandon: boolean): void {
    this.below?.cancel(reason, abandon);
  }

  straggle(): void {
    this.above.straggle();
  }

  ended(failed: boolean): void {
    this.above.ended(failed);
  }

  get remainingMs(): number {
    return this.above.remainingMs;
  }
}
