import {
  CircuitOpenError,
  PolicyError,
  Retry,
  type RetryOptions,
  STOP,
} from '../patterns/index.ts';
import { type Clock, type RandomStream, systemRandom } from '../time/index.ts';
import type { Call } from './call.ts';
import type { Events } from './events.ts';
import type { Upper } from './frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { Layer, type LayerOptions } from './layer.ts';
import { RepeatingFrame } from './repeating-frame.ts';
import type { Below } from './route.ts';

export interface RetryPolicyOptions extends LayerOptions, RetryOptions {
  /**
   * By default every error is a failure and tried again, except a rejection by an open circuit,
   * which the next try could not but get as well.
   */
  readonly judge?: Judge;
  /**
   * How long the callee asks to be left alone, read from an error or from a result that is a failure;
   * ms. By default what the error of a policy says, a rate limiter's for example.
   */
  readonly retryAfterMs?: (failure: unknown) => number | undefined;
  /** Spreads the waits. */
  readonly random?: RandomStream;
}

/**
 * Tries a failed call again: see `Retry` for how often and after how long. When it tries no longer,
 * the last failure is the answer. Within a deadline it does not wait for a try that would come too
 * late.
 */
export class RetryPolicy extends Layer {
  readonly #tries: Tries;
  readonly #hasBudget: boolean;

  /** @throws RangeError when an option is out of range. */
  constructor(options: RetryPolicyOptions) {
    super(options.name ?? 'retry', options.clock);
    const { judge, retryAfterMs = retryAfterMsOf, random = systemRandom } = options;
    this.#tries = {
      machine: new Retry(options),
      judgeError: judge?.error ?? judgeError,
      judgeResult: judge?.result,
      retryAfterMs,
      random,
      clock: this.clock,
      events: this.events,
      name: this.name,
    };
    this.#hasBudget = options.budget !== undefined;
  }

  enter(call: Call, above: Upper, below: Below): void {
    if (this.#hasBudget) this.#tries.machine.recordCall(this.clock.nowMs());
    new RetryFrame(above, this.#tries, call, below).start();
  }
}

/** What the frames of a policy share. */
interface Tries {
  readonly machine: Retry;
  readonly judgeError: (error: unknown) => Verdict;
  readonly judgeResult: ((value: unknown) => Verdict) | undefined;
  readonly retryAfterMs: (failure: unknown) => number | undefined;
  readonly random: RandomStream;
  readonly clock: Clock;
  readonly events: Events;
  readonly name: string;
}

class RetryFrame extends RepeatingFrame {
  declare readonly tries: Tries;
  declare readonly call: Call;
  declare readonly rest: Below;
  declare failed: number;
  declare delayMs: number;

  constructor(above: Upper, tries: Tries, call: Call, rest: Below) {
    super(above);
    this.tries = tries;
    this.call = call;
    this.rest = rest;
    this.failed = 0;
    this.delayMs = 0;
  }

  override begin(): void {
    this.rest.enter(this.call, this);
  }

  override succeed(value: unknown): void {
    const { judgeResult } = this.tries;
    if (judgeResult === undefined) this.above.succeed(value);
    else this.conclude(judgeResult, value, true);
  }

  override fail(error: unknown): void {
    this.conclude(this.tries.judgeError, error, false);
  }

  conclude(judge: (outcome: unknown) => Verdict, outcome: unknown, succeeded: boolean): void {
    let delayMs: number;
    try {
      delayMs = judge(outcome) === 'failure' ? this.nextDelayMs(outcome) : STOP;
    } catch (error) {
      this.above.fail(error);
      return;
    }
    if (delayMs !== STOP) {
      if (succeeded) this.call.late(outcome);
      this.startAfter(delayMs, this.tries.clock);
    } else if (succeeded) {
      this.above.succeed(outcome);
    } else {
      this.above.fail(outcome);
    }
  }

  nextDelayMs(failure: unknown): number {
    const { machine, retryAfterMs, random, clock, events, name } = this.tries;
    this.failed += 1;
    this.delayMs = machine.nextDelayMs(
      this.failed,
      this.delayMs,
      random,
      clock.nowMs(),
      retryAfterMs(failure),
      this.above.remainingMs,
    );
    if (events.heard) {
      const { failed: failedAttempts, delayMs } = this;
      if (delayMs === STOP) events.emit({ kind: 'gave-up', policy: name, failedAttempts });
      else events.emit({ kind: 'retry', policy: name, failedAttempts, delayMs });
    }
    return this.delayMs;
  }
}

function judgeError(error: unknown): Verdict {
  return error instanceof CircuitOpenError ? 'ignore' : 'failure';
}

function retryAfterMsOf(failure: unknown): number | undefined {
  const isOurs = failure instanceof PolicyError && 'retryAfterMs' in failure;
  return isOurs && typeof failure.retryAfterMs === 'number' ? failure.retryAfterMs : undefined;
}
