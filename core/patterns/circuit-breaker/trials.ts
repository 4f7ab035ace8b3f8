import { Countdown } from '../common/countdown.ts';
import { REJECTED } from '../common/rejected.ts';
import { nextPermit } from './permit.ts';

/**
 * The trials of a half-open breaker: at most `limit` run at once, and each counts once.
 *
 * When all places have been taken for `patienceMs` and nothing has come back, the trials lapse:
 * they may never end, and must not lock the breaker for ever. Their places go to new trials, but
 * what they come back with still counts: where every trial takes longer than that, a breaker that
 * forgot them could never close. Each time, patience doubles, so that calls do not pile up on what
 * hangs.
 */
export class Trials {
  readonly #limit: number;
  readonly #patience = new Countdown();
  #patienceMs = 0;
  /** Permits that have not come back, those of lapsed trials included. */
  readonly #pending = new Set<number>();
  #inFlight = 0;
  #lastGiven = 0;
  #lastLapsed = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Trials that have a place. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Forgets all earlier trials. */
  begin(patienceMs: number): void {
    this.#pending.clear();
    this.#inFlight = 0;
    this.#patienceMs = patienceMs;
  }

  /** @returns a permit of its own for each trial, or `REJECTED`. */
  take(nowMs: number): number {
    if (this.#inFlight >= this.#limit) {
      if (!this.#patience.isOver(nowMs)) return REJECTED;
      this.#lapse();
    }
    this.#lastGiven = nextPermit();
    this.#pending.add(this.#lastGiven);
    this.#inFlight += 1;
    this.#patience.start(nowMs, this.#patienceMs);
    return this.#lastGiven;
  }

  /** Takes the permit back; false if it is not out, now or any more. */
  settle(permit: number): boolean {
    if (!this.#pending.delete(permit)) return false;
    if (permit > this.#lastLapsed) this.#inFlight -= 1;
    return true;
  }

  #lapse(): void {
    this.#lastLapsed = this.#lastGiven;
    this.#inFlight = 0;
    this.#patienceMs *= 2;
  }
}
