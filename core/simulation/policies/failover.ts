import type { Operation } from '../../model/model.ts';
import type { DatabaseErrorKind } from '../../patterns/index.ts';
import type { DatabaseProcess } from '../database.ts';
import type { GroupProcess } from '../group.ts';
import { type FailureReason, isFailure, type Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/**
 * Uses a group as a fault-tolerant database: it says where each try runs, learns how that went, and
 * says whether and when there is another. All that is inside this layer is part of one try.
 */
export class FailoverLayer extends Layer {
  readonly #group: GroupProcess;
  readonly #database: DatabaseProcess;
  readonly #operation: Operation;
  readonly #isIdempotent: boolean;

  constructor(
    depth: number,
    group: GroupProcess,
    database: DatabaseProcess,
    operation: Operation,
    isIdempotent: boolean,
  ) {
    super(depth);
    this.#group = group;
    this.#database = database;
    this.#operation = operation;
    this.#isIdempotent = isIdempotent;
  }

  override begin(passage: Passage): InwardMove {
    passage.query = this.#database.call(this.#operation);
    passage.member = this.#database.begin(passage.query, passage.remainingMs);
    return passage.member ? 'inward' : this.#tryLater(passage, this.#refusal);
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    const { query } = passage;
    if (!query) return outcome;
    if (!isFailure(outcome)) {
      this.#database.succeeded(query);
      return outcome;
    }
    this.#database.failed(query, errorOf(passage, outcome), passage.remainingMs);
    if (passage.mayHaveRun && !this.#isIdempotent) return outcome;
    return this.#tryLater(passage, outcome);
  }

  override wake(passage: Passage): void {
    if (!passage.query) return;
    passage.member = this.#database.begin(passage.query, passage.remainingMs);
    if (passage.member) {
      passage.tryAgain(this);
      return;
    }
    const move = this.#tryLater(passage, this.#refusal);
    if (move !== 'wait') passage.end(move);
  }

  /** Who no longer waits says nothing about the member. */
  override giveUp({ query, remainingMs }: Passage): void {
    if (query) this.#database.failed(query, 'cancelled', remainingMs);
  }

  get #refusal(): FailureReason {
    return this.#group.refusal(this.#operation);
  }

  #tryLater(passage: Passage, reason: FailureReason): 'wait' | FailureReason {
    if (passage.query?.state !== 'waiting') return reason;
    passage.wakeAfter(this, passage.query.waitMs);
    return 'wait';
  }
}

/** What the failure of a try says about the member that it ran on. */
function errorOf({ isUnanswered }: Passage, reason: FailureReason): DatabaseErrorKind {
  switch (reason) {
    case 'unavailable':
      return 'connection-refused';
    case 'error':
      return 'other';
    case 'timeout':
    case 'deadline':
      // Time that ran out before anything was sent was lost on the caller's side.
      return isUnanswered ? 'timeout' : 'rejected';
    default:
      // The caller's own policies did not let it through.
      return 'rejected';
  }
}
