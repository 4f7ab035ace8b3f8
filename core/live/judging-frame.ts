import { Frame } from './frame.ts';
import type { Verdict } from './judge.ts';

/** What frames that judge how a call has ended judge by. */
export interface Judges {
  readonly judgeError: (error: unknown) => Verdict;
  /** Without one, every result is a success. */
  readonly judgeResult: ((value: unknown) => Verdict) | undefined;
}

/** A frame that does something about how the call below has ended, once that has been judged. */
export abstract class JudgingFrame extends Frame {
  protected abstract get judges(): Judges;

  /** @param succeeded whether the outcome is a result rather than an error. */
  protected abstract conclude(verdict: Verdict, outcome: unknown, succeeded: boolean): void;

  override succeed(value: unknown): void {
    const { judgeResult } = this.judges;
    if (judgeResult === undefined) this.conclude('success', value, true);
    else this.judge(judgeResult, value, true);
  }

  override fail(error: unknown): void {
    this.judge(this.judges.judgeError, error, false);
  }

  /** What a judge throws fails the call. */
  judge(judge: (outcome: unknown) => Verdict, outcome: unknown, succeeded: boolean): void {
    let verdict: Verdict;
    try {
      verdict = judge(outcome);
    } catch (error) {
      this.above.fail(error);
      return;
    }
    this.conclude(verdict, outcome, succeeded);
  }
}
