import {
  RateLimitedError,
  RateLimiter,
  type RateLimiterOptions,
  REJECTED,
} from '../patterns/index.ts';
import type { Timer } from '../time/index.ts';
import type { Call } from './call.ts';
import { Frame, type Upper } from './frame.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface RateLimitPolicyOptions extends LayerOptions, RateLimiterOptions {}

/**
 * Makes no more calls in a time than is allowed: see `RateLimiter` for how many that is. Who would
 * have to wait for too long fails with a `RateLimitedError`.
 */
export class RateLimitPolicy extends Layer {
  readonly #machine: RateLimiter;
  /** In the order in which they came, which is that of the turns. */
  readonly #waiting = new Set<WaitingFrame>();
  /** When the turns are that somebody waits for; one for each. */
  readonly #turnsMs: number[] = [];
  #timer: Timer | undefined = undefined;

  /** @throws RangeError when an option is out of range. */
  constructor(options: RateLimitPolicyOptions) {
    super(options.name ?? 'rate limiter', options.clock);
    this.#machine = new RateLimiter(options);
  }

  enter(call: Call, above: Upper, below: Below): void {
    const nowMs = this.clock.nowMs();
    const waitMs = this.#machine.take(nowMs);
    if (waitMs === 0) {
      below.enter(call, above);
    } else if (waitMs === REJECTED) {
      this.#reject(above, nowMs);
    } else {
      this.#waiting.add(new WaitingFrame(above, this.#leave, call, below));
      this.#turnsMs.push(nowMs + waitMs);
      this.#arm();
    }
  }

  /** Who waits behind moves up, so the turn that nobody needs any more is the last. */
  readonly #leave = (frame: WaitingFrame): void => {
    this.#waiting.delete(frame);
    this.#turnsMs.pop();
    this.#machine.giveBack(this.clock.nowMs());
    if (this.#waiting.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  };

  #arm(): void {
    const [turnMs = Number.POSITIVE_INFINITY] = this.#turnsMs;
    this.#timer ??= this.clock.after(turnMs - this.clock.nowMs(), this.#ring);
  }

  readonly #ring = (): void => {
    this.#timer = undefined;
    const nowMs = this.clock.nowMs();
    for (const frame of this.#waiting) {
      const [turnMs = Number.POSITIVE_INFINITY] = this.#turnsMs;
      if (turnMs > nowMs) break;
      this.#turnsMs.shift();
      this.#waiting.delete(frame);
      frame.proceed();
    }
    if (this.#waiting.size > 0) this.#arm();
  };

  #reject(above: Upper, nowMs: number): void {
    const error = new RateLimitedError(this.name, this.#machine.retryAfterMs(nowMs));
    if (this.events.heard) this.events.emit({ kind: 'rejected', policy: this.name, error });
    above.fail(error);
  }
}

/** A call that waits for its turn; once it has had it, only what is between above and below. */
class WaitingFrame extends Frame {
  declare readonly leave: (frame: WaitingFrame) => void;
  declare readonly call: Call;
  declare readonly rest: Below;

  constructor(above: Upper, leave: (frame: WaitingFrame) => void, call: Call, rest: Below) {
    super(above);
    this.leave = leave;
    this.call = call;
    this.rest = rest;
  }

  /** Those below take the place of the frame: it has nothing to say about them. */
  proceed(): void {
    this.rest.enter(this.call, this.above);
  }

  override cancel(): void {
    this.leave(this);
  }
}
