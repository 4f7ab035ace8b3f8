import type { Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { recoveryTimes } from '../rules/facts/recovery.ts';
import { formatPercent } from '../time/index.ts';
import { failsByChance, type ServiceTally, type YearsRun } from '../years/index.ts';
import type { Placer } from './build-place.ts';
import { type LongRun, longRun } from './build-years.ts';
import type { Assumption, ObjectiveResult } from './report.ts';
import { percentText } from './text.ts';
import { availabilityText } from './years-text.ts';

/** Holds what the file promises of availability against years of failures and repairs. */
export function judgeYears(model: Model, run: YearsRun, place: Placer): readonly ObjectiveResult[] {
  const results: ObjectiveResult[] = [];
  const judge = (name: string, target: Sourced<number> | undefined, tally: ServiceTally) => {
    if (!target) return;
    const found = longRun(tally, run, canFail(model, tally));
    results.push({
      name,
      origin: 'objective',
      target: `≥ ${percentText(target.value)}`,
      achieved: found.evidence === 'unknown' ? "no 'failures.mtbf'" : availabilityText(found),
      status: statusOf(found, target.value),
      violation: null,
      place: place(target.source.at),
    });
  };
  judge('Availability over years', model.objectives.availability, overall(model, run));
  for (const tally of run.services) {
    // What somebody else promises is not for this system to keep.
    if (tally.dependsOn.length === 0) continue;
    const { availability } = model.services.get(tally.name)?.objectives ?? {};
    judge(`Availability of ${tally.name} over years`, availability, tally);
  }
  return results;
}

/** What years of failures take for granted. */
export function aboutYears(model: Model, place: Placer): readonly Assumption[] {
  const assumptions: Assumption[] = [];
  for (const group of model.groups.values()) {
    const { detection, mtbfMs, name, nameAt, recovery } = group;
    const assume = (text: string) => assumptions.push({ text, place: place(nameAt) });
    if (!failsByChance(model, group)) assume(`Over years ${name} is always up.`);
    const { givesUp } = recoveryTimes(recovery);
    if (mtbfMs && givesUp > 0 && givesUp < 1) {
      assume(
        `Over years the ${formatPercent(givesUp)} of failures in ${name} that recovery gives up are left out: the file does not say how long people take.`,
      );
    }
    if (detection?.method.value === 'phi-accrual') {
      assume(
        `Over years failures in ${name} are noticed at once: its detector learns from heartbeats.`,
      );
    }
  }
  for (const { calls, name, nameAt, objectives, runsOn } of model.services.values()) {
    if (calls.length > 0 || runsOn || !objectives.availability) continue;
    assumptions.push({ text: `Over years ${name} is always up.`, place: place(nameAt) });
  }
  return assumptions;
}

function statusOf({ availability, evidence }: LongRun, target: number): ObjectiveResult['status'] {
  if (evidence === 'unknown') return 'unclear';
  const spread = availability.halfWidth ?? 0;
  if (availability.mean - spread >= target) return 'met';
  return evidence !== 'none-seen' && availability.mean + spread < target ? 'missed' : 'unclear';
}

function canFail(model: Model, { dependsOn }: ServiceTally): boolean {
  return dependsOn.some((name) => {
    const group = model.groups.get(name);
    return group !== undefined && failsByChance(model, group);
  });
}

/**
 * That of all requests: services count by their traffic. Where none has any, the worst of those that
 * nobody calls counts; without a service all groups together.
 */
function overall(model: Model, { groups, services, together }: YearsRun): ServiceTally {
  const rateOf = (name: string) => model.services.get(name)?.ratePerSecond?.value ?? 0;
  const busy = services.filter(({ name }) => rateOf(name) > 0);
  if (busy.length > 0) {
    const total = busy.reduce((sum, { name }) => sum + rateOf(name), 0);
    return busy.map((one) => weighted(one, rateOf(one.name) / total)).reduce(sumOf);
  }
  const called = new Set(
    [...model.services.values()].flatMap(({ calls }) => calls.map(({ to }) => to.value)),
  );
  const entries = services.filter(({ dependsOn, name }) => {
    return dependsOn.length > 0 && !called.has(name);
  });
  const [worst] = entries.sort((a, b) => downOf(b) - downOf(a));
  return worst ?? { ...together, dependsOn: groups.map(({ name }) => name) };
}

function downOf({ down, exact }: ServiceTally): number {
  return exact?.down ?? down.mean;
}

function weighted(tally: ServiceTally, share: number): ServiceTally {
  // What depends on nothing is up, and that is exact.
  const exact = tally.dependsOn.length === 0 ? { down: 0, outagesPerMs: 0 } : tally.exact;
  return {
    ...tally,
    downs: tally.downs.map((down) => down * share),
    exact: exact && { down: exact.down * share, outagesPerMs: exact.outagesPerMs },
  };
}

function sumOf(a: ServiceTally, b: ServiceTally): ServiceTally {
  return {
    ...a,
    downs: a.downs.map((down, run) => down + (b.downs[run] ?? 0)),
    exact: a.exact &&
      b.exact && {
        down: a.exact.down + b.exact.down,
        outagesPerMs: a.exact.outagesPerMs + b.exact.outagesPerMs,
      },
    outages: a.outages + b.outages,
    dependsOn: [...new Set([...a.dependsOn, ...b.dependsOn])],
  };
}
