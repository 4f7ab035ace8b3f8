import { drawExponential, type RandomStream } from '../../time/index.ts';
import type { RateCurve, Stretch } from './rate-curve.ts';

export interface BurstRates {
  readonly quietPerSecond: number;
  readonly burstPerSecond: number;
  /** Mean times in one state until the other begins. */
  readonly quietMs: number;
  readonly burstMs: number;
}

/**
 * The rate of a Markov-modulated Poisson process with two states, MMPP(2): W. Fischer and
 * K. Meier-Hellstern, The Markov-modulated Poisson process cookbook, 1993. It begins in either state
 * with the probability that it is usually in it.
 */
export class BurstCurve implements RateCurve {
  readonly #rates: BurstRates;
  readonly #random: RandomStream;
  #isBurst: boolean;
  #last: Stretch;

  /** @param random of the states alone, so that the requests move no burst */
  constructor(rates: BurstRates, random: RandomStream) {
    this.#rates = rates;
    this.#random = random;
    this.#isBurst = random.next() < rates.burstMs / (rates.burstMs + rates.quietMs);
    this.#last = this.#stretch(0);
  }

  at(ms: number): Stretch {
    while (ms >= this.#last.untilMs) {
      this.#isBurst = !this.#isBurst;
      this.#last = this.#stretch(this.#last.untilMs);
    }
    return this.#last;
  }

  #stretch(fromMs: number): Stretch {
    const { burstMs, burstPerSecond, quietMs, quietPerSecond } = this.#rates;
    const [meanMs, perSecond] = this.#isBurst
      ? [burstMs, burstPerSecond]
      : [quietMs, quietPerSecond];
    const untilMs = fromMs + drawExponential(meanMs, this.#random);
    return { fromMs, untilMs, perMs: perSecond / 1000, slope: 0 };
  }
}
