import type { Suspicion } from './failure-detector.ts';

/** The time since the last heartbeat, and when it begins to mean something. */
export class Silence {
  #sinceMs = 0;
  #weakeningAtMs = 0;
  #failedAtMs = 0;

  /** Begins anew at a heartbeat. The deadlines are times, `failedAtMs` not before `weakeningAtMs`. */
  restart(sinceMs: number, weakeningAtMs: number, failedAtMs: number): void {
    this.#sinceMs = sinceMs;
    this.#weakeningAtMs = weakeningAtMs;
    this.#failedAtMs = failedAtMs;
  }

  /** When it began, which is never after `nowMs`. */
  sinceMs(nowMs: number): number {
    this.#follow(nowMs);
    return this.#sinceMs;
  }

  suspicion(nowMs: number): Suspicion {
    this.#follow(nowMs);
    // Compared as times, so that at `nextChangeAtMs` it has changed whatever rounding does.
    if (nowMs >= this.#failedAtMs) return 'failed';
    return nowMs >= this.#weakeningAtMs ? 'weakening' : 'trusted';
  }

  nextChangeAtMs(nowMs: number): number {
    this.#follow(nowMs);
    if (nowMs < this.#weakeningAtMs) return this.#weakeningAtMs;
    return nowMs < this.#failedAtMs ? this.#failedAtMs : Number.POSITIVE_INFINITY;
  }

  /** Otherwise a clock set back by a day would leave a dead one trusted for that day. */
  #follow(nowMs: number): void {
    const aheadMs = this.#sinceMs - nowMs;
    if (aheadMs <= 0) return;
    this.restart(nowMs, this.#weakeningAtMs - aheadMs, this.#failedAtMs - aheadMs);
  }
}
