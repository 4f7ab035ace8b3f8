import {
  type BoundExpectation,
  type Expectation,
  keepsTo,
  METRICS,
  type StateExpectation,
} from '../../model/expectation.ts';
import type { RecordedBreaker } from '../breaker.ts';
import type { World } from '../world.ts';
import type { Meter, Share } from './meter.ts';
import { type Measured, type MeteredExpectation, meterFor } from './meters.ts';

/** What one run of the model says of one expectation. */
export interface ExpectationSummary {
  /**
   * In the unit of the metric; of a state, 1 when it was as promised and 0 when it was not. Null where
   * the window never came, or nothing happened in it that could tell.
   */
  readonly value: number | null;
  /** Where the value is a share of requests. */
  readonly share: Share | null;
  /**
   * When the promise was first seen broken, ms: the beginning of the first of the stretches into which
   * the window is cut that does not keep it. Null where none does not.
   */
  readonly violatedAtMs: number | null;
}

/** Measures what an expectation is about while its window is open. A window may open several times. */
export interface Watch {
  open(): void;
  /** Ends a stretch. */
  tick(): void;
  close(): void;
  summary(): ExpectationSummary;
}

/** Undefined for what only the run as a whole can tell. */
export function createWatch(measured: Measured, expectation: Expectation): Watch | undefined {
  const { world } = measured;
  if (expectation.kind === 'state') return new StateWatch(world, expectation);
  if (!isMetered(expectation)) return undefined;
  return new MeterWatch(world, expectation, meterFor(measured, expectation));
}

function isMetered(expectation: BoundExpectation): expectation is MeteredExpectation {
  return expectation.metric !== 'recovery';
}

class MeterWatch implements Watch {
  readonly #world: World;
  readonly #expectation: BoundExpectation;
  readonly #meter: Meter;
  #last: Float64Array;
  #lastMs = 0;
  readonly #total: Float64Array;
  #totalMs = 0;
  #violatedAtMs: number | null = null;

  constructor(world: World, expectation: BoundExpectation, meter: Meter) {
    this.#world = world;
    this.#expectation = expectation;
    this.#meter = meter;
    this.#last = meter.read();
    this.#total = new Float64Array(this.#last.length);
  }

  open(): void {
    this.#last = this.#meter.read();
    this.#lastMs = this.#world.engine.nowMs;
  }

  tick(): void {
    const { nowMs } = this.#world.engine;
    const lengthMs = nowMs - this.#lastMs;
    const now = this.#meter.read();
    const difference = now.map((total, index) => total - (this.#last[index] as number));
    for (const [index, amount] of difference.entries()) {
      this.#total[index] = (this.#total[index] as number) + amount;
    }
    this.#totalMs += lengthMs;
    this.#judge(difference, lengthMs);
    this.#last = now;
    this.#lastMs = nowMs;
  }

  close(): void {
    this.tick();
  }

  summary(): ExpectationSummary {
    return {
      value: this.#totalMs > 0 ? this.#meter.value(this.#total, this.#totalMs) : null,
      share: this.#meter.share?.(this.#total) ?? null,
      violatedAtMs: this.#violatedAtMs,
    };
  }

  /** Counts add up over the window, and so are never too low before it ends; else each stretch counts. */
  #judge(difference: Float64Array, lengthMs: number): void {
    if (this.#violatedAtMs !== null || lengthMs <= 0) return;
    const { bound, comparison, metric } = this.#expectation;
    const isCount = METRICS[metric] === 'count';
    if (isCount && comparison.startsWith('>')) return;
    const value = isCount
      ? this.#meter.value(this.#total, this.#totalMs)
      : this.#meter.value(difference, lengthMs);
    if (value !== null && !keepsTo(value, comparison, bound.value)) {
      this.#violatedAtMs = this.#lastMs;
    }
  }
}

/** Looks at the state of breakers when the window ends. */
class StateWatch implements Watch {
  readonly #breakers: readonly RecordedBreaker[];
  readonly #state: StateExpectation['state']['value'];
  #summary: ExpectationSummary = { value: null, share: null, violatedAtMs: null };

  constructor(world: World, { of, state }: StateExpectation) {
    this.#breakers = [...world.breakers].flatMap(([name, breaker]) =>
      of === undefined || of.value === name ? [breaker] : [],
    );
    this.#state = state.value;
  }

  open(): void {}

  tick(): void {}

  close(): void {
    const wrong = this.#breakers
      .map(({ states }) => states.at(-1))
      .flatMap((last) => (last && last.state !== this.#state ? [last.atMs] : []));
    if (this.#breakers.length === 0) return;
    this.#summary = {
      value: wrong.length === 0 ? 1 : 0,
      share: null,
      // Since when the first of them has been what it should not be.
      violatedAtMs: wrong.length === 0 ? null : Math.min(...wrong),
    };
  }

  summary(): ExpectationSummary {
    return this.#summary;
  }
}
