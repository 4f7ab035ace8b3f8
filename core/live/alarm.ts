import type { Clock, Timer } from '../time/index.ts';

/**
 * A single timer of the host for something that looks at the clock itself whenever it rings. Set to
 * another time it is left as it is if that is later: to ring too early costs less than a new timer.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #keepsAlive: boolean;
  readonly #ring: () => void;
  #timer: Timer | undefined = undefined;
  #atMs = Number.POSITIVE_INFINITY;

  /** @param keepsAlive whether the process stays alive for it. */
  constructor(clock: Clock, keepsAlive: boolean, ring: () => void) {
    this.#clock = clock;
    this.#keepsAlive = keepsAlive;
    this.#ring = ring;
  }

  /** Rings once, by that time at the latest; at infinity it need not. */
  by(atMs: number): void {
    if (atMs >= this.#atMs) return;
    this.cancel();
    this.#atMs = atMs;
    this.#timer = this.#clock.after(atMs - this.#clock.nowMs(), this.#due);
    this.#timer.keepAlive(this.#keepsAlive);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#atMs = Number.POSITIVE_INFINITY;
  }

  readonly #due = (): void => {
    this.cancel();
    this.#ring();
  };
}
