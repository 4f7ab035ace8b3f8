/** Follows whether something works: how long it did not, in all and at the longest. */
export class Uptime {
  #isUp: boolean;
  #sinceMs = 0;
  #downMs = 0;
  #longestDownMs = 0;
  #longestDownFromMs: number | null = null;

  constructor(isUp: boolean) {
    this.#isUp = isUp;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  set(isUp: boolean, nowMs: number): void {
    if (isUp === this.#isUp) return;
    this.#downMs = this.downMs(nowMs);
    this.#longestDownFromMs = this.longestDownFromMs(nowMs);
    this.#longestDownMs = this.longestDownMs(nowMs);
    this.#isUp = isUp;
    this.#sinceMs = nowMs;
  }

  downMs(nowMs: number): number {
    return this.#downMs + this.#presentDownMs(nowMs);
  }

  longestDownMs(nowMs: number): number {
    return Math.max(this.#longestDownMs, this.#presentDownMs(nowMs));
  }

  /** When the longest time that it did not work began; null when it always did. */
  longestDownFromMs(nowMs: number): number | null {
    const isLongest = this.#presentDownMs(nowMs) > this.#longestDownMs;
    return isLongest ? this.#sinceMs : this.#longestDownFromMs;
  }

  #presentDownMs(nowMs: number): number {
    return this.#isUp ? 0 : nowMs - this.#sinceMs;
  }
}
