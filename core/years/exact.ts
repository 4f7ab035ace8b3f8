import {
  type LongRun,
  type RepairableClass,
  type SolvedSystem,
  type SystemCrew,
  type SystemGroup,
  solveSystem,
} from '../analysis/index.ts';
import { standbyPace } from '../model/machine-options.ts';
import type { FailureDomain, Group, Model, Spread } from '../model/model.ts';
import { detectionTime } from '../rules/facts/detection.ts';
import { recoveryTimes } from '../rules/facts/recovery.ts';
import { ServiceNeeds, ServiceStates } from './services.ts';

/** Larger chains are left to the simulation: this one takes about a second. */
const MOST_STATES = 1_000;
/** Each of them is up or down at least. */
const MOST_CLASSES = Math.floor(Math.log2(MOST_STATES));

/**
 * What the long run of groups and services is exactly, from a Markov chain: where all times have an
 * exponential distribution, or nothing depends on more than their means, and the chain is small.
 */
export class ExactAnswers {
  readonly #model: Model;
  readonly #needs: ServiceNeeds;
  readonly #solved = new Map<string, SolvedParts | undefined>();

  constructor(model: Model, needs = new ServiceNeeds(model)) {
    this.#model = model;
    this.#needs = needs;
  }

  ofGroup(name: string): LongRun | undefined {
    return this.#solve([name])?.longRun((isUp) => isUp(name));
  }

  ofService(name: string): LongRun | undefined {
    const groups = this.#needs.groupsBehind(name);
    if (groups.length === 0) return undefined;
    let isGroupUp: (group: string) => boolean = () => true;
    const states = new ServiceStates(this.#needs, (group) => isGroupUp(group));
    return this.#solve(groups)?.longRun((given) => {
      isGroupUp = given;
      for (const group of groups) states.groupChanged(group, 0);
      return states.isUp(name);
    });
  }

  ofAll(): LongRun | undefined {
    const names = [...this.#model.groups.keys()];
    return this.#solve(names)?.longRun((isUp) => names.every(isUp));
  }

  #solve(names: readonly string[]): SolvedParts | undefined {
    const key = JSON.stringify(names.toSorted());
    if (!this.#solved.has(key)) this.#solved.set(key, solveParts(this.#model, names));
    return this.#solved.get(key);
  }
}

interface SolvedParts {
  longRun(isUp: (isGroupUp: (name: string) => boolean) => boolean): LongRun;
}

function solveParts(model: Model, names: readonly string[]): SolvedParts | undefined {
  const parts = new SystemOf(model);
  if (!names.every((name) => parts.addGroup(name))) return undefined;
  const system = parts.system();
  const solved: SolvedSystem | undefined = system && solveSystem(system, MOST_STATES);
  return (
    solved && {
      longRun: (isUp) =>
        solved.longRun((isGroupUp) => isUp((name) => isGroupUp(parts.numberOf(name)))),
    }
  );
}

/** Groups and all that they share something with, as far as the chain can express them. */
class SystemOf {
  readonly #model: Model;
  readonly #classes: RepairableClass[] = [];
  readonly #groups: SystemGroup[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #domains = new Map<string, number>();
  readonly #crews = new Map<string, number>();
  #network: number | undefined;

  constructor(model: Model) {
    this.#model = model;
  }

  numberOf(group: string): number {
    return this.#numbers.get(group) ?? -1;
  }

  /** @returns whether the chain can express it, with all that waits for the same crew */
  addGroup(name: string): boolean {
    if (this.#numbers.has(name)) return true;
    const group = this.#model.groups.get(name);
    if (!group || !isExpressible(group)) return false;
    const { repairCrew } = group;
    const number = this.#groups.length;
    this.#numbers.set(name, number);
    const byPlace = new Map<string, { count: number; within: number[] }>();
    for (const { region, zone } of group.members) {
      const place = JSON.stringify([region?.value, zone?.value]);
      const known = byPlace.get(place);
      if (known) {
        known.count++;
        continue;
      }
      const { regions, zones } = this.#model;
      const within = [
        region && this.#addDomain(`region ${region.value}`, regions.get(region.value)),
        zone && this.#addDomain(`zone ${place}`, zones.get(zone.value)),
      ];
      byPlace.set(place, { count: 1, within: within.filter((one) => one !== undefined) });
    }
    const isUneven = standbyPace(group) < 1 || group.coverage.value < 1;
    const liesInDomains = [...byPlace.values()].some(({ within }) => within.length > 0);
    const { network } = this.#model;
    if (isUneven && (liesInDomains || (network && byPlace.size > 1))) return false;
    const places = isUneven
      ? [['', { count: group.members.length, within: [] }] as const]
      : [...byPlace];
    const crew = repairCrew && this.#addCrew(repairCrew.value);
    if (crew !== undefined && !isExponential(group)) return false;
    const classes = places.map(([place, { count, within }]) => {
      this.#classes.push({
        count,
        mttfMs: group.mtbfMs?.value ?? Number.POSITIVE_INFINITY,
        mttrMs: recoveryTimes(group.recovery).meanMs,
        ...(crew !== undefined && { crew }),
        within,
        place,
      });
      return this.#classes.length - 1;
    });
    this.#groups.push({
      needed: Math.max(1, group.minHealthy.value),
      classes,
      standbyPace: standbyPace(group),
      commonCause: group.commonCause.value,
      coverage: group.coverage.value,
    });
    if (network && byPlace.size > 1) {
      this.#network ??= this.#addDomain('network', network);
      if (this.#network === undefined) return false;
    }
    return repairCrew === undefined || this.#addAllOf(repairCrew.value);
  }

  system() {
    const crews: SystemCrew[] = [];
    for (const [name, number] of this.#crews) {
      const crew = this.#model.repairCrews.get(name);
      if (!crew) return undefined;
      const { inspectionMs, order, size } = crew;
      const classes = this.#classes.filter((one) => one.crew === number).length;
      // Who waits behind whom would be a state of its own.
      const isOneQueue = classes === 1;
      const isRace = inspectionMs.value > 0 && size.value === 1;
      const isSimple = isOneQueue && inspectionMs.value === 0;
      if (!isSimple && !(isRace && (isOneQueue || order.value === 'race'))) return undefined;
      crews[number] = { size: size.value, inspectionMs: inspectionMs.value };
    }
    const isSound = this.#classes.every(
      ({ mttrMs }) => mttrMs > 0 && mttrMs < Number.POSITIVE_INFINITY,
    );
    const failing = this.#classes.filter(({ mttfMs }) => mttfMs < Number.POSITIVE_INFINITY);
    if (!isSound || failing.length > MOST_CLASSES) return undefined;
    return {
      classes: this.#classes,
      groups: this.#groups,
      crews,
      ...(this.#network !== undefined && { network: this.#network }),
    };
  }

  #addCrew(name: string): number | undefined {
    if (!this.#model.repairCrews.has(name)) return undefined;
    const known = this.#crews.get(name);
    if (known !== undefined) return known;
    this.#crews.set(name, this.#crews.size);
    return this.#crews.size - 1;
  }

  #addDomain(key: string, domain: FailureDomain | undefined): number | undefined {
    if (!domain) return undefined;
    const known = this.#domains.get(key);
    if (known !== undefined) return known;
    const { lifetime, mtbfMs, repairCrew, repairMs, repairSpread } = domain;
    const crew = repairCrew && this.#addCrew(repairCrew.value);
    const number = this.#classes.length;
    this.#domains.set(key, number);
    // What is not exponential must not wait for anybody: a time of 0 is refused later.
    const isSound = crew === undefined || areExponential(lifetime, repairSpread);
    this.#classes.push({
      count: 1,
      mttfMs: mtbfMs.value,
      mttrMs: isSound ? repairMs.value : 0,
      ...(crew !== undefined && { crew }),
      within: [],
      place: '',
    });
    return number;
  }

  /** Everything that a crew repairs, because all of it may have to wait. */
  #addAllOf(crew: string): boolean {
    const { groups, network } = this.#model;
    for (const [name, { repairCrew }] of groups) {
      if (repairCrew?.value === crew && !this.addGroup(name)) return false;
    }
    if (network?.repairCrew?.value === crew) this.#network ??= this.#addDomain('network', network);
    return true;
  }
}

function isExpressible(group: Group): boolean {
  const { activationMs, commonCause, coverage, members, minHealthy, repairCrew } = group;
  if (activationMs.value > 0 || detectionTime(group)) return false;
  const { replication } = group;
  const copies = replication?.copies?.value ?? members.length;
  if (replication && (replication.mode.value === 'quorum' || copies < members.length)) return false;
  const pace = standbyPace(group);
  const hasStandbys = members.length > Math.max(1, minHealthy.value);
  const isEven = pace === 1 || !hasStandbys;
  const isSimple = isEven && commonCause.value === 0 && coverage.value === 1;
  if (isSimple && !repairCrew) return true;
  if (!isExponential(group)) return false;
  const active = members.filter(({ role }) => role === 'active').length;
  const needed = Math.max(1, minHealthy.value);
  // Actives beyond the minimum are standbys once they were repaired.
  if ((!isEven || coverage.value < 1) && active > needed) return false;
  if (commonCause.value > 0 && (!isEven || coverage.value < 1)) return false;
  return coverage.value === 1 || (!repairCrew && (pace === 1 || needed === 1));
}

function isExponential({ lifetime, recovery, recoverySpread }: Group): boolean {
  return areExponential(lifetime, recoverySpread) && recovery.successRate.value === 1;
}

function areExponential(...spreads: readonly Spread[]): boolean {
  return spreads.every(({ distribution }) => distribution.value === 'exponential');
}
