import type {
  Component,
  ComponentRole,
  DatabaseErrorKind,
  FailureDetector,
  LoadBalancingStrategy,
  RedundancyGroupOptions,
  ReplicationOptions,
  RetryOptions,
} from '../patterns/index.ts';
import type { Clock, RandomStream } from '../time/index.ts';
import type { Signal } from './signal.ts';

export interface GroupMember {
  readonly id: string;
  /** By default `active`. */
  readonly role?: ComponentRole;
  /** Its share of the work under `weighted` load balancing; more than 0, by default 1. */
  readonly weight?: number;
}

/** How members are watched by their heartbeats. */
export interface MemberDetection {
  /** Makes the detector of each member, such as `(nowMs) => new HeartbeatDetector(options, nowMs)`. */
  readonly createDetector: (nowMs: number) => FailureDetector;
  /** Whether a member whose heartbeats are late gets no new work before they stop; by default true. */
  readonly heedsWeakening?: boolean;
}

/**
 * Asks the world about a member. It has gone well with any answer but `false`, and not with an error.
 * The signal is aborted when the answer is not waited for any more.
 */
export type MemberHook = (member: Component, signal: Signal) => unknown;

export interface GroupOptions extends RedundancyGroupOptions {
  /** In order: the first active gets writes, the first standby is promoted first. */
  readonly members: readonly GroupMember[];
  /** How the member is picked that does the next read; by default `round-robin`. */
  readonly loadBalancing?: LoadBalancingStrategy;
  /** How members hold copies of data. By default they hold none that could be missing. */
  readonly replication?: ReplicationOptions;
  /** How often a call is tried, each time at the member that is next, and how long it waits. */
  readonly retry?: RetryOptions;
  /** Calls that a member can do at once; by default there is no limit. */
  readonly capacity?: number;
  /** A member that does this share of its capacity, or more, gets no writes; by default 0.8. */
  readonly writeLoadLimit?: number;
  /** Successes in a row after which a degraded member is healthy again; 1 or more, by default 3. */
  readonly restoreAfter?: number;
  /** What an error says of the member; by default see `databaseErrorKind`. */
  readonly errorKind?: (error: unknown) => DatabaseErrorKind;
  /**
   * Checks a degraded or failed member, which is healthy again when that goes well. Without it a
   * degraded member is tried again after `healthCheckMs`, and a failed one after its recovery.
   */
  readonly healthCheck?: MemberHook;
  /** From one health check to the next, and the longest that one may take; ms, by default 10 s. */
  readonly healthCheckMs?: number;
  /**
   * Brings a failed member back: restarts it, say, and waits until it serves. It has the time that an
   * attempt of the `recovery` takes. Without it, a health check at the end of that time decides. The
   * `successRate` of the recovery is for simulations.
   */
  readonly recover?: MemberHook;
  readonly detection?: MemberDetection;
  /** For load balancing and waits; by default random. */
  readonly random?: RandomStream;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}
