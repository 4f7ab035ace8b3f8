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

  /** How long ago something was by this clock, ms; 0 where the clock was set back to before it. */
  sinceMs(earlierMs: number): number {
    return Math.max(0, this.nowMs - earlierMs);
  }

  /** @param byMs forwards, or backwards where less than 0 */
  jump(byMs: number): void {
    this.#aheadMs += byMs;
  }
}
