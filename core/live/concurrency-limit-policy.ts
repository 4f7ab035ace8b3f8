import {
  type CallOutcome,
  ConcurrencyLimit,
  ConcurrencyLimitedError,
  type ConcurrencyLimitOptions,
  TimeoutError,
} from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import type { Call } from './call.ts';
import type { Upper } from './frame.ts';
import { HoldingFrame } from './holding-frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface ConcurrencyLimitPolicyOptions extends LayerOptions, ConcurrencyLimitOptions {
  /**
   * A failure is one that shows that the callee has too much to do. By default that is a timeout, and
   * all other errors are ignored; where the callee can say so itself (HTTP's 429 and 503), add that.
   */
  readonly judge?: Judge;
}

/**
 * Makes no more calls at once than the callee has turned out to bear: see `ConcurrencyLimit`. Who
 * finds the limit reached fails with a `ConcurrencyLimitedError`.
 *
 * A call counts for as long as its operation really runs. One that an outer timeout gives up while
 * the operation runs is a failure; any other that is given up is ignored.
 */
export class ConcurrencyLimitPolicy extends Layer {
  readonly #load: Load;

  /** @throws RangeError when an option is out of range. */
  constructor(options: ConcurrencyLimitPolicyOptions) {
    super(options.name ?? 'concurrency limit', options.clock);
    this.#load = {
      machine: new ConcurrencyLimit(options),
      judgeError: options.judge?.error ?? judgeError,
      judgeResult: options.judge?.result,
      clock: this.clock,
    };
  }

  /** How many calls may run at once, as of now. */
  get limit(): number {
    return this.#load.machine.limit;
  }

  /** How many calls run. */
  get inFlight(): number {
    return this.#load.machine.inFlight;
  }

  enter(call: Call, above: Upper, below: Below): void {
    const { clock, machine } = this.#load;
    if (machine.tryAcquire()) below.enter(call, new LimitFrame(above, this.#load, clock.nowMs()));
    else this.#reject(above);
  }

  #reject(above: Upper): void {
    const error = new ConcurrencyLimitedError(this.name, this.limit);
    if (this.events.heard) this.events.emit({ kind: 'rejected', policy: this.name, error });
    above.fail(error);
  }
}

/** What the frames of a policy share. */
interface Load {
  readonly machine: ConcurrencyLimit;
  readonly judgeError: (error: unknown) => Verdict;
  readonly judgeResult: ((value: unknown) => Verdict) | undefined;
  readonly clock: Clock;
}

class LimitFrame extends HoldingFrame {
  declare readonly load: Load;
  declare readonly startedAtMs: number;
  /** What is learnt from the call. */
  declare outcome: CallOutcome;

  constructor(above: Upper, load: Load, startedAtMs: number) {
    super(above);
    this.load = load;
    this.startedAtMs = startedAtMs;
    this.outcome = 'ignore';
  }

  override succeed(value: unknown): void {
    const { judgeResult } = this.load;
    if (judgeResult === undefined) this.finishAs('success');
    else if (!this.judge(judgeResult, value)) return;
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    if (this.judge(this.load.judgeError, error)) this.above.fail(error);
  }

  override cancel(reason: unknown, abandon: boolean): void {
    super.cancel(reason, abandon);
    const hangs = this.straggling > 0 && reason instanceof TimeoutError;
    this.finishAs(hangs ? 'failure' : 'ignore');
  }

  /** @returns whether there is a verdict; if not, what went wrong with it has been passed on. */
  judge<Outcome>(judge: (outcome: Outcome) => Verdict, outcome: Outcome): boolean {
    try {
      this.finishAs(judge(outcome));
      return true;
    } catch (error) {
      this.finishAs('ignore');
      this.above.fail(error);
      return false;
    }
  }

  finishAs(verdict: Verdict): void {
    this.outcome = verdict === 'failure' ? 'overload' : verdict;
    this.finish();
  }

  override release(): void {
    const { clock, machine } = this.load;
    const nowMs = clock.nowMs();
    machine.release(nowMs, nowMs - this.startedAtMs, this.outcome);
  }
}

function judgeError(error: unknown): Verdict {
  return error instanceof TimeoutError ? 'failure' : 'ignore';
}
