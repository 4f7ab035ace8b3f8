import type { Fault, Scenario } from '../../model/model.ts';
import { faultEndMs } from '../faults.ts';
import type { Trouble } from '../trouble-log.ts';

/** Failures that no scenario asks for. */
export const BY_CHANCE = -1;

/** A time in which something was wrong, and the time after it in which nothing was. */
export interface Disturbance {
  /** Index of the group of faults in the scenario (see `faultsTogether`), or `BY_CHANCE`. */
  readonly cause: number;
  readonly fromMs: number;
  /** When nothing was wrong any more; infinite when that never came. */
  readonly toMs: number;
  /** When the next thing went wrong, or the run ended. */
  readonly nextMs: number;
}

/**
 * The faults of a scenario, those together that overlap as they are written: what comes after them
 * cannot be told apart.
 */
export function faultsTogether(scenario: Scenario | undefined): readonly (readonly Fault[])[] {
  const together: Fault[][] = [];
  let toMs = Number.NEGATIVE_INFINITY;
  const faults = [...(scenario?.faults ?? [])].sort((a, b) => a.atMs.value - b.atMs.value);
  for (const fault of faults) {
    if (fault.atMs.value > toMs) together.push([]);
    together.at(-1)?.push(fault);
    toMs = Math.max(toMs, faultEndMs(fault));
  }
  return together;
}

/** The stretches of time in which something was wrong, by what began them, in order of time. */
export function findDisturbances(
  troubles: readonly Trouble[],
  causes: readonly (readonly Fault[])[],
  endMs: number,
): Disturbance[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...troubles].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = spans.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else if (fromMs < endMs) spans.push({ fromMs, toMs });
  }
  return spans.map(({ fromMs, toMs }, index) => ({
    cause: causes.findLastIndex((faults) => faults.some((fault) => begins(fault, fromMs, toMs))),
    fromMs,
    toMs: toMs >= endMs ? Number.POSITIVE_INFINITY : toMs,
    nextMs: spans[index + 1]?.fromMs ?? endMs,
  }));
}

/** Failures at random begin some time after their fault does. */
function begins(fault: Fault, fromMs: number, toMs: number): boolean {
  const latestMs =
    fault.kind === 'random-failures' ? fault.atMs.value + fault.withinMs.value : fault.atMs.value;
  return fault.atMs.value <= toMs && fromMs <= latestMs;
}
