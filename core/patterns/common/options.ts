/** Checks of options. Configs are validated long before, so what fails here is a programmer's error. */

/** @throws RangeError unless `value` is a whole number of at least `minimum`. */
export function requireInteger(name: string, value: number, minimum: number): number {
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw new RangeError(`${name} must be a whole number of at least ${minimum}, not ${value}`);
}

/** @throws RangeError unless `value` is a finite number of at least `minimum`. */
export function requireNumber(name: string, value: number, minimum = 0): number {
  if (Number.isFinite(value) && value >= minimum) return value;
  throw new RangeError(`${name} must be a finite number of at least ${minimum}, not ${value}`);
}

/** @throws RangeError unless `value` is a finite number greater than 0. */
export function requirePositive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name} must be a finite number greater than 0, not ${value}`);
}

/** @throws RangeError unless `value` lies in [0, 1]. */
export function requireRatio(name: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(`${name} must be a ratio from 0 to 1, not ${value}`);
}

/** @throws RangeError unless `value` lies in (0, 1]. */
export function requireRate(name: string, value: number): number {
  if (value > 0 && value <= 1) return value;
  throw new RangeError(`${name} must be a ratio above 0 and up to 1, not ${value}`);
}
