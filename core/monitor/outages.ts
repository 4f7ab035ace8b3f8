import type { EventLog } from './event-log.ts';
import { type Interval, overlaps } from './intervals.ts';
import type { Part } from './parts.ts';

const ALWAYS: Interval = {
  startMs: Number.NEGATIVE_INFINITY,
  endMs: Number.POSITIVE_INFINITY,
};

/** When fewer members of the part were up than its minimum. */
export function outagesOf({ members, minHealthy }: Part, log: EventLog): Interval[] {
  if (members.length < minHealthy) return [ALWAYS];
  const down = members.flatMap((id) => log.down(id));
  return overlaps(down, members.length - minHealthy);
}

/** When any of the parts had an outage. */
export function systemOutages(parts: readonly Part[], log: EventLog): Interval[] {
  return overlaps(
    parts.flatMap((part) => outagesOf(part, log)),
    0,
  );
}
