/**
 * - `trusted`: its heartbeats come as they should.
 * - `weakening`: they are late. Look at it before it breaks, and give it no new work.
 * - `failed`: they have stopped, as far as anybody can tell.
 */
export type Suspicion = 'trusted' | 'weakening' | 'failed';

/** What a suspicion rests on. */
export type SuspicionEvidence =
  /** Heartbeats that were due and did not come. */
  | { readonly kind: 'missed'; readonly heartbeats: number }
  /** How surely the next heartbeat should have come by now; see `PhiAccrualDetector`. */
  | { readonly kind: 'phi'; readonly phi: number };

/**
 * Judges by its heartbeats whether something lives. Between two heartbeats suspicion only grows;
 * the next one restores trust.
 *
 * Times come from the caller's clock. When it steps back behind the last heartbeat, that counts as
 * heard just now, so that a failure is found as late as after a heartbeat, and no later.
 */
export interface FailureDetector {
  /** It gave a sign of life. */
  heartbeat(nowMs: number): void;

  suspicion(nowMs: number): Suspicion;

  evidence(nowMs: number): SuspicionEvidence;

  /**
   * When the suspicion will change if no heartbeat comes before: one timer is enough to follow it.
   *
   * @returns a time after `nowMs`, at which it has changed; `Infinity` once failed.
   */
  nextChangeAtMs(nowMs: number): number;
}
