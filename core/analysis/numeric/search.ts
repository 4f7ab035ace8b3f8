import { LARGEST_COUNT } from './ranges.ts';

/**
 * The smallest count from `least` on for which `holds` does, when it holds for all larger ones too.
 *
 * @returns `undefined` when it does not hold up to a million.
 */
export function smallestCount(
  least: number,
  holds: (count: number) => boolean,
): number | undefined {
  let low = least;
  let step = 1;
  // Doubling first keeps the counts that are tried, and the work for each, near the answer.
  while (!holds(Math.min(low + step - 1, LARGEST_COUNT))) {
    low += step;
    step *= 2;
    if (low > LARGEST_COUNT) return undefined;
  }
  let high = Math.min(low + step - 1, LARGEST_COUNT);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Where a continuous function that is negative at one end and not at the other passes zero, to the
 * last digit. The ends may be in either order.
 */
export function findRoot(negative: number, positive: number, f: (x: number) => number): number {
  let [below, above] = [negative, positive];
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle === below || middle === above) return middle;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
}
