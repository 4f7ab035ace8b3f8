import { Attempt } from './attempt.ts';
import type { Call } from './call.ts';
import type { Events } from './events.ts';
import { Frame, type Upper } from './frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { type Judges, JudgingFrame } from './judging-frame.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { CallContext, CallOptions } from './policy.ts';
import type { Below } from './route.ts';

/**
 * Something else to do, or to say.
 *
 * @param failure the error that the call failed with, or the result that was judged a failure.
 */
export type Alternative<Answer> = (
  failure: unknown,
  context: CallContext,
) => Answer | PromiseLike<Answer>;

/** An alternative that learns from what goes well. */
export interface LearningAlternative<Answer> {
  readonly answer: Alternative<Answer>;
  /** A call has succeeded. */
  remember(value: unknown, options: CallOptions<unknown> | undefined): void;
}

export interface FallbackPolicyOptions<Answer> extends LayerOptions {
  /** What to try in place of a call that has failed, in this order. */
  readonly alternatives: readonly (Alternative<Answer> | LearningAlternative<Answer>)[];
  /** By default every error is a failure. */
  readonly judge?: Judge;
}

/**
 * Has something in place of an answer: the first of its alternatives that does not fail itself.
 *
 * When none answers, the caller gets the original failure, the very same, because that is what has
 * to be put right. What went wrong with the alternatives is told to listeners.
 */
export class FallbackPolicy<Answer> extends Layer<Answer> {
  readonly #chain: Chain;

  constructor(options: FallbackPolicyOptions<Answer>) {
    super(options.name ?? 'fallback', options.clock);
    const { alternatives } = options;
    this.#chain = {
      alternatives: alternatives.map((one) => (typeof one === 'function' ? one : one.answer)),
      learners: alternatives.filter((one) => typeof one !== 'function'),
      judgeError: options.judge?.error ?? judgeError,
      judgeResult: options.judge?.result,
      events: this.events,
      name: this.name,
    };
  }

  enter(call: Call, above: Upper, below: Below): void {
    below.enter(call, new FallbackFrame(above, call, this.#chain));
  }
}

/** What the frames of a policy share. */
interface Chain extends Judges {
  readonly alternatives: readonly Alternative<unknown>[];
  readonly learners: readonly LearningAlternative<unknown>[];
  readonly events: Events;
  readonly name: string;
}

/** Above the call itself; once that has failed, the alternatives are under another. */
class FallbackFrame extends JudgingFrame {
  declare readonly call: Call;
  declare readonly chain: Chain;

  constructor(above: Upper, call: Call, chain: Chain) {
    super(above);
    this.call = call;
    this.chain = chain;
  }

  protected override get judges(): Judges {
    return this.chain;
  }

  protected override conclude(verdict: Verdict, outcome: unknown, succeeded: boolean): void {
    if (verdict === 'failure') new AlternativesFrame(this, outcome, succeeded).next();
    else if (succeeded) this.pass(outcome, verdict);
    else this.above.fail(outcome);
  }

  pass(value: unknown, verdict: Verdict): void {
    if (verdict === 'success') {
      for (const learner of this.chain.learners) learner.remember(value, this.call.options);
    }
    this.above.succeed(value);
  }
}

/** Goes from one alternative to the next, in place of the frame that it was made by. */
class AlternativesFrame extends Frame {
  declare readonly call: Call;
  declare readonly chain: Chain;
  declare readonly failure: unknown;
  declare readonly isResult: boolean;
  declare readonly errors: unknown[];

  constructor({ above, call, chain }: FallbackFrame, failure: unknown, isResult: boolean) {
    super(above);
    this.call = call;
    this.chain = chain;
    this.failure = failure;
    this.isResult = isResult;
    this.errors = [];
  }

  next(): void {
    const alternative = this.chain.alternatives[this.errors.length];
    if (alternative === undefined) this.giveUp();
    else new Attempt(this.call, this).start((context) => alternative(this.failure, context));
  }

  override succeed(value: unknown): void {
    const { events, name } = this.chain;
    const alternative = this.errors.length;
    if (events.heard) events.emit({ kind: 'fell-back', policy: name, alternative });
    if (this.isResult) this.call.late(this.failure);
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    this.errors.push(error);
    this.next();
  }

  giveUp(): void {
    const { events, name } = this.chain;
    if (events.heard) events.emit({ kind: 'fallback-failed', policy: name, errors: this.errors });
    if (this.isResult) this.above.succeed(this.failure);
    else this.above.fail(this.failure);
  }
}

function judgeError(): Verdict {
  return 'failure';
}
