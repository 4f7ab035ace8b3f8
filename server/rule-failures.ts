import type { RemoteConsole } from 'vscode-languageserver';
import type { Rule } from '../core/index.ts';

/**
 * Logs rules that throw, each one once: a broken rule would throw again on every key that is
 * typed. The other rules have run, so the user loses nothing else.
 */
export class RuleFailureLog {
  readonly #console: Pick<RemoteConsole, 'error'>;
  readonly #seen = new Set<string>();

  constructor(console: Pick<RemoteConsole, 'error'>) {
    this.#console = console;
  }

  readonly report = (rule: Rule, error: unknown): void => {
    if (this.#seen.has(rule.id)) return;
    this.#seen.add(rule.id);
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#console.error(`The rule '${rule.id}' failed; the other rules have run. ${reason}`);
  };
}
