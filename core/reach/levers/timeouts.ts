import type { Call, Service } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { above, below } from './ladder.ts';
import { changed, entrySetting, type Lever, write, writtenDuration } from './lever.ts';

/** Another time limit for each attempt of a call that has one. */
export function timeoutLever(service: Service, call: Call): Lever {
  const { timeoutMs, to } = call;
  const index = service.calls.indexOf(call);
  if (!timeoutMs || timeoutMs.value === 0) return { settings: [] };
  const values = alternating(above(timeoutMs.value), below(timeoutMs.value)).map(wholeMs);
  return {
    settings: values.map((value) =>
      entrySetting('services', service.name, COSTS.number, (present) => ({
        entry: {
          ...present,
          calls: present.calls.map((one, place) =>
            place === index ? { ...one, timeoutMs: changed(timeoutMs, value) } : one,
          ),
        },
        title: `Set 'timeout' of '${service.name}' → '${to.value}' to ${writtenDuration(value)}`,
        changes: [write(timeoutMs, 'timeout', writtenDuration(value))],
      })),
    ),
  };
}

/** The nearest ones first. */
function alternating(a: readonly number[], b: readonly number[]): readonly number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => [a[i], b[i]])
    .flat()
    .filter((value) => value !== undefined);
}

/** As a duration is written. */
function wholeMs(ms: number): number {
  return Math.max(1, Math.round(ms));
}
