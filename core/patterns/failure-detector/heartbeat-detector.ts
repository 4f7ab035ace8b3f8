import { requireInteger, requireNumber, requirePositive } from '../common/options.ts';
import type { FailureDetector, Suspicion, SuspicionEvidence } from './failure-detector.ts';
import { Silence } from './silence.ts';

export interface HeartbeatDetectorOptions {
  /** Time from one heartbeat to the next; ms, more than 0. */
  readonly intervalMs: number;
  /** Missed heartbeats in a row that mean failed; 1 or more, by default 3. With 1 there is no weakening. */
  readonly missed?: number;
  /**
   * How late a heartbeat may be before it counts as missed; ms, by default half the interval:
   * networks and schedulers are late all the time.
   */
  readonly graceMs?: number;
}

/**
 * The plain failure detector, for heartbeats that come at a fixed pace: one missed is weakening,
 * `missed` in a row are failed.
 */
export class HeartbeatDetector implements FailureDetector {
  readonly #intervalMs: number;
  readonly #missed: number;
  readonly #graceMs: number;
  readonly #silence = new Silence();

  /**
   * @param nowMs when watching begins: as if a heartbeat came then, so that one that never comes is
   *   missed, too.
   * @throws RangeError when an option is out of range.
   */
  constructor(
    { intervalMs, missed = 3, graceMs = intervalMs / 2 }: HeartbeatDetectorOptions,
    nowMs: number,
  ) {
    this.#intervalMs = requirePositive('intervalMs', intervalMs);
    this.#missed = requireInteger('missed', missed, 1);
    this.#graceMs = requireNumber('graceMs', graceMs);
    this.heartbeat(nowMs);
  }

  heartbeat(nowMs: number): void {
    this.#silence.restart(nowMs, this.#missedAtMs(nowMs, 1), this.#missedAtMs(nowMs, this.#missed));
  }

  suspicion(nowMs: number): Suspicion {
    return this.#silence.suspicion(nowMs);
  }

  evidence(nowMs: number): SuspicionEvidence {
    const sinceMs = this.#silence.sinceMs(nowMs);
    const silentMs = nowMs - sinceMs;
    let heartbeats = Math.max(0, Math.floor((silentMs - this.#graceMs) / this.#intervalMs));
    // The quotient may be rounded down at the very moment that one is missed.
    if (this.#missedAtMs(sinceMs, heartbeats + 1) <= nowMs) heartbeats += 1;
    return { kind: 'missed', heartbeats };
  }

  nextChangeAtMs(nowMs: number): number {
    return this.#silence.nextChangeAtMs(nowMs);
  }

  #missedAtMs(sinceMs: number, heartbeats: number): number {
    return sinceMs + heartbeats * this.#intervalMs + this.#graceMs;
  }
}
