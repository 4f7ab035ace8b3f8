/** Whoever waits for what was lost. */
export interface Waiter {
  /** Nothing will come any more. */
  cutOff(): void;
}

/**
 * The network between a service and whom it calls. While it is cut nothing comes through, neither
 * requests nor answers, and nobody is told: who has no timeout waits until it is mended, and learns
 * then that the connection has gone.
 */
export class Link {
  #cuts = 0;
  #lost: Waiter[] = [];

  get isCut(): boolean {
    return this.#cuts > 0;
  }

  cut(): void {
    this.#cuts++;
  }

  /** @returns those who are to be told, once nothing cuts it any more */
  mend(): readonly Waiter[] {
    if (--this.#cuts > 0) return [];
    const lost = this.#lost;
    this.#lost = [];
    return lost;
  }

  /** The request of somebody, or the answer to it, is lost. */
  lose(waiter: Waiter): void {
    this.#lost.push(waiter);
  }
}
