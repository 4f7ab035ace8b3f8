import { roundedDown, roundedUp } from '../../rules/facts/round.ts';

/** What people try when a number is too small, and how much more often than not they are right. */
const STEPS = [1.25, 1.5, 2, 3, 4, 6, 8] as const;

/** Rounder and rounder numbers above one, up to eight times as much. */
export function above(value: number): readonly number[] {
  return distinct(
    value,
    STEPS.map((step) => roundedUp(value * step)),
  );
}

/** The same below one, down to an eighth. */
export function below(value: number): readonly number[] {
  return distinct(
    value,
    STEPS.map((step) => roundedDown(value / step)),
  );
}

/** Whole numbers above one. */
export function wholeAbove(value: number): readonly number[] {
  return distinct(
    value,
    STEPS.map((step) => Math.ceil(roundedUp(value * step))),
  );
}

function distinct(present: number, values: readonly number[]): readonly number[] {
  return [...new Set(values)].filter((value) => value > 0 && value !== present);
}
