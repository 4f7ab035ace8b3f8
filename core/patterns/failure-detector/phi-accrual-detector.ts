import { requireInteger, requireNumber, requirePositive } from '../common/options.ts';
import type { FailureDetector, Suspicion, SuspicionEvidence } from './failure-detector.ts';
import { IntervalWindow } from './interval-window.ts';
import { latenessOf, phiOf } from './phi.ts';
import { Silence } from './silence.ts';

export interface PhiAccrualDetectorOptions {
  /** What the interval between heartbeats is taken for until it is known; ms, more than 0. */
  readonly intervalMs: number;
  /**
   * Phi from which it counts as weakening, though never before its heartbeat is due; more than 0, by
   * default 3: by mistake once in a thousand.
   */
  readonly weakeningPhi?: number;
  /** Phi from which it counts as failed; not below `weakeningPhi`, by default 8. */
  readonly failedPhi?: number;
  /** How many intervals it learns from; 2 or more, by default 200. */
  readonly windowSize?: number;
  /**
   * The least that intervals are taken to spread, however regular they have been; ms, more than 0,
   * by default a tenth of `intervalMs`.
   */
  readonly minStandardDeviationMs?: number;
  /**
   * A pause that a sound one may make now and then, such as a garbage collection or a few lost
   * heartbeats; ms, by default three times `intervalMs`. Puts off `failed`, not `weakening`.
   */
  readonly acceptablePauseMs?: number;
}

/**
 * The φ accrual failure detector (Hayashibara, Défago, Yared and Katayama, 2004): it learns how
 * heartbeats come and weighs each silence by that. Where they are regular it suspects soon, where
 * they are not it waits.
 *
 * Thresholds and defaults are those of Akka, and so is not to learn from the interval that ended a
 * failure: a long outage says nothing of the pace. Unlike there, the acceptable pause only delays
 * `failed`: what uses it up is weakening.
 *
 * Phi is worked out when asked for as evidence only. A heartbeat sets the two times at which its
 * thresholds will be reached; a look compares with them.
 */
export class PhiAccrualDetector implements FailureDetector {
  readonly #weakeningLateness: number;
  readonly #failedLateness: number;
  readonly #minStandardDeviationMs: number;
  readonly #acceptablePauseMs: number;
  readonly #window: IntervalWindow;
  readonly #silence = new Silence();
  #hasHeard = false;

  /**
   * @param nowMs when watching begins: as if a heartbeat came then, so that one that never sends any
   *   is suspected, too.
   * @throws RangeError when an option is out of range.
   */
  constructor(options: PhiAccrualDetectorOptions, nowMs: number) {
    const { intervalMs, weakeningPhi = 3, failedPhi = 8, windowSize = 200 } = options;
    const { minStandardDeviationMs = intervalMs / 10, acceptablePauseMs = 3 * intervalMs } =
      options;
    requirePositive('intervalMs', intervalMs);
    requirePositive('weakeningPhi', weakeningPhi);
    requireNumber('failedPhi', failedPhi, weakeningPhi);
    this.#weakeningLateness = Math.max(0, latenessOf(weakeningPhi));
    this.#failedLateness = Math.max(0, latenessOf(failedPhi));
    this.#minStandardDeviationMs = requirePositive(
      'minStandardDeviationMs',
      minStandardDeviationMs,
    );
    this.#acceptablePauseMs = requireNumber('acceptablePauseMs', acceptablePauseMs);
    this.#window = new IntervalWindow(requireInteger('windowSize', windowSize, 2));
    // Two made-up intervals, as in Akka: the estimate, and a quarter of it as their spread.
    this.#window.add(intervalMs * 0.75);
    this.#window.add(intervalMs * 1.25);
    this.#restart(nowMs);
  }

  heartbeat(nowMs: number): void {
    const intervalMs = nowMs - this.#silence.sinceMs(nowMs);
    // What passed before the first heartbeat is no interval between two, and neither is nothing: a
    // clock that stepped back, or the same heartbeat twice.
    const isPace = this.#hasHeard && intervalMs > 0 && this.suspicion(nowMs) !== 'failed';
    if (isPace) this.#window.add(intervalMs);
    this.#hasHeard = true;
    this.#restart(nowMs);
  }

  suspicion(nowMs: number): Suspicion {
    return this.#silence.suspicion(nowMs);
  }

  evidence(nowMs: number): SuspicionEvidence {
    const lateMs = nowMs - this.#silence.sinceMs(nowMs) - this.#window.meanMs;
    return { kind: 'phi', phi: phiOf(lateMs / this.#spreadMs) };
  }

  nextChangeAtMs(nowMs: number): number {
    return this.#silence.nextChangeAtMs(nowMs);
  }

  get #spreadMs(): number {
    return Math.max(this.#window.standardDeviationMs, this.#minStandardDeviationMs);
  }

  #restart(nowMs: number): void {
    const dueMs = nowMs + this.#window.meanMs;
    const spreadMs = this.#spreadMs;
    this.#silence.restart(
      nowMs,
      dueMs + this.#weakeningLateness * spreadMs,
      dueMs + this.#acceptablePauseMs + this.#failedLateness * spreadMs,
    );
  }
}
