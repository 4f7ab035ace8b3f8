const CLOCK = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d{1,7})?)?$/;
const DAYS = /^-?\d+$/;
const WITH_UNIT = /^\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|sec|secs|seconds?|min|mins|minutes?|hours?)$/i;

/**
 * Reads a duration as .NET's `TimeSpan.Parse` does: `00:00:30`, `1.00:00:00`; a whole number is days.
 *
 * @returns milliseconds; `undefined` for anything else
 */
export function parseTimeSpan(text: string): number | undefined {
  if (DAYS.test(text)) return Number(text) * 86_400_000;
  const [, sign, days = '0', hours = '', minutes = '', seconds = '0', rest = '0'] =
    CLOCK.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59 || hours === '') {
    return undefined;
  }
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60;
  const ms = (wholeSeconds + Number(seconds)) * 1_000 + Math.round(Number(rest) * 1e7) / 1e4;
  return sign ? -ms : ms;
}

/** Whether it is written as in other formats, which .NET does not read. */
export function isRefusedTimeSpan(text: string): boolean {
  return WITH_UNIT.test(text);
}

/** Milliseconds as .NET writes them. */
export function writeTimeSpan(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / 3_600_000) % 24, Math.floor(ms / 60_000) % 60];
  const [seconds, rest] = [Math.floor(ms / 1_000) % 60, Math.round(ms % 1_000)];
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  const days = Math.floor(ms / 86_400_000);
  return `${days > 0 ? `${days}.` : ''}${clock}${rest > 0 ? `.${String(rest).padStart(3, '0')}` : ''}`;
}
