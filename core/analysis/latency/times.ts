import { isAmount, isRatio } from '../numeric/ranges.ts';
import { exponentialSlower, lognormalSlower } from './exceedance.ts';

/**
 * Times are kept as shares of requests in cells that grow by 2 %: cell 0 is no time at all, cell i
 * is around `SHORTEST_MS` · 1.02^(i−1), and the last one stands for all that is longer.
 */
const GROWTH = 1.02;
const SHORTEST_MS = 0.001;
/** Eleven days. */
const LONGEST_MS = 1e9;
const LAST_CELL = 1 + Math.ceil(Math.log(LONGEST_MS / SHORTEST_MS) / Math.log(GROWTH));

/** Less than this beyond a cell belongs to that cell, so that long tails cost little. */
const SMALLEST_SHARE = 1e-10;
/** Cells so far below the slowest hundredth, a thousandth of its time, are as good as one. */
const FARTHEST_BELOW = Math.round(Math.log(1000) / Math.log(GROWTH));

/**
 * Two times of cells that are `gap` apart add up to `CELLS_UP[gap]` cells above the larger one, or
 * rather to `SHARE_ABOVE[gap]` of the one above that and the rest of it: so the mean is kept.
 */
const CELLS_UP = new Int32Array(LAST_CELL + 1);
const SHARE_ABOVE = new Float64Array(LAST_CELL + 1);
for (let gap = 0; gap <= LAST_CELL; gap++) {
  const [cellsUp, shareAbove] = placeOf(1 + GROWTH ** -gap);
  CELLS_UP[gap] = cellsUp;
  SHARE_ABOVE[gap] = shareAbove;
}

/**
 * How long a share of requests takes: a distribution in numbers, for what no formula gives, such as
 * the sum of several lognormal times. What is constant is kept exactly; a quantile of the rest is
 * accurate to about 1 %.
 *
 * The share may be less than 1: the requests that are answered and those that fail are one such
 * distribution each. Assumes that what is added, or raced, is independent. Made of numbers that are
 * out of range, it is that of no requests.
 */
export class Times {
  /** Of no requests. */
  static readonly none = new Times(0, new Float64Array(0));
  static readonly atOnce = Times.constant(0);

  /** Share of all requests that these are, in [0, 1]. */
  readonly total: number;
  /** What all of them take at least. */
  readonly #leastMs: number;
  /** The shares by how much longer they take; ends with the last cell that has any. */
  readonly #shares: Float64Array;

  private constructor(leastMs: number, shares: Float64Array) {
    this.#leastMs = leastMs;
    this.#shares = shares;
    this.total = shares.reduce((sum, share) => sum + share, 0);
  }

  /** @param ms 0 or more */
  static constant(ms: number): Times {
    if (!isAmount(ms)) return Times.none;
    return new Times(Math.min(ms, LONGEST_MS), new Float64Array([1]));
  }

  /** Any time between two, all equally likely. @param minMs 0 or more */
  static uniform(minMs: number, maxMs: number): Times {
    if (!isAmount(minMs) || !isAmount(maxMs)) return Times.none;
    const rangeMs = maxMs - minMs;
    if (rangeMs <= 0) return Times.constant(minMs);
    return new Times(
      minMs,
      cellsOf((ms) => Math.max(0, 1 - ms / rangeMs)),
    );
  }

  /** @param meanMs 0 or more */
  static exponential(meanMs: number): Times {
    if (exponentialSlower(meanMs, 0) === undefined) return Times.constant(meanMs);
    return new Times(
      0,
      cellsOf((ms) => exponentialSlower(meanMs, ms) ?? 0),
    );
  }

  /**
   * @param p50Ms more than 0
   * @param p99Ms `p50Ms` or more
   */
  static lognormal(p50Ms: number, p99Ms: number): Times {
    if (lognormalSlower(p50Ms, p99Ms, 0) === undefined) return Times.none;
    return new Times(
      0,
      cellsOf((ms) => lognormalSlower(p50Ms, p99Ms, ms) ?? 0),
    );
  }

  /**
   * Any shape, as the share of requests that take longer than a time.
   *
   * @param slower of 0 ms or more; never grows
   */
  static slower(slower: (ms: number) => number): Times {
    return new Times(0, cellsOf(slower));
  }

  /** The first of several that run at the same time to end. */
  static firstOf(all: readonly Times[]): Times {
    const some = all.filter(({ total }) => total > 0);
    if (some.length === 0) return Times.none;
    const leastMs = Math.min(...some.map((one) => one.#leastMs));
    const racing = some.map((one) => one.#above(leastMs));
    const ended = racing.map(() => 0);
    const first = new Float64Array(Math.max(...racing.map(({ length }) => length)));
    let before = 1;
    for (let cell = 0; cell < first.length; cell++) {
      let after = 1;
      for (const [index, shares] of racing.entries()) {
        ended[index] = (ended[index] ?? 0) + (shares[cell] ?? 0);
        after *= Math.max(0, 1 - (ended[index] ?? 0));
      }
      first[cell] = Math.max(0, before - after);
      before = after;
    }
    return new Times(leastMs, first);
  }

  /** These, and others after them: times add up, shares multiply. */
  plus(next: Times): Times {
    const leastMs = Math.min(this.#leastMs + next.#leastMs, LONGEST_MS);
    return new Times(leastMs, trimmed(sumsOf(this.#shares, next.#shares)));
  }

  /** Either these or others: shares add up. */
  or(others: Times): Times {
    if (others.total === 0) return this;
    if (this.total === 0) return others;
    const leastMs = Math.min(this.#leastMs, others.#leastMs);
    const [a, b] = [this.#above(leastMs), others.#above(leastMs)];
    const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
    return new Times(
      leastMs,
      longer.map((share, cell) => share + (shorter[cell] ?? 0)),
    );
  }

  /** @param share of these, in [0, 1] */
  part(share: number): Times {
    if (share === 1) return this;
    if (share === 0 || !isRatio(share)) return Times.none;
    return new Times(
      this.#leastMs,
      this.#shares.map((one) => one * share),
    );
  }

  /** Those that take no longer than a time. */
  within(limitMs: number): Times {
    const restMs = limitMs - this.#leastMs;
    if (!(restMs >= 0)) return Times.none;
    const inTime = this.#shares.map((share, cell) => share * shareWithin(cell, restMs));
    return new Times(this.#leastMs, trimmed(inTime));
  }

  /** Mean of these; 0 where there are none. */
  get meanMs(): number {
    if (this.total === 0) return 0;
    const sumMs = this.#shares.reduce((sum, share, cell) => sum + share * middleMs(cell), 0);
    return this.#leastMs + sumMs / this.total;
  }

  /**
   * The time that a share of these keep.
   *
   * @param share in (0, 1)
   * @returns 0 where there are none; infinite for what takes longer than eleven days
   */
  quantileMs(share: number): number {
    if (this.total === 0) return 0;
    let left = share * this.total;
    for (const [cell, one] of this.#shares.entries()) {
      if (one > 0 && left <= one) {
        if (cell === LAST_CELL) return Number.POSITIVE_INFINITY;
        return this.#leastMs + middleMs(cell) * GROWTH ** (left / one - 0.5);
      }
      left -= one;
    }
    return this.#leastMs + middleMs(this.#shares.length - 1);
  }

  /** The shares by how much longer they take than a smaller least. */
  #above(leastMs: number): Float64Array {
    const moreMs = this.#leastMs - leastMs;
    if (moreMs === 0) return this.#shares;
    const times = moreMs / SHORTEST_MS;
    const [cellsUp, shareAbove] = times < 1 ? [-1, times] : placeOf(times);
    const cell = cellsUp + 1;
    const more = new Float64Array(Math.min(LAST_CELL, cell + 1) + 1);
    more[Math.min(LAST_CELL, cell)] = 1 - shareAbove;
    more[more.length - 1] = (more[more.length - 1] ?? 0) + shareAbove;
    return sumsOf(this.#shares, more);
  }
}

/** How many cells above the first one a time lies, and what part of it one cell higher. */
function placeOf(timesShortest: number): [cells: number, shareAbove: number] {
  // A power of the growth is a cell, whatever the logarithm makes of its last digit.
  const cells = Math.floor(Math.log(timesShortest) / Math.log(GROWTH) + 1e-9);
  const below = GROWTH ** cells;
  return [cells, Math.max(0, (timesShortest / below - 1) / (GROWTH - 1))];
}

function middleMs(cell: number): number {
  return cell === 0 ? 0 : SHORTEST_MS * GROWTH ** (cell - 1);
}

/** From where on times belong to the next cell. */
function upperEdgeMs(cell: number): number {
  return SHORTEST_MS * GROWTH ** (cell - 0.5);
}

/** Part of a cell that takes no longer than a time. */
function shareWithin(cell: number, limitMs: number): number {
  if (cell === 0) return 1;
  const cellsBelowEdge = Math.log(limitMs / upperEdgeMs(cell)) / Math.log(GROWTH);
  return Math.min(1, Math.max(0, 1 + cellsBelowEdge));
}

/** @param slower share of the requests that take longer than a time */
function cellsOf(slower: (ms: number) => number): Float64Array {
  const shares = new Float64Array(LAST_CELL + 1);
  let before = 1;
  let cell = 0;
  for (; cell < LAST_CELL && before > SMALLEST_SHARE; cell++) {
    const after = slower(upperEdgeMs(cell));
    shares[cell] = before - after;
    before = after;
  }
  shares[cell] = before;
  return trimmed(shares);
}

/** Each cell of one with each of the other: the loop that all the time is spent in. */
function sumsOf(a: Float64Array, b: Float64Array): Float64Array {
  // Twice the time is as far up as a sum can get, and what is shared with the cell above.
  const most = Math.max(a.length, b.length) + (CELLS_UP[0] as number) + 1;
  const sums = new Float64Array(most);
  // What takes no time adds nothing.
  const [atOnceA, atOnceB] = [a[0] ?? 0, b[0] ?? 0];
  for (let i = 0; i < a.length; i++) sums[i] = (a[i] as number) * atOnceB;
  for (let j = 1; j < b.length; j++) sums[j] = (sums[j] as number) + (b[j] as number) * atOnceA;
  const [firstA, firstB] = [firstOfAny(a), firstOfAny(b)];
  for (let i = firstA; i < a.length; i++) {
    const share = a[i] as number;
    if (share === 0) continue;
    for (let j = firstB; j < b.length; j++) {
      const both = share * (b[j] as number);
      const gap = i > j ? i - j : j - i;
      const cell = (i > j ? i : j) + (CELLS_UP[gap] as number);
      const above = both * (SHARE_ABOVE[gap] as number);
      sums[cell] = (sums[cell] as number) + both - above;
      sums[cell + 1] = (sums[cell + 1] as number) + above;
    }
  }
  if (most <= LAST_CELL + 1) return sums;
  const tooLong = sums.subarray(LAST_CELL + 1).reduce((sum, share) => sum + share, 0);
  sums[LAST_CELL] = (sums[LAST_CELL] as number) + tooLong;
  return sums.slice(0, LAST_CELL + 1);
}

/** The first cell with a time that has any. */
function firstOfAny(shares: Float64Array): number {
  let cell = 1;
  while (cell < shares.length && shares[cell] === 0) cell += 1;
  return cell;
}

/** Without cells that hardly matter; what is in them is added to the nearest that stays. */
function trimmed(shares: Float64Array): Float64Array {
  let end = shares.length;
  let tail = 0;
  while (end > 1 && tail + (shares[end - 1] ?? 0) <= SMALLEST_SHARE) tail += shares[--end] ?? 0;
  const kept = shares.slice(0, end);
  kept[end - 1] = (kept[end - 1] ?? 0) + tail;
  const first = slowestHundredth(kept) - FARTHEST_BELOW;
  for (let cell = 1; cell < first; cell++) {
    kept[first] = (kept[first] ?? 0) + (kept[cell] ?? 0);
    kept[cell] = 0;
  }
  return kept;
}

/** The cell above which one in a hundred is. */
function slowestHundredth(shares: Float64Array): number {
  let left = shares.reduce((sum, share) => sum + share, 0) / 100;
  let cell = shares.length - 1;
  while (cell > 0 && left >= (shares[cell] ?? 0)) left -= shares[cell--] ?? 0;
  return cell;
}
