import { scaleDecimal } from './decimal.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  min: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
};

const HUMAN = /^(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+$/;
const HUMAN_PARTS = /([\d.]+)([a-z]+)/g;
const ISO =
  /^P(?=\d|T\d)(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Reads a duration with units: `250ms`, `1.5s`, `2m` or `2min`, `3h`, `30d`, sums such as `1m30s`,
 * or ISO 8601 in days and below such as `PT1M30S` and `P1DT2H`.
 *
 * @returns milliseconds, 0 or more; `undefined` for anything else: numbers without a unit, signs,
 * spaces, and lengths too large for a number.
 */
export function parseDuration(text: string): number | undefined {
  const ms = HUMAN.test(text) ? parseHuman(text) : parseIso(text);
  return Number.isFinite(ms) ? ms : undefined;
}

function parseHuman(text: string): number {
  let ms = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(HUMAN_PARTS)) {
    ms += scaleDecimal(amount, UNIT_MS[unit] ?? Number.NaN);
  }
  return ms;
}

function parseIso(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return Number.NaN;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return (
    scaleDecimal(days, DAY_MS) +
    scaleDecimal(hours, HOUR_MS) +
    scaleDecimal(minutes, MINUTE_MS) +
    scaleDecimal(seconds, SECOND_MS)
  );
}

/**
 * Writes a duration that is an estimate, with no more digits than it deserves: `1m 45s`, `2.51s`.
 *
 * @param ms milliseconds, 0 or more.
 */
export function formatRoughly(ms: number): string {
  if (ms === Number.POSITIVE_INFINITY) return formatDuration(ms);
  const step = ms < MINUTE_MS ? 0 : ms < HOUR_MS ? SECOND_MS : ms < DAY_MS ? MINUTE_MS : HOUR_MS;
  return formatDuration(step === 0 ? Number(ms.toPrecision(3)) : Math.round(ms / step) * step);
}

/**
 * Writes a duration the way people say it: `250ms`, `1.5s`, `2m 30s`, `3h`, `30d`; `∞` when it
 * never ends. Rounded to the millisecond, below one millisecond to three digits.
 *
 * @param ms milliseconds, 0 or more.
 */
export function formatDuration(ms: number): string {
  if (ms === Number.POSITIVE_INFINITY) return '∞';
  if (ms < 1) return `${Number(ms.toPrecision(3))}ms`;
  const parts: string[] = [];
  let restMs = Math.round(ms);
  for (const unit of ['d', 'h', 'm']) {
    const unitMs = UNIT_MS[unit] ?? Number.NaN;
    const count = Math.floor(restMs / unitMs);
    if (count > 0) parts.push(`${count}${unit}`);
    restMs -= count * unitMs;
  }
  if (restMs >= SECOND_MS) parts.push(`${restMs / SECOND_MS}s`);
  else if (restMs > 0) parts.push(`${restMs}ms`);
  return parts.join(' ');
}
