import type { Call, Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import type { Sourced } from '../../model/source.ts';
import { fallbackCallees, readableCalls } from './calls.ts';

/** How long those who call a service or a group wait for it. */
export interface Patience {
  /** The one that gives up first. */
  readonly caller: Service;
  readonly limit: TimeLimit;
  /** How long the most patient one waits; infinite where one waits for as long as it takes. */
  readonly longestMs: number;
}

export interface TimeLimit {
  readonly key: 'timeout' | 'deadline';
  readonly ms: Sourced<number>;
}

/** What ends one attempt of a call, at the latest; none where nothing does. */
export function limitOf({ deadlineMs, timeoutMs }: Call): TimeLimit | undefined {
  if (timeoutMs && (!deadlineMs || timeoutMs.value <= deadlineMs.value)) {
    return { key: 'timeout', ms: timeoutMs };
  }
  return deadlineMs && { key: 'deadline', ms: deadlineMs };
}

/** For those services and groups on which somebody gives up: who does so first, and who last. */
export const patienceWith = perModel((model: Model): ReadonlyMap<Service | Group, Patience> => {
  const first = new Map<Service | Group, Omit<Patience, 'longestMs'>>();
  const longest = new Map<Service | Group, number>();
  const note = (
    callee: Service | Group | undefined,
    caller: Service,
    limit: TimeLimit | undefined,
  ) => {
    // A service that calls itself is no caller to keep up with, nor is one that never waits.
    if (!callee || callee === caller || limit?.ms.value === 0) return;
    const ms = limit?.ms.value ?? Number.POSITIVE_INFINITY;
    longest.set(callee, Math.max(longest.get(callee) ?? 0, ms));
    const known = first.get(callee);
    if (limit && (!known || ms < known.limit.ms.value)) first.set(callee, { caller, limit });
  };
  for (const site of readableCalls(model)) {
    note(site.callee, site.caller, limitOf(site.call));
    for (const { callee, timeoutMs } of fallbackCallees(model, site)) {
      note(callee, site.caller, timeoutMs && { key: 'timeout', ms: timeoutMs });
    }
  }
  const patience = new Map<Service | Group, Patience>();
  for (const [callee, one] of first) {
    patience.set(callee, { ...one, longestMs: longest.get(callee) ?? one.limit.ms.value });
  }
  return patience;
});
