/** Axes: where the ticks go, and where a value falls between them. */

const STEPS = [1, 2, 5, 10];
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Steps that people count time in; longer axes go on in days, by 1, 2 and 5. */
const TIME_STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
];

/**
 * Round numbers from 0 to at least `max`, about `count` of them; `[0, 1]` when there is nothing to
 * measure, so that an axis always has a length.
 */
export function niceTicks(max: number, count: number): number[] {
  if (!Number.isFinite(max) || max <= 0) return [0, 1];
  const step = niceStep(max / count);
  const ticks = Math.ceil(Number((max / step).toPrecision(12)));
  return Array.from({ length: ticks + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Round times from 0 up to `endMs`, at most `count` steps; the end itself only where it is round. */
export function timeTicks(endMs: number, count: number): number[] {
  if (!Number.isFinite(endMs) || endMs <= 0) return [0];
  const least = endMs / count;
  const step = TIME_STEPS_MS.find((ms) => ms >= least) ?? niceStep(least / DAY_MS) * DAY_MS;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10) * power;
}

/** `part / whole` within [0, 1]; 0 when that is no number. */
export function share(part: number, whole: number): number {
  const ratio = part / whole;
  return Number.isFinite(ratio) ? Math.min(1, Math.max(0, ratio)) : 0;
}

/** A ratio as SVG writes lengths that grow with the page: `12.5%`. */
export function svgPercent(ratio: number): string {
  return `${Math.round(ratio * 100_000) / 1_000}%`;
}
