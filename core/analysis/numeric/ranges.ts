/**
 * What every formula in this folder promises. Its arguments are numbers in the range that its
 * docstring gives, times in ms and rates per second. For any other argument, NaN included, the
 * answer is `undefined`: nothing that a user writes may throw, and a number made from nonsense
 * would be worse than none. NaN never comes out; infinity does only where the docstring says so.
 */

/** No config means more than a million of anything, and formulas may walk over all of them. */
export const LARGEST_COUNT = 1_000_000;

/** Groups beyond this are out of range where the work grows with the square of the members. */
export const LARGEST_GROUP = 10_000;

/** Times and rates beyond this, or positive ones below its inverse, could overflow on the way. */
const LARGEST_AMOUNT = 1e50;

/** A whole number in [least, most]. */
export function isCount(value: number, least = 0, most = LARGEST_COUNT): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** A probability or a share: in [0, 1]. */
export function isRatio(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** A time, a rate or a load: 0, or positive and of a size that something in the world can have. */
export function isAmount(value: number): boolean {
  return value === 0 || isPositive(value);
}

/** As `isAmount`, without 0. */
export function isPositive(value: number): boolean {
  return value >= 1 / LARGEST_AMOUNT && value <= LARGEST_AMOUNT;
}
