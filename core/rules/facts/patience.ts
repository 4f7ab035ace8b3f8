import type { Call, Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import type { Sourced } from '../../model/source.ts';
import { callSites } from './calls.ts';

/** How long somebody waits, and where that is written. */
export interface Patience {
  readonly caller: Service;
  readonly limit: TimeLimit;
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

/** For each service and group that is called, the caller that gives up on it first. */
export const patienceWith = perModel((model: Model): ReadonlyMap<Service | Group, Patience> => {
  const shortest = new Map<Service | Group, Patience>();
  const note = (
    callee: Service | Group | undefined,
    caller: Service,
    limit: TimeLimit | undefined,
  ) => {
    if (!callee || !limit) return;
    const known = shortest.get(callee);
    if (!known || limit.ms.value < known.limit.ms.value) shortest.set(callee, { caller, limit });
  };
  for (const { call, callee, caller } of callSites(model)) {
    note(callee, caller, limitOf(call));
    for (const step of call.fallback?.steps ?? []) {
      if (step.kind !== 'call' || !step.timeoutMs) continue;
      const other = model.services.get(step.to.value) ?? model.groups.get(step.to.value);
      note(other, caller, { key: 'timeout', ms: step.timeoutMs });
    }
  }
  return shortest;
});
