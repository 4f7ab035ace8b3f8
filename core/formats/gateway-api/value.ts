import type { Sourced, SourceRange } from '../../model/source.ts';
import { shortened } from '../../text/words.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';

export const GATEWAY_API = 'Gateway API';

/** A value for which the API server refuses the resource. */
export interface Refused {
  readonly at: SourceRange;
  /** What is wrong, and what to write, in sentences. */
  readonly reason: string;
  /** What it can only mean. */
  readonly meant?: string;
}

/** Source: Gateway API, GEP-2257. */
const DURATION = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;

/** Milliseconds. What the API server refuses is put on a list. */
export function readDuration(
  fields: Fields,
  key: string,
  refused: Refused[],
): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const text = String(value);
    if (typeof value === 'string' && DURATION.test(text)) return parseGoDuration(text);
    const at = isWritable(value) ? fields.valueAt(key) : undefined;
    const ms = typeof value === 'string' ? parseGoDuration(text) : undefined;
    const meant = ms !== undefined && ms > 0 ? durationText(ms) : undefined;
    if (at) {
      refused.push({
        at,
        reason: `'${shortened(text)}' is no duration: write whole numbers with h, m, s or ms, such as ${meant ?? '5s or 250ms'}.`,
        ...(meant !== undefined && { meant }),
      });
    }
    return undefined;
  });
}

/** What is too large to be a number is nothing that anybody wrote. */
function isWritable(value: unknown): boolean {
  return value !== Number.POSITIVE_INFINITY && value !== null;
}

/** As a duration is written: whole numbers only. */
export function durationText(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.max(1, Math.round(ms))}ms`;
}

/** What a rule of the core writes in its own way, as it is written here. */
export function rewritten(duration: unknown): string {
  return durationText(parseGoDuration(String(duration)) ?? 0);
}
