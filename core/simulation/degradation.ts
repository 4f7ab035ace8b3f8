/** One fault that makes its target slower or less reliable while it lasts. */
export interface Degradation {
  readonly errorRate: number | undefined;
  readonly addedLatencyMs: number;
}

/** What the degradations that last at present do to one service, group or component. */
export class Condition {
  /** Counts where it is above the usual one; -1 while there is none. The worst of several. */
  errorRate = -1;
  /** On top of the usual latency; several add up. */
  addedLatencyMs = 0;
  readonly #lasting: Degradation[] = [];

  get isDegraded(): boolean {
    return this.#lasting.length > 0;
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

  #update(): void {
    this.errorRate = -1;
    this.addedLatencyMs = 0;
    for (const { errorRate, addedLatencyMs } of this.#lasting) {
      if (errorRate !== undefined && errorRate > this.errorRate) this.errorRate = errorRate;
      this.addedLatencyMs += addedLatencyMs;
    }
  }
}
