import { Hedge, type HedgeOptions, type HedgeStep, STOP } from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import type { Call } from './call.ts';
import { Deadlines, Waiter } from './deadlines.ts';
import type { Events } from './events.ts';
import type { Lower, Upper } from './frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface HedgePolicyOptions extends LayerOptions, HedgeOptions {
  /** By default every error is a failure: the copy has lost. */
  readonly judge?: Judge;
}

/**
 * Makes a call that is late once more, beside what already runs, and takes the first good answer:
 * see `Hedge`. The copies that are not needed any more are cancelled; what they still give is a late
 * result. When all copies have failed, the last failure is the answer.
 */
export class HedgePolicy extends Layer {
  readonly #race: Race;
  readonly #hasBudget: boolean;

  /** @throws RangeError when an option is out of range. */
  constructor(options: HedgePolicyOptions) {
    super(options.name ?? 'hedge', options.clock);
    this.#race = {
      machine: new Hedge(options),
      deadlines: new Deadlines(options.delayMs, this.clock),
      judgeError: options.judge?.error ?? judgeError,
      judgeResult: options.judge?.result,
      clock: this.clock,
      events: this.events,
      name: this.name,
    };
    this.#hasBudget = options.budget !== undefined;
  }

  override get interrupts(): boolean {
    return true;
  }

  enter(call: Call, above: Upper, below: Below): void {
    if (this.#hasBudget) this.#race.machine.recordCall(this.clock.nowMs());
    new HedgeFrame(above, this.#race, call, below).send();
  }
}

/** What the frames of a policy share. */
interface Race {
  readonly machine: Hedge;
  readonly deadlines: Deadlines;
  readonly judgeError: (error: unknown) => Verdict;
  readonly judgeResult: ((value: unknown) => Verdict) | undefined;
  readonly clock: Clock;
  readonly events: Events;
  readonly name: string;
}

/** A frame (see there) with several others below, which waits for the time to send the next copy. */
class HedgeFrame extends Waiter implements Lower {
  declare readonly above: Upper;
  declare readonly race: Race;
  declare readonly call: Call;
  declare readonly rest: Below;
  /** Those that are under way. */
  declare readonly copies: Set<CopyFrame>;
  declare sent: number;
  declare failed: number;
  declare isSending: boolean;
  declare sendsAgain: boolean;

  constructor(above: Upper, race: Race, call: Call, rest: Below) {
    super();
    this.above = above;
    this.race = race;
    this.call = call;
    this.rest = rest;
    this.copies = new Set();
    this.sent = 0;
    this.failed = 0;
    this.isSending = false;
    this.sendsAgain = false;
    above.below = this;
  }

  /** Sends a copy; and in a loop those after it, as long as each fails at once (see `RepeatingFrame`). */
  send(): void {
    this.sendsAgain = true;
    if (this.isSending) return;
    this.isSending = true;
    while (this.sendsAgain) {
      this.sendsAgain = false;
      this.sendOne();
    }
    this.isSending = false;
  }

  sendOne(): void {
    const { deadlines, events, machine, name } = this.race;
    const copy = new CopyFrame(this);
    this.copies.add(copy);
    this.sent += 1;
    if (this.sent > 1 && events.heard) {
      events.emit({ kind: 'hedged', policy: name, copies: this.sent });
    }
    if (machine.nextDelayMs(this.sent) === STOP) deadlines.remove(this);
    else deadlines.add(this);
    this.rest.enter(this.call, copy);
  }

  due(): void {
    const { clock, machine } = this.race;
    if (machine.trySend(this.sent, clock.nowMs())) this.send();
  }

  succeed(copy: CopyFrame, value: unknown): void {
    const { judgeResult } = this.race;
    if (judgeResult === undefined) {
      this.finish(copy);
      this.above.succeed(value);
    } else {
      this.conclude(copy, judgeResult, value, true);
    }
  }

  fail(copy: CopyFrame, error: unknown): void {
    this.conclude(copy, this.race.judgeError, error, false);
  }

  cancel(reason: unknown, abandon: boolean): void {
    this.race.deadlines.remove(this);
    for (const copy of this.copies) copy.cancel(reason, abandon);
  }

  conclude(
    copy: CopyFrame,
    judge: (outcome: unknown) => Verdict,
    outcome: unknown,
    succeeded: boolean,
  ): void {
    let step: HedgeStep;
    try {
      step = judge(outcome) === 'failure' ? this.stepAfterFailure() : 'fail';
    } catch (error) {
      this.finish(copy);
      this.above.fail(error);
      return;
    }
    if (step === 'fail') {
      this.finish(copy);
      if (succeeded) this.above.succeed(outcome);
      else this.above.fail(outcome);
    } else {
      this.copies.delete(copy);
      if (succeeded) this.call.late(outcome);
      if (step === 'send') this.send();
    }
  }

  stepAfterFailure(): HedgeStep {
    const { clock, machine } = this.race;
    this.failed += 1;
    return machine.afterFailure(this.sent, this.failed, clock.nowMs());
  }

  /** A copy has decided it: the others are cancelled. */
  finish(copy: CopyFrame): void {
    this.copies.delete(copy);
    this.cancel(undefined, false);
  }
}

/** One copy of the call, as what is below sees its frame above. */
class CopyFrame implements Upper, Lower {
  declare readonly hedge: HedgeFrame;
  declare below: Lower | undefined;

  constructor(hedge: HedgeFrame) {
    this.hedge = hedge;
    this.below = undefined;
  }

  succeed(value: unknown): void {
    this.hedge.succeed(this, value);
  }

  fail(error: unknown): void {
    this.hedge.fail(this, error);
  }

  cancel(reason: unknown, abandon: boolean): void {
    this.below?.cancel(reason, abandon);
  }

  straggle(): void {
    this.hedge.above.straggle();
  }

  ended(failed: boolean): void {
    this.hedge.above.ended(failed);
  }

  get above(): Upper {
    return this.hedge.above;
  }

  get remainingMs(): number {
    return this.hedge.above.remainingMs;
  }
}

function judgeError(): Verdict {
  return 'failure';
}
