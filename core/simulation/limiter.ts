import { type RateLimiter, REJECTED } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import { LocalClock } from './local-clock.ts';
import type { PoolUser } from './pool.ts';

/** A rate limiter in virtual time: lets in those who wait when their turn comes. */
export class Limiter {
  readonly machine: RateLimiter;
  readonly clock: LocalClock;
  /** Let in, at once or after waiting. */
  admitted = 0;
  /** Of those, how many had to wait. */
  waited = 0;
  rejected = 0;
  readonly #engine: Engine;
  /** In the order in which they came. */
  readonly #waiting = new Set<PoolUser>();
  /** Turns to come that are nobody's, because one of those who waited has left. They are the last. */
  #spareTurns = 0;

  constructor(engine: Engine, machine: RateLimiter) {
    this.#engine = engine;
    this.clock = new LocalClock(engine);
    this.machine = machine;
  }

  get queued(): number {
    return this.#waiting.size;
  }

  /** How long it will let none in, ms. */
  get retryAfterMs(): number {
    return this.machine.retryAfterMs(this.clock.nowMs);
  }

  /** Asks to be let in; who is `queued` will be told. */
  enter(user: PoolUser): 'admitted' | 'queued' | 'rejected' {
    const waitMs = this.machine.take(this.clock.nowMs);
    if (waitMs === REJECTED) {
      this.rejected++;
      return 'rejected';
    }
    if (waitMs === 0) {
      this.admitted++;
      return 'admitted';
    }
    this.#waiting.add(user);
    if (this.#spareTurns > 0) this.#spareTurns--;
    else this.#engine.after(waitMs, takeTurn, this);
    return 'queued';
  }

  /** Does not wait any more, if it did. Those behind move up, so the turn that is left is the last. */
  leave(user: PoolUser): void {
    if (!this.#waiting.delete(user)) return;
    this.machine.giveBack(this.clock.nowMs);
    this.#spareTurns++;
  }

  takeTurn(): void {
    for (const user of this.#waiting) {
      this.#waiting.delete(user);
      this.admitted++;
      this.waited++;
      user.admitted();
      return;
    }
    this.#spareTurns--;
  }
}

function takeTurn(limiter: Limiter): void {
  limiter.takeTurn();
}
