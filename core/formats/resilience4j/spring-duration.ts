const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SIMPLE = /^([+-]?\d+)([a-z]{0,2})$/i;
const ISO = /^([+-]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
/** What people write and no version of Spring reads: `10 s`, `1.5s`, `10sec`. */
const REFUSED =
  /^\d+(?:\.\d+)?\s*(?:milli(?:second)?s?|sec(?:ond)?s?|min(?:ute)?s?|hours?)$|^\d+\s+[a-z]{1,2}$|^\d+\.\d+[a-z]{0,2}$/i;

/**
 * Reads a duration as Spring Boot's `DurationStyle` does: `500ms`, `10s`, `PT1.5S`; a whole number is
 * milliseconds.
 *
 * @returns milliseconds; `undefined` for anything else
 */
export function parseSpringDuration(text: string): number | undefined {
  const [, amount, unit = ''] = SIMPLE.exec(text) ?? [];
  if (amount !== undefined) {
    const unitMs = unit === '' ? 1 : UNIT_MS[unit.toLowerCase()];
    return unitMs === undefined ? undefined : Number(amount) * unitMs;
  }
  const iso = ISO.exec(text);
  if (!iso || !/\d/.test(text)) return undefined;
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = iso;
  const sum = Number(days) * 24 + Number(hours);
  const ms = (sum * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000;
  return sign === '-' ? -ms : ms;
}

/** Whether Spring cannot read it for sure, so that an application with it does not start. */
export function isRefusedDuration(text: string): boolean {
  if (parseSpringDuration(text) !== undefined) return false;
  return REFUSED.test(text) || SIMPLE.test(text);
}
