/** A little more, in two digits: what a person would write. */
export function roundedUp(value: number): number {
  return rounded(value, Math.ceil);
}

/** A little less, in two digits. */
export function roundedDown(value: number): number {
  return rounded(value, Math.floor);
}

function rounded(value: number, towards: (value: number) => number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value;
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  // Without the noise of the division, 0.3 / 0.1 is three.
  return Number((towards(Number((value / step).toPrecision(12))) * step).toPrecision(2));
}
