import type { Engine } from './engine.ts';

/**
 * The clock that policies of a service look at: the time of the run, until somebody sets it. What a
 * timer waits for is planned with the engine and comes when it comes.
 */
export class LocalClock {
  readonly #engine: Engine;
  #aheadMs = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get nowMs(): number {
    return this.#engine.nowMs + this.#aheadMs;
  }

  /** @param byMs forwards, or backwards where less than 0 */
  jump(byMs: number): void {
    this.#aheadMs += byMs;
  }
}

/** How long something took by a clock, ms; nothing where that was set back meanwhile. */
export function between(fromMs: number, toMs: number): number {
  return toMs > fromMs ? toMs - fromMs : 0;
}
