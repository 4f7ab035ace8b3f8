import { YEAR_MS } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import { estimate } from '../simulation/estimate.ts';
import {
  failsByChance,
  type GroupTally,
  type OutageCause,
  type YearsRun,
  type YearsTally,
} from '../years/index.ts';
import type { Placer } from './build-place.ts';
import type { Estimate, YearsCause, YearsResult, YearsSection } from './report.ts';

const CAUSES: Readonly<Record<OutageCause, string>> = {
  failures: 'too many members failed',
  takeover: 'a standby had yet to take over',
  coverage: 'a takeover did not work',
  'common-cause': 'a common cause',
  zone: 'a zone was lost',
  region: 'a region was lost',
  network: 'the network was down',
};

/** What a report says of years of failures and repairs. */
export function buildYears(model: Model, run: YearsRun, place: Placer): YearsSection {
  return {
    years: run.years,
    runs: run.runs,
    groups: run.groups.map((tally) => {
      const group = model.groups.get(tally.name);
      const fails = group !== undefined && failsByChance(model, group);
      const causes = causesOf(tally, (cause) => CAUSES[cause as OutageCause]);
      return {
        name: tally.name,
        place: place(group?.nameAt ?? model.simulation.durationMs.source.at),
        ...longRun(tally, run, fails),
        causes,
        failoversPerYear: tally.failovers / run.years,
        lost: group?.replication ? lossOf(tally, run, writesPerSecond(model, tally.name)) : null,
      };
    }),
    services: run.services.flatMap((tally): YearsResult[] => {
      const service = model.services.get(tally.name);
      if (!service) return [];
      const groups = tally.dependsOn.flatMap((name) => model.groups.get(name) ?? []);
      const fails = groups.some((group) => failsByChance(model, group));
      return [
        {
          name: tally.name,
          place: place(service.nameAt),
          ...longRun(tally, run, fails),
          causes: causesOf(tally, (group) => `${group} was down`),
          failoversPerYear: 0,
          lost: null,
        },
      ];
    }),
  };
}

export type LongRun = Pick<
  YearsResult,
  'evidence' | 'availability' | 'outagesPerYear' | 'downtimePerYearMs' | 'longestOutageMs'
>;

/** The availability of something over years, and what is known of it. */
export function longRun(
  { downs, exact, outages, longestMs }: YearsTally,
  { longestRepairMs, unseenPerYear, years }: YearsRun,
  fails: boolean,
): LongRun {
  if (!fails) {
    const availability = { mean: 1, halfWidth: null };
    return { evidence: 'unknown', availability, ...yearly(0, 0), longestOutageMs: 0 };
  }
  if (exact) {
    const availability = { mean: 1 - exact.down, halfWidth: 0 };
    const rates = yearly(exact.outagesPerMs * YEAR_MS, exact.down);
    return { evidence: 'exact', availability, ...rates, longestOutageMs: longestMs };
  }
  if (outages === 0) {
    // As if every outage that was missed took as long as the longest repair does on average.
    const down = Math.min(1, (unseenPerYear * longestRepairMs) / YEAR_MS);
    const availability = { mean: 1 - down, halfWidth: null };
    return {
      evidence: 'none-seen',
      availability,
      ...yearly(unseenPerYear, down),
      longestOutageMs: 0,
    };
  }
  const down = estimate(downs);
  const availability: Estimate = { mean: 1 - down.mean, halfWidth: down.halfWidth };
  const rates = yearly(outages / years, down.mean);
  return { evidence: 'simulated', availability, ...rates, longestOutageMs: longestMs };
}

function yearly(outagesPerYear: number, down: number) {
  return { outagesPerYear, downtimePerYearMs: down * YEAR_MS };
}

function causesOf({ causes, outages }: YearsTally, word: (cause: string) => string): YearsCause[] {
  return [...causes]
    .map(([cause, count]) => ({ text: word(cause), share: count / outages }))
    .sort((a, b) => b.share - a.share);
}

function lossOf({ lossyFailovers, lostMs }: GroupTally, { years }: YearsRun, perSecond: number) {
  const msPerYear = lostMs / years;
  return {
    failoversPerYear: lossyFailovers / years,
    msPerYear,
    writesPerYear: (msPerYear / 1000) * perSecond,
  };
}

/** Writes that services with traffic of their own make to a group, one for each request. */
function writesPerSecond(model: Model, group: string): number {
  let perSecond = 0;
  for (const { calls, ratePerSecond } of model.services.values()) {
    const writes = calls.filter(
      ({ operation, to }) => to.value === group && operation.value === 'write',
    );
    perSecond += writes.length * (ratePerSecond?.value ?? 0);
  }
  return perSecond;
}
