import type { Fault, Model } from '../model/model.ts';
import { trafficOf } from '../model/traffic.ts';
import {
  BY_CHANCE,
  COMEBACK_VERDICTS,
  type Comeback,
  type ComebackVerdict,
  faultsTogether,
  RISE_IN_LOAD,
} from '../simulation/comeback/index.ts';
import { estimate, wilson95 } from '../simulation/estimate.ts';
import type { RunNumbers } from '../simulation/run.ts';
import type { Placer } from './build-place.ts';
import { tellFault } from './fault-text.ts';
import type { ComebackResult } from './report.ts';
import { durationText } from './text.ts';

/** Whether each service with traffic came back after each disturbance, over all replications. */
export function buildComebacks(
  model: Model,
  { replications, scenario }: RunNumbers,
  place: Placer,
): ComebackResult[] {
  const causes = faultsTogether(scenario);
  const traffic = trafficOf(model, scenario);
  const services = [...model.services.values()].filter(({ name }) => traffic.has(name));
  const all = replications.flatMap(({ comebacks }) => comebacks);
  return [...causes.keys(), BY_CHANCE, RISE_IN_LOAD].flatMap((cause) =>
    services.flatMap(({ name, nameAt }): ComebackResult[] => {
      const seen = all.filter((one) => one.cause === cause && one.service === name);
      if (seen.length === 0) return [];
      const faults = causes[cause] ?? [];
      const at = faults[0]?.at ?? nameAt;
      const after = cause === RISE_IN_LOAD ? 'the load had risen' : tellFaults(faults);
      return [{ service: name, after, place: place(at), ...summarise(seen) }];
    }),
  );
}

function summarise(seen: readonly Comeback[]): Omit<ComebackResult, 'service' | 'after' | 'place'> {
  const count = (verdict: ComebackVerdict) => seen.filter((one) => one.verdict === verdict).length;
  const runs = Object.fromEntries(COMEBACK_VERDICTS.map((verdict) => [verdict, count(verdict)]));
  const back = seen.flatMap(({ backMs }) => backMs ?? []);
  const unclear = seen.find(({ reason }) => reason !== undefined);
  return {
    status: COMEBACK_VERDICTS.findLast((verdict) => count(verdict) > 0) ?? 'unclear',
    runs: runs as Record<ComebackVerdict, number>,
    stuckRatio: wilson95(count('stuck'), seen.length),
    backMs: back.length > 0 ? estimate(back) : null,
    goodputRatio: estimate(seen.map(({ goodputRatio }) => goodputRatio)),
    unclear: unclear ? whyUnclear(unclear) : null,
  };
}

function whyUnclear({ observedMs, reason }: Comeback): string {
  const later = `${durationText(observedMs)} later`;
  switch (reason) {
    case 'not-over':
      return 'something was still wrong when the run ended';
    case 'rising':
      return `goodput was still rising when the run ended, ${later}`;
    case 'falling':
      return 'goodput was falling before anything went wrong, which may not be to blame';
    case 'little-traffic':
      return 'fewer than 100 requests, or none answered in full, before anything went wrong';
    default:
      return `the run ended, or the next fault came, ${later}: too soon to tell`;
  }
}

function tellFaults(faults: readonly Fault[]): string {
  const [first] = faults;
  if (!first) return 'failures by chance';
  const more = faults.length - 1;
  const what = more > 0 ? `${tellFault(first)} and ${more} more` : tellFault(first);
  return `${what} at ${durationText(first.atMs.value)}`;
}
