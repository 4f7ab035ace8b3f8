import { ResponseCache, type ResponseCacheOptions } from '../patterns/index.ts';
import type { Clock } from '../time/index.ts';
import type { Call } from './call.ts';
import type { Events } from './events.ts';
import type { Upper } from './frame.ts';
import type { Judge, Verdict } from './judge.ts';
import { type Judges, JudgingFrame } from './judging-frame.ts';
import { Layer, type LayerOptions } from './layer.ts';
import type { Below } from './route.ts';

export interface CachePolicyOptions extends LayerOptions, ResponseCacheOptions {
  /**
   * What is a success is remembered, and for a failure a stale answer stands in. By default every
   * error is a failure.
   */
  readonly judge?: Judge;
}

/**
 * Gives an answer from earlier: a fresh one in place of making the call, a stale one when the call
 * has failed. Answers are kept by the `key` of the call; calls without one go past the cache.
 */
export class CachePolicy extends Layer {
  readonly #answers: Answers;

  /** @throws RangeError when an option is out of range. */
  constructor(options: CachePolicyOptions) {
    super(options.name ?? 'cache', options.clock);
    this.#answers = {
      cache: new ResponseCache(options),
      judgeError: options.judge?.error ?? judgeError,
      judgeResult: options.judge?.result,
      clock: this.clock,
      events: this.events,
      name: this.name,
    };
  }

  enter(call: Call, above: Upper, below: Below): void {
    const key = call.options?.key;
    if (key === undefined) {
      below.enter(call, above);
      return;
    }
    const fresh = this.#answers.cache.fresh(key, this.clock.nowMs());
    if (fresh === undefined) {
      below.enter(call, new CacheFrame(above, this.#answers, key));
      return;
    }
    if (this.events.heard) {
      const { ageMs } = fresh;
      this.events.emit({ kind: 'cache-hit', policy: this.name, isStale: false, ageMs });
    }
    above.succeed(fresh.value);
  }
}

/** What the frames of a policy share. */
interface Answers extends Judges {
  readonly cache: ResponseCache<unknown>;
  readonly clock: Clock;
  readonly events: Events;
  readonly name: string;
}

class CacheFrame extends JudgingFrame {
  declare readonly answers: Answers;
  declare readonly key: string;

  constructor(above: Upper, answers: Answers, key: string) {
    super(above);
    this.answers = answers;
    this.key = key;
  }

  protected override get judges(): Judges {
    return this.answers;
  }

  protected override conclude(verdict: Verdict, outcome: unknown, succeeded: boolean): void {
    const { cache, clock, events, name } = this.answers;
    const stale = verdict === 'failure' ? cache.stale(this.key, clock.nowMs()) : undefined;
    if (stale !== undefined) {
      const { ageMs } = stale;
      if (events.heard) events.emit({ kind: 'cache-hit', policy: name, isStale: true, ageMs });
      this.above.succeed(stale.value);
    } else if (succeeded) {
      if (verdict === 'success') cache.put(this.key, outcome, clock.nowMs());
      this.above.succeed(outcome);
    } else {
      this.above.fail(outcome);
    }
  }
}

function judgeError(): Verdict {
  return 'failure';
}
