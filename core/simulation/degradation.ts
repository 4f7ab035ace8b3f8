/** One fault that makes its target slower, less reliable or weaker while it lasts. */
export interface Degradation {
  readonly errorRate: number | undefined;
  readonly addedLatencyMs: number;
  /** Share of the usual capacity that is left, in (0, 1]. */
  readonly capacityShare: number;
}

/** Work that waits for a hang to end. */
export interface Held {
  resume(): void;
}

/** What the faults that last at present do to one service, group or component. */
export class Condition {
  /** Counts where it is above the usual one; -1 while there is none. The worst of several. */
  errorRate = -1;
  /** On top of the usual latency; several add up. */
  addedLatencyMs = 0;
  /** Of the usual capacity; several multiply. */
  capacityShare = 1;
  /** Whether it takes requests, but goes on with none. */
  isHanging = false;
  readonly #lasting: Degradation[] = [];
  #hangs = 0;
  #held: Held[] = [];

  get isDegraded(): boolean {
    return this.isHanging || this.#lasting.length > 0;
  }

  begin(degradation: Degradation): void {
    this.#lasting.push(degradation);
    this.#update();
  }

  end(degradation: Degradation): void {
    const place = this.#lasting.indexOf(degradation);
    if (place >= 0) this.#lasting.splice(place, 1);
    this.#update();
  }

  beginHang(): void {
    this.#hangs++;
    this.isHanging = true;
  }

  /** @returns the work that may go on, unless something else still lets it hang */
  endHang(): readonly Held[] {
    this.#hangs--;
    this.isHanging = this.#hangs > 0;
    if (this.isHanging) return [];
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** Keeps work until nothing lets it hang any more. */
  hold(work: Held): void {
    this.#held.push(work);
  }

  #update(): void {
    this.errorRate = -1;
    this.addedLatencyMs = 0;
    this.capacityShare = 1;
    for (const { addedLatencyMs, capacityShare, errorRate } of this.#lasting) {
      if (errorRate !== undefined && errorRate > this.errorRate) this.errorRate = errorRate;
      this.addedLatencyMs += addedLatencyMs;
      this.capacityShare *= capacityShare;
    }
  }
}
