/** A stretch of time in which a rate changes evenly, if at all. Rates are requests per ms. */
export interface Stretch {
  readonly fromMs: number;
  /** Infinity where it goes on for ever. */
  readonly untilMs: number;
  /** The rate at its start. */
  readonly perMs: number;
  /** By how much the rate grows per ms; 0 where the stretch has no end. */
  readonly slope: number;
}

/** How often requests arrive over time. */
export interface RateCurve {
  /**
   * The stretch in which a moment lies; at a border, the one that begins there.
   *
   * @param ms never before that of the call before
   */
  at(ms: number): Stretch;
}

/** A time during which so many times the usual number of requests arrive. */
export interface Surge {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly factor: number;
}

/** Goes through stretches that follow one another without a gap, the last of them without an end. */
export class ListedCurve implements RateCurve {
  readonly #stretches: readonly Stretch[];
  #index = 0;

  /** @param stretches at least one, the first from 0 on */
  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  at(ms: number): Stretch {
    let stretch = this.#stretches[this.#index] as Stretch;
    while (ms >= stretch.untilMs) stretch = this.#stretches[++this.#index] as Stretch;
    return stretch;
  }
}

/** A constant rate in each of equal stretches, once or again and again. */
export class CountedCurve implements RateCurve {
  readonly #counts: readonly number[];
  readonly #bucketMs: number;
  readonly #periodMs: number;
  #last: Stretch | undefined;

  /** @param periodMs from one beginning to the next; Infinity for once. Not shorter than the counts */
  constructor(counts: readonly number[], bucketMs: number, periodMs: number) {
    this.#counts = counts;
    this.#bucketMs = bucketMs;
    this.#periodMs = periodMs;
  }

  at(ms: number): Stretch {
    if (!this.#last || ms >= this.#last.untilMs) this.#last = this.#next(ms);
    return this.#last;
  }

  #next(ms: number): Stretch {
    const period = Math.floor(ms / this.#periodMs + NEAR);
    const startMs = period === 0 ? 0 : period * this.#periodMs;
    const index = Math.min(this.#counts.length, Math.floor((ms - startMs) / this.#bucketMs + NEAR));
    const endMs = startMs + this.#periodMs;
    if (index === this.#counts.length) return { fromMs: ms, untilMs: endMs, perMs: 0, slope: 0 };
    const untilMs = Math.min(endMs, startMs + (index + 1) * this.#bucketMs);
    const perMs = (this.#counts[index] as number) / this.#bucketMs;
    return { fromMs: ms, untilMs, perMs, slope: 0 };
  }
}

/** A border that is missed by less, of a bucket or of all, is met: products are not exact. */
const NEAR = 1e-9;

/** Makes part of the stretches of a curve higher or lower. */
export class SurgingCurve implements RateCurve {
  readonly #usual: RateCurve;
  readonly #surges: readonly Surge[];
  #last: Stretch | undefined;

  constructor(usual: RateCurve, surges: readonly Surge[]) {
    this.#usual = usual;
    this.#surges = surges;
  }

  at(ms: number): Stretch {
    if (!this.#last || ms >= this.#last.untilMs) this.#last = this.#cut(ms);
    return this.#last;
  }

  #cut(ms: number): Stretch {
    const { fromMs, perMs, slope, untilMs } = this.#usual.at(ms);
    let nextMs = untilMs;
    let factor = 1;
    for (const surge of this.#surges) {
      if (surge.fromMs > ms) nextMs = Math.min(nextMs, surge.fromMs);
      else if (surge.untilMs > ms) {
        nextMs = Math.min(nextMs, surge.untilMs);
        factor *= surge.factor;
      }
    }
    const now = perMs + slope * (ms - fromMs);
    return { fromMs: ms, untilMs: nextMs, perMs: now * factor, slope: slope * factor };
  }
}
