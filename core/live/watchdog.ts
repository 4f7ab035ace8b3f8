import type { FailureDetector, Suspicion, SuspicionEvidence } from '../patterns/index.ts';
import { type Clock, systemClock } from '../time/index.ts';
import { Alarm } from './alarm.ts';

export interface WatchdogOptions {
  /** Makes the detector that judges, such as `(nowMs) => new HeartbeatDetector(options, nowMs)`. */
  readonly createDetector: (nowMs: number) => FailureDetector;
  /** Told of every change of suspicion, with what it rests on. Must not throw. */
  readonly onChange: (suspicion: Suspicion, evidence: SuspicionEvidence) => void;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/**
 * Watches something by its heartbeats, from the moment that it is made: see `FailureDetector`. It
 * needs one timer, however often they come, and does not keep the process alive.
 *
 * When a heartbeat seems to be missing it waits for one more turn of the event loop: if it was this
 * process that stood still, the heartbeats that came meanwhile are only read then.
 */
export class Watchdog {
  readonly #detector: FailureDetector;
  readonly #onChange: (suspicion: Suspicion, evidence: SuspicionEvidence) => void;
  readonly #clock: Clock;
  readonly #change: Alarm;
  readonly #turn: Alarm;
  #told: Suspicion = 'trusted';
  #isClosed = false;

  constructor({ createDetector, onChange, clock = systemClock }: WatchdogOptions) {
    const nowMs = clock.nowMs();
    this.#detector = createDetector(nowMs);
    this.#onChange = onChange;
    this.#clock = clock;
    this.#change = new Alarm(clock, false, () => this.#turn.by(clock.nowMs()));
    this.#turn = new Alarm(clock, false, () => this.#judge());
    this.#change.by(this.#detector.nextChangeAtMs(nowMs));
  }

  get suspicion(): Suspicion {
    return this.#detector.suspicion(this.#clock.nowMs());
  }

  get evidence(): SuspicionEvidence {
    return this.#detector.evidence(this.#clock.nowMs());
  }

  /** It gave a sign of life. */
  heartbeat(): void {
    if (this.#isClosed) return;
    this.#detector.heartbeat(this.#clock.nowMs());
    this.#judge();
  }

  /** Watches no longer, and tells nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#change.cancel();
    this.#turn.cancel();
  }

  #judge(): void {
    const nowMs = this.#clock.nowMs();
    const suspicion = this.#detector.suspicion(nowMs);
    this.#change.by(this.#detector.nextChangeAtMs(nowMs));
    if (suspicion === this.#told) return;
    this.#told = suspicion;
    this.#onChange(suspicion, this.#detector.evidence(nowMs));
  }
}
