import {
  type Component,
  DATABASE_RETRY,
  DatabaseCallError,
  type DatabaseTry,
  STOP,
} from '../patterns/index.ts';
import { GroupFrame } from './group-frame.ts';
import type { GroupOptions } from './group-options.ts';
import { GroupLayer, GroupPolicy, type MemberContext } from './group-policy.ts';
import type { CallContext, CallOptions } from './policy.ts';

/** What a database has answered, and how it came to that. */
export interface DatabaseResult<T> {
  readonly value: T;
  /** Id of the node that answered. */
  readonly node: string;
  /** Tries before that one, each of which failed. */
  readonly retries: number;
}

/** What is done at a node. */
export type NodeOperation<T> = (
  node: Component,
  context: CallContext & MemberContext,
) => T | PromiseLike<T>;

/**
 * A group of database nodes that survives the loss of some: see `FaultTolerantDatabase` for which of
 * them does a call, what becomes of the node when it fails, and how often it is tried, which is
 * `DATABASE_RETRY` when nothing else is said.
 *
 * As a policy it is a group that tries several times, and fails with the error of the last try. What
 * is done by `read` and `write` says more: where it was done, or everywhere that it was tried.
 */
export class DatabasePolicy extends GroupPolicy {
  readonly #read: DatabaseLayer;
  readonly #write: DatabaseLayer;

  /** @throws RangeError when an option is out of range. */
  constructor(options: GroupOptions) {
    super({ retry: DATABASE_RETRY, ...options });
    this.#read = new DatabaseLayer(this.driver, 'read');
    this.#write = new DatabaseLayer(this.driver, 'write');
  }

  /**
   * Reads at any healthy active, by load balancing.
   *
   * @returns what the operation gives, and where; rejected with a `DatabaseCallError`, or with the
   * reason of the caller's signal.
   */
  read<T>(operation: NodeOperation<T>, options?: CallOptions<T>): Promise<DatabaseResult<T>> {
    return this.#read.do(operation, options);
  }

  /**
   * Writes at the first healthy active that has room. It is tried again also when nobody knows
   * whether the try that failed has written, so it has to be something that may be done twice.
   *
   * @returns as `read` does.
   */
  write<T>(operation: NodeOperation<T>, options?: CallOptions<T>): Promise<DatabaseResult<T>> {
    return this.#write.do(operation, options);
  }
}

class DatabaseLayer extends GroupLayer {
  do<T>(operation: NodeOperation<T>, options?: CallOptions<T>): Promise<DatabaseResult<T>> {
    const answer: Promise<unknown> = this.execute<T>(
      (context) => operation(context.member, context),
      options,
    );
    // Its frames see to that.
    return answer as Promise<DatabaseResult<T>>;
  }

  protected override get Frame(): typeof DatabaseFrame {
    return DatabaseFrame;
  }
}

/** Says with the answer how it came to that. */
class DatabaseFrame extends GroupFrame {
  /** Those that have failed; `undefined` while none has. */
  declare tries: DatabaseTry[] | undefined;

  override succeed(value: unknown): void {
    const { node, retries, state } = this.query;
    super.succeed(state === 'succeeded' ? { value, node: node.id, retries } : value);
  }

  override conclude(waitMs: number, error: unknown): void {
    const { kind, failure, node } = this.query;
    this.tries ??= [];
    if (failure !== undefined) this.tries.push({ node: node?.id, failure, error });
    const isLast = waitMs === STOP;
    super.conclude(
      waitMs,
      isLast ? new DatabaseCallError(this.driver.name, kind, this.tries) : error,
    );
  }
}
