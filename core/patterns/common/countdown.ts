/**
 * A wait on the caller's clock. A clock that steps back takes the wait along with it: what had
 * passed stays passed, and what was left is still left.
 */
export class Countdown {
  #startedAtMs = 0;
  #lengthMs = 0;
  #lastMs = 0;

  /** @param elapsedMs how much of it has passed already. */
  start(nowMs: number, lengthMs: number, elapsedMs = 0): void {
    this.#startedAtMs = nowMs - elapsedMs;
    this.#lengthMs = lengthMs;
    this.#lastMs = nowMs;
  }

  get startedAtMs(): number {
    return this.#startedAtMs;
  }

  get endsAtMs(): number {
    return this.#startedAtMs + this.#lengthMs;
  }

  /** Looks at the clock; over from the very moment of `endsAtMs`. */
  isOver(nowMs: number): boolean {
    this.#look(nowMs);
    return nowMs >= this.endsAtMs;
  }

  /** Looks at the clock, and says how much of the wait has passed. */
  elapsedMs(nowMs: number): number {
    this.#look(nowMs);
    return nowMs - this.#startedAtMs;
  }

  /** How much is left, 0 when it is over; without looking, as far as the wait is concerned. */
  remainingMs(nowMs: number): number {
    return Math.max(0, this.endsAtMs - Math.max(nowMs, this.#lastMs));
  }

  #look(nowMs: number): void {
    if (nowMs < this.#lastMs) this.#startedAtMs -= this.#lastMs - nowMs;
    this.#lastMs = nowMs;
  }
}
