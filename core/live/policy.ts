import type { PolicyListener } from './events.ts';
import type { Signal } from './signal.ts';

/**
 * What is done under a policy. It may be started several times for one call, or not at all.
 *
 * @template Given what its context has from policies around it, such as a connection.
 */
export type Operation<T, Given = unknown> = (context: CallContext & Given) => T | PromiseLike<T>;

/** What an operation is told about the call that it is started for. */
export interface CallContext {
  /** 1 for what is started first in this call, 2 for what is started next, and so on. */
  readonly attempt: number;
  /**
   * Aborted when the answer is not waited for any more: after a timeout, when the caller has
   * cancelled, when another attempt was faster. Made when it is first asked for.
   */
  readonly signal: Signal;
  /** What the caller has said of the call. */
  readonly options: CallOptions<unknown> | undefined;
  /** Time until the nearest timeout or deadline around this attempt; ms, infinite without one. */
  readonly remainingMs: number;
}

export interface CallOptions<T> {
  /** Cancels the call: it is rejected at once with the signal's reason. */
  readonly signal?: Signal;
  /** What the call is about, for caches. Calls without one are not cached. */
  readonly key?: string;
  /**
   * Gets a result that came when nobody waited for it any more, to close what it holds. What this
   * throws is reported by the host as an unhandled rejection.
   */
  onLateResult?(value: T): unknown;
}

/** Names a property that no policy has: it shows compilers the type of the alternatives. */
export declare const ALTERNATIVE: unique symbol;

/** The same, for what policies give to operations. */
export declare const GIVEN: unique symbol;

/**
 * A way to make calls.
 *
 * @template Alternative what it may answer in place of what the operation gives; nothing, but for a
 * fallback.
 * @template Given what it puts into the context of the operation; nothing, but for a few.
 */
export interface Policy<Alternative = never, Given = unknown> {
  readonly [ALTERNATIVE]?: () => Alternative;
  readonly [GIVEN]?: () => Given;
  /**
   * Makes a call.
   *
   * @returns what the operation gives, or else what the policy has in its place. Rejected with the
   * operation's own error as it is, or with a `PolicyError` that says which policy refused and why.
   */
  execute<T>(operation: Operation<T, Given>, options?: CallOptions<T>): Promise<T | Alternative>;
  /**
   * Hears about everything that the policy does from now on, whoever calls through it.
   *
   * @returns what ends it.
   */
  subscribe(listener: PolicyListener): () => void;
}
