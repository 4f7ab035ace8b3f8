import type { RandomStream } from '../../time/index.ts';
import { requireInteger, requireNumber } from '../common/options.ts';
import { STOP } from '../common/stop.ts';
import type { LoadBalancer } from '../load-balancer/load-balancer.ts';
import type { Component } from '../redundancy/component.ts';
import type { RedundancyGroup } from '../redundancy/redundancy-group.ts';
import type {
  FailureOutcome,
  RecoveryOutcome,
  RestoreOutcome,
} from '../redundancy/redundancy-outcome.ts';
import type { Failover, Replication } from '../replication/replication.ts';
import { Retry, type RetryOptions } from '../retry/retry.ts';
import {
  Call,
  type DatabaseCall,
  type DatabaseCallKind,
  type DatabaseFailure,
} from './database-call.ts';
import type { DatabaseErrorKind } from './database-error.ts';

/** What calls did to a node. */
export type DatabaseEvent =
  | {
      readonly kind: 'failed';
      readonly node: string;
      /** Who was promoted, and when the recovery that has begun is to be completed. */
      readonly outcome: Extract<FailureOutcome, { kind: 'failed' }>;
      /** What is lost by going on without the node; `undefined` when it took no writes. */
      readonly failover: Failover | undefined;
    }
  | { readonly kind: 'degraded'; readonly node: string }
  | { readonly kind: 'restored'; readonly node: string; readonly promoted: readonly string[] };

export interface FaultTolerantDatabaseOptions {
  /** The nodes. Their load is a share of what they can take, in [0, 1]. */
  readonly group: RedundancyGroup;
  /** Which node does the next read. */
  readonly balancer: LoadBalancer;
  readonly replication: Replication;
  /** By default `DATABASE_RETRY`. */
  readonly retry?: Retry;
  /** For the waits, where the retry spreads them by chance. */
  readonly random: RandomStream;
  /** A node with this much load, or more, gets no writes; by default 0.8. */
  readonly writeLoadLimit?: number;
  /** Successes in a row after which a degraded node is healthy again; 1 or more, by default 3. */
  readonly restoreAfter?: number;
  /** Told about every change to a node, after it is done. */
  readonly onEvent?: (event: DatabaseEvent, nowMs: number) => void;
}

/** Three tries, with 2 s and 4 s between them. */
export const DATABASE_RETRY: RetryOptions = {
  attempts: 3,
  backoff: { initialMs: 2_000, maxMs: 60_000, jitter: 'none' },
};

/**
 * A database that survives the loss of nodes. A write goes to the first healthy active that is not
 * too busy, a read to any healthy active. What goes wrong decides about the node: one that refuses
 * or does not answer has failed and another takes over; any other error makes it degraded, and it
 * gets no more work until it has passed a health check, or a run of calls that were under way has
 * succeeded. The call itself is tried again after a wait, also when no node was there to run it.
 *
 * It runs nothing by itself. Each call is begun, and each try of it reported by `succeeded` or
 * `failed`; a call that is `waiting` afterwards is to be begun again after its `waitMs`. Nodes fail
 * and come back through the database, so that it knows which copies of the data are up.
 *
 * A result only counts for the node as it was when the try began: whoever finds late that it had
 * failed does not fail it a second time.
 */
export class FaultTolerantDatabase {
  readonly group: RedundancyGroup;
  readonly replication: Replication;
  readonly #balancer: LoadBalancer;
  readonly #retry: Retry;
  readonly #random: RandomStream;
  readonly #writeLoadLimit: number;
  readonly #restoreAfter: number;
  readonly #onEvent: FaultTolerantDatabaseOptions['onEvent'];
  /** Successes in a row since a node was last degraded. */
  readonly #successes = new Map<string, number>();

  /** @throws RangeError when an option is out of range. */
  constructor(options: FaultTolerantDatabaseOptions) {
    const { writeLoadLimit = 0.8, restoreAfter = 3 } = options;
    this.group = options.group;
    this.replication = options.replication;
    this.#balancer = options.balancer;
    this.#retry = options.retry ?? new Retry(DATABASE_RETRY);
    this.#random = options.random;
    this.#writeLoadLimit = requireNumber('writeLoadLimit', writeLoadLimit);
    this.#restoreAfter = requireInteger('restoreAfter', restoreAfter, 1);
    this.#onEvent = options.onEvent;
  }

  /** A query to be begun. Once it has ended it may be begun again, as another of its kind. */
  call(kind: DatabaseCallKind): DatabaseCall {
    return new Call(kind) as DatabaseCall;
  }

  /**
   * Begins the first try of a call, or the next one after its wait.
   *
   * @param remainingMs how long until the deadline of the whole call; by default infinite.
   * @returns the node to run it on; `undefined` when none is available, which is a failed try.
   */
  begin(
    call: DatabaseCall,
    nowMs: number,
    remainingMs = Number.POSITIVE_INFINITY,
  ): Component | undefined {
    const own = call as Call;
    if (own.state === 'running') return own.node;
    if (own.state === 'waiting') {
      own.retries += 1;
    } else {
      own.retries = 0;
      own.waitMs = 0;
      this.#retry.recordCall(nowMs);
    }
    own.node = own.kind === 'write' ? this.#writeNode() : this.#readNode();
    if (own.node === undefined) {
      this.#tryAgain(own, 'unavailable', nowMs, remainingMs);
    } else {
      own.state = 'running';
      own.failure = undefined;
      own.nodeFailures = own.node.failureCount;
    }
    return own.node;
  }

  /** A running call succeeded; does nothing with any other. */
  succeeded(call: DatabaseCall, nowMs: number): void {
    const own = call as Call;
    if (own.state !== 'running' || own.node === undefined) return;
    own.state = 'succeeded';
    if (own.kind === 'write') this.replication.recordWrite(own.node.id, nowMs);
    if (own.node.status !== 'degraded' || isOldNews(own, own.node)) return;
    const successes = (this.#successes.get(own.node.id) ?? 0) + 1;
    this.#successes.set(own.node.id, successes);
    if (successes >= this.#restoreAfter) this.passHealthCheck(own.node.id, nowMs);
  }

  /**
   * A running call failed: it is `waiting` or has `failed` now. Does nothing with any other.
   *
   * @param remainingMs how long until the deadline of the whole call; by default infinite.
   * @returns how long to wait before it is begun again, ms; `STOP` when it is not.
   */
  failed(
    call: DatabaseCall,
    error: DatabaseErrorKind,
    nowMs: number,
    remainingMs = Number.POSITIVE_INFINITY,
  ): number {
    const own = call as Call;
    if (own.state !== 'running' || own.node === undefined) return STOP;
    if (!isOldNews(own, own.node)) this.#judge(own.node, error, nowMs);
    return this.#tryAgain(own, error, nowMs, remainingMs);
  }

  /** A node failed, as a failed call or a failure detector says. */
  failNode(id: string, nowMs: number): FailureOutcome {
    const failover = this.replication.failover(id, nowMs);
    const outcome = this.group.fail(id, nowMs);
    if (outcome.kind !== 'failed') return outcome;
    this.replication.fail(id, nowMs);
    const lost = outcome.wasActive ? failover : undefined;
    this.#onEvent?.({ kind: 'failed', node: id, outcome, failover: lost }, nowMs);
    return outcome;
  }

  /** A node shows errors but runs. */
  degradeNode(id: string, nowMs: number): void {
    this.#successes.delete(id);
    if (this.group.degrade(id, nowMs)) this.#onEvent?.({ kind: 'degraded', node: id }, nowMs);
  }

  /** A degraded node passed a health check. */
  passHealthCheck(id: string, nowMs: number): RestoreOutcome {
    const outcome = this.group.restore(id, nowMs);
    if (outcome.kind === 'restored') {
      this.#onEvent?.({ kind: 'restored', node: id, promoted: outcome.promoted }, nowMs);
    }
    return outcome;
  }

  /** An attempt to recover a node has ended; see `RedundancyGroup`. */
  completeRecovery(
    id: string,
    nowMs: number,
    succeeded: boolean,
    attempt?: number,
  ): RecoveryOutcome {
    const outcome = this.group.completeRecovery(id, nowMs, succeeded, attempt);
    if (outcome.kind === 'recovered') this.replication.recover(id, nowMs);
    return outcome;
  }

  /** A failed node is well again by itself; see `RedundancyGroup`. */
  rejoinNode(id: string, nowMs: number): RecoveryOutcome {
    const outcome = this.group.rejoin(id, nowMs);
    if (outcome.kind === 'recovered') this.replication.recover(id, nowMs);
    return outcome;
  }

  #readNode(): Component | undefined {
    return this.replication.canRead ? this.#balancer.pick(this.group.eligible()) : undefined;
  }

  #writeNode(): Component | undefined {
    if (!this.replication.canWrite) return undefined;
    for (const node of this.group.eligible()) if (node.load < this.#writeLoadLimit) return node;
    return undefined;
  }

  #judge(node: Component, error: DatabaseErrorKind, nowMs: number): void {
    switch (error) {
      case 'connection-refused':
      case 'timeout':
        this.failNode(node.id, nowMs);
        break;
      case 'other':
        this.degradeNode(node.id, nowMs);
        break;
      case 'rejected':
      case 'cancelled':
        break;
    }
  }

  #tryAgain(call: Call, failure: DatabaseFailure, nowMs: number, remainingMs: number): number {
    const { retries, waitMs: lastMs } = call;
    const waitMs =
      failure === 'cancelled'
        ? STOP
        : this.#retry.nextDelayMs(retries + 1, lastMs, this.#random, nowMs, 0, remainingMs);
    call.failure = failure;
    call.state = waitMs === STOP ? 'failed' : 'waiting';
    if (waitMs !== STOP) call.waitMs = waitMs;
    return waitMs;
  }
}

/** Whether the node has failed since the try began. */
function isOldNews(call: Call, node: Component): boolean {
  return node.failureCount !== call.nodeFailures;
}
