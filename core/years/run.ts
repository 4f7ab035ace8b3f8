import { type LongRun, YEAR_MS } from '../analysis/index.ts';
import type { Group, Model } from '../model/model.ts';
import { memberAvailability } from '../rules/facts/member-availability.ts';
import { type Estimate, estimate } from '../simulation/estimate.ts';
import type { Downtime } from './downtime.ts';
import { ExactAnswers } from './exact.ts';
import { ServiceNeeds } from './services.ts';
import { YearsWorld } from './world.ts';

/** Independent runs that the years are divided among: their spread is the interval. */
const RUNS = 20;
/** With fewer of them there is no interval. */
const FEWEST_RUNS = 2;
/** The most failures that one run may be asked for. */
const MOST_FAILURES = 20_000_000;
/** −ln 0.05: fewer events than this are expected, with 95 % confidence, where none was seen. */
const NONE_SEEN_95 = 2.995732273553991;

export interface YearsOptions {
  readonly seed: number;
  /** In all, more than 0. */
  readonly years: number;
  readonly isCancelled?: () => boolean;
  /** Told how much is done, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
}

/** What became of one thing over the years. */
export interface YearsTally {
  readonly name: string;
  /** Share of time that it is down. */
  readonly down: Estimate;
  /** In each run, in their order. */
  readonly downs: readonly number[];
  /** What it is in the long run, where a Markov chain tells exactly. */
  readonly exact: LongRun | undefined;
  /** In all years together. */
  readonly outages: number;
  readonly longestMs: number;
  /** Why outages began, and how many of them. */
  readonly causes: ReadonlyMap<string, number>;
}

export interface ServiceTally extends YearsTally {
  /** The groups that it may depend on. */
  readonly dependsOn: readonly string[];
}

export interface GroupTally extends YearsTally {
  /** Takeovers in all years together. */
  readonly failovers: number;
  readonly lossyFailovers: number;
  /** Writes that those may have lost, as time, in all. */
  readonly lostMs: number;
}

export interface YearsRun {
  /** Given up, with the runs that were whole by then, or done. */
  readonly kind: 'done' | 'partial';
  /** That were simulated. */
  readonly years: number;
  readonly runs: number;
  readonly seed: number;
  readonly groups: readonly GroupTally[];
  readonly services: readonly ServiceTally[];
  /** All groups together. */
  readonly together: YearsTally;
  /** Outages that are this rare may have been missed: at most so many a year, with 95 % confidence. */
  readonly unseenPerYear: number;
  /** The longest mean time until something that failed is back, ms. */
  readonly longestRepairMs: number;
}

export type YearsResult =
  | YearsRun
  | { readonly kind: 'cancelled' }
  /** More failures than can be simulated: how many, and how many years would do. */
  | { readonly kind: 'too-many'; readonly failures: number; readonly mostYears: number };

/**
 * Lets the components of a model fail and be repaired for years, without traffic. The result depends
 * on the model, the seed and the number of years, and on nothing else.
 */
export function runYears(model: Model, options: YearsOptions): YearsResult {
  const { isCancelled, onProgress, seed } = options;
  const failures = options.years * failuresPerYear(model);
  if (failures > MOST_FAILURES) {
    return { kind: 'too-many', failures, mostYears: (options.years * MOST_FAILURES) / failures };
  }
  const endMs = (options.years * YEAR_MS) / RUNS;
  const needs = new ServiceNeeds(model);
  const worlds: YearsWorld[] = [];
  for (let run = 0; run < RUNS; run++) {
    const world = new YearsWorld(model, needs, seed, run);
    const isDone = world.engine.run(endMs, () => {
      onProgress?.((run + Math.min(1, world.engine.nowMs / endMs)) / RUNS);
      return !isCancelled?.();
    });
    if (!isDone) break;
    worlds.push(world);
  }
  const runs = worlds.length;
  if (runs < FEWEST_RUNS) return { kind: 'cancelled' };
  const years = (options.years * runs) / RUNS;
  const exact = new ExactAnswers(model, needs);
  const groups = [...model.groups.keys()].map((name, index): GroupTally => {
    const all = worlds.flatMap((world) => world.groups[index] ?? []);
    const sum = (count: (group: (typeof all)[number]) => number) =>
      all.reduce((total, group) => total + count(group), 0);
    return {
      ...tally(
        name,
        all.map(({ downtime }) => downtime),
        endMs,
        exact.ofGroup(name),
      ),
      failovers: sum((group) => group.failovers),
      lossyFailovers: sum((group) => group.lossyFailovers),
      lostMs: sum((group) => group.lostMs),
    };
  });
  const services = needs.names.map((name, index) => {
    const all = worlds.flatMap(({ services: { downtimes } }) => downtimes[index] ?? []);
    const dependsOn = needs.groupsBehind(name);
    return { ...tally(name, all, endMs, exact.ofService(name)), dependsOn };
  });
  const together = worlds.map((world) => world.together);
  return {
    kind: runs < RUNS ? 'partial' : 'done',
    years,
    runs,
    seed,
    groups,
    services,
    together: tally('all groups', together, endMs, exact.ofAll()),
    unseenPerYear: NONE_SEEN_95 / years,
    longestRepairMs: longestRepairMs(model),
  };
}

/** Whether a group can ever go down, as far as the file says. */
export function failsByChance(model: Model, { members, minHealthy, mtbfMs }: Group): boolean {
  const { network, regions, zones } = model;
  if (mtbfMs || members.length < minHealthy.value) return true;
  const places = new Set(members.map(({ zone }) => zone?.value));
  return (
    (network !== undefined && places.size > 1) ||
    members.some(({ region, zone }) => {
      return (zone && zones.has(zone.value)) || (region && regions.has(region.value));
    })
  );
}

function longestRepairMs(model: Model): number {
  const { network, regions, zones } = model;
  const domains = [...zones.values(), ...regions.values(), ...(network ? [network] : [])];
  const ofGroups = [...model.groups.values()].map((group) => {
    const { detectionMs = 0, recoveryMs = 0 } = memberAvailability(group) ?? {};
    return detectionMs + recoveryMs + group.activationMs.value;
  });
  return Math.max(0, ...ofGroups, ...domains.map(({ repairMs }) => repairMs.value));
}

/** How often members fail, and whole domains. */
export function failuresPerYear(model: Model): number {
  let perMs = 0;
  for (const { members, mtbfMs } of model.groups.values()) {
    if (mtbfMs) perMs += members.length / mtbfMs.value;
  }
  const { network, regions, zones } = model;
  for (const domain of [...zones.values(), ...regions.values(), ...(network ? [network] : [])]) {
    perMs += 1 / domain.mtbfMs.value;
  }
  return perMs * YEAR_MS;
}

function tally(
  name: string,
  all: readonly Downtime[],
  endMs: number,
  exact: LongRun | undefined,
): YearsTally {
  const downs = all.map((downtime) => downtime.downMs(endMs) / endMs);
  const causes = new Map<string, number>();
  for (const downtime of all) {
    for (const [cause, count] of downtime.causes) {
      causes.set(cause, (causes.get(cause) ?? 0) + count);
    }
  }
  return {
    name,
    down: estimate(downs),
    downs,
    exact,
    outages: all.reduce((sum, { outages }) => sum + outages, 0),
    longestMs: all.reduce((longest, one) => Math.max(longest, one.longestUpTo(endMs)), 0),
    causes,
  };
}
