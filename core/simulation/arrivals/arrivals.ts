import type { ArrivalKind } from '../../model/model.ts';
import { drawExponential, type RandomStream } from '../../time/index.ts';
import type { RateCurve, Surge } from './rate-curve.ts';

/** When requests arrive, one after another. */
export interface Arrivals {
  /** When the next one comes after one at `nowMs`; Infinity when none does. */
  next(nowMs: number): number;
}

/**
 * Requests at a rate that may change. The area under the rate, from one to the next, is drawn from an
 * exponential distribution with mean 1 for a Poisson process (E. Çinlar, Introduction to Stochastic
 * Processes, 1975: inversion of the integrated rate), and is always 1 for evenly spaced ones.
 */
export class RatedArrivals implements Arrivals {
  readonly #curve: RateCurve;
  readonly #kind: ArrivalKind;
  readonly #random: RandomStream;
  readonly #endMs: number;

  /** @param endMs of the run: what comes later is not looked for */
  constructor(curve: RateCurve, kind: ArrivalKind, random: RandomStream, endMs: number) {
    this.#curve = curve;
    this.#kind = kind;
    this.#random = random;
    this.#endMs = endMs;
  }

  next(nowMs: number): number {
    let area = this.#kind === 'poisson' ? drawExponential(1, this.#random) : 1;
    let ms = nowMs;
    while (ms <= this.#endMs) {
      const { fromMs, perMs, slope, untilMs } = this.#curve.at(ms);
      const rate = slope === 0 ? perMs : perMs + slope * (ms - fromMs);
      const atMs = ms + timeOfArea(area, rate, slope);
      if (atMs <= untilMs) return atMs;
      const lengthMs = untilMs - ms;
      area = Math.max(0, area - lengthMs * (rate + (slope * lengthMs) / 2));
      ms = untilMs;
    }
    return Number.POSITIVE_INFINITY;
  }
}

/** How long until the area under a straight line is `area`; Infinity when it never is. */
function timeOfArea(area: number, rate: number, slope: number): number {
  if (slope === 0) return area / rate;
  const square = rate * rate + 2 * slope * area;
  // The root without cancellation; below 0 the falling line meets 0 before.
  return square < 0 ? Number.POSITIVE_INFINITY : (2 * area) / (rate + Math.sqrt(square));
}

/** Requests at recorded times, once or again and again. */
export class TracedArrivals implements Arrivals {
  readonly #timesMs: readonly number[];
  readonly #periodMs: number;
  readonly #surges: readonly Surge[];
  readonly #random: RandomStream;
  readonly #endMs: number;
  #index = 0;
  #startMs = 0;
  /** How many more come at the time of the last one. */
  #copies = 0;

  /**
   * @param timesMs in ascending order
   * @param periodMs from one beginning to the next; Infinity for once
   * @param random decides how often each recorded request comes in a surge
   * @param endMs of the run: what comes later is not looked for
   */
  constructor(
    timesMs: readonly number[],
    periodMs: number,
    surges: readonly Surge[],
    random: RandomStream,
    endMs: number,
  ) {
    this.#timesMs = timesMs;
    this.#periodMs = periodMs;
    this.#surges = surges;
    this.#random = random;
    this.#endMs = endMs;
  }

  next(nowMs: number): number {
    if (this.#copies > 0) {
      this.#copies--;
      return nowMs;
    }
    for (;;) {
      if (this.#index === this.#timesMs.length) {
        this.#index = 0;
        this.#startMs += this.#periodMs;
      }
      const atMs = this.#startMs + (this.#timesMs[this.#index++] as number);
      if (atMs > this.#endMs) return Number.POSITIVE_INFINITY;
      const times = this.#timesAt(atMs);
      if (times === 0) continue;
      this.#copies = times - 1;
      return atMs;
    }
  }

  /** How often a recorded request comes: the factor on average, in whole numbers. */
  #timesAt(atMs: number): number {
    const factor = this.#surges.reduce(
      (product, surge) =>
        surge.fromMs <= atMs && atMs < surge.untilMs ? product * surge.factor : product,
      1,
    );
    return factor === 1 ? 1 : Math.floor(factor + this.#random.next());
  }
}
