import { PolicyError } from '../common/policy-error.ts';
import type { DatabaseCallKind, DatabaseFailure } from './database-call.ts';

/** One try of a call that failed. */
export interface DatabaseTry {
  /** Id of the node that it ran on; `undefined` when none was there to run it. */
  readonly node: string | undefined;
  readonly failure: DatabaseFailure;
  readonly error: unknown;
}

/** A call failed at a database, however often and wherever it was tried. */
export class DatabaseCallError extends PolicyError {
  static {
    DatabaseCallError.prototype.name = 'DatabaseCallError';
  }

  /** Name of the database. */
  readonly database: string;
  readonly kind: DatabaseCallKind;
  /** All tries, in order; at least one. */
  readonly tries: readonly DatabaseTry[];
  /** The error of the last try, as it is. */
  readonly cause: unknown;

  constructor(database: string, kind: DatabaseCallKind, tries: readonly DatabaseTry[]) {
    const list = tries.map(({ node, failure }) => (node ? `${node}: ${failure}` : failure));
    const times = tries.length === 1 ? 'once' : `${tries.length} times`;
    super(`Database '${database}' could not ${kind}, tried ${times} (${list.join(', ')})`);
    this.database = database;
    this.kind = kind;
    this.tries = tries;
    this.cause = tries.at(-1)?.error;
  }

  /** Tries after the first. */
  get retries(): number {
    return this.tries.length - 1;
  }
}
