import type { Rule } from '../core/index.ts';
import type { Context } from './context.ts';
import { internalError } from './internal-error.ts';

/** Rules that threw. The other rules have run, so a command first finishes and then tells of them. */
export class RuleFailures {
  readonly #errors: Error[] = [];

  /** What to tell of the rules that fail on this file. */
  on(file: string): (rule: Pick<Rule, 'id'>, error: unknown) => void {
    return ({ id }, cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#errors.push(new Error(`rule '${id}' failed on ${file}: ${reason}`, { cause }));
    };
  }

  /** Prints what failed, a line each. Returns whether anything did. */
  print({ env, stderr }: Context): boolean {
    for (const error of this.#errors) {
      stderr.write(`${internalError(error, Boolean(env.FAULTLINE_DEBUG))}\n`);
    }
    return this.#errors.length > 0;
  }
}
