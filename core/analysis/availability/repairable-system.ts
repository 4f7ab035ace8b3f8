import {
  type ChainState,
  exploreChain,
  type MarkovChain,
  stationaryShares,
} from '../numeric/markov-chain.ts';

/**
 * Groups of members that fail, share what they lie in, and share who repairs them. All times are
 * exponential; where nothing makes one part wait for another, only their means matter.
 */
export interface RepairableSystem {
  readonly classes: readonly RepairableClass[];
  readonly groups: readonly SystemGroup[];
  readonly crews: readonly SystemCrew[];
  /** The class, of one, without which members reach only those of their own place. */
  readonly network?: number;
}

/** Parts that are alike: members of one group in one place, or one zone, region or network. */
export interface RepairableClass {
  readonly count: number;
  /** Mean time up of each, ms, more than 0; Infinity for what never fails. */
  readonly mttfMs: number;
  /** Mean time that the repair of one takes, ms, more than 0. */
  readonly mttrMs: number;
  /** The number of the crew that repairs them; absent means that none waits. */
  readonly crew?: number;
  /** Numbers of the classes, of one each, without which they are out of reach. */
  readonly within: readonly number[];
  /** Of members: where they are. */
  readonly place: string;
}

export interface SystemGroup {
  readonly needed: number;
  /** Numbers of its classes; one where standbys age slower, or takeovers may fail. */
  readonly classes: readonly number[];
  /** How often a waiting standby fails, relative to an active, in [0, 1]. */
  readonly standbyPace: number;
  /** Share of failures that strike all members at once, in [0, 1]; 0 with the next or a slow pace. */
  readonly commonCause: number;
  /**
   * Probability that a takeover works; after others the group is down until the failed member is
   * back. Below 1 only without a crew, and with one member needed or hot standbys.
   */
  readonly coverage: number;
}

export interface SystemCrew {
  /** How many are repaired at once; 1 where classes wait for one another. */
  readonly size: number;
  /**
   * Mean time of an inspection, ms; 0 for a crew of one class. Else every class with something broken
   * is inspected at once, and what is found first is repaired.
   */
  readonly inspectionMs: number;
}

/** How often something is down, in the long run. */
export interface LongRun {
  /** Share of time, in [0, 1]. */
  readonly down: number;
  readonly outagesPerMs: number;
}

/**
 * The long run of a system from its Markov chain: for each class how many are down, for each crew
 * what it repairs, for each group whether a takeover has failed.
 *
 * Sources: K. S. Trivedi, "Probability and Statistics with Reliability, Queuing, and Computer Science
 * Applications", chapter 8; common causes as in K. N. Fleming's β-factor model (1974); crews that
 * inspect as in B. Haverkort, H. Hermanns, J.-P. Katoen, "On the Use of Model Checking Techniques for
 * Dependability Evaluation" (SRDS 2000).
 *
 * @param mostStates larger chains are given up
 * @returns `undefined` for a larger chain
 */
export function solveSystem(
  system: RepairableSystem,
  mostStates: number,
): SolvedSystem | undefined {
  const steps = new SystemSteps(system);
  const chain = exploreChain(steps.start, (state, leads) => steps.from(state, leads), mostStates);
  const shares = chain && stationaryShares(chain);
  return shares && new SolvedSystem(steps, chain, shares);
}

/** A chain and the share of time in each of its states. */
export class SolvedSystem {
  readonly #steps: SystemSteps;
  readonly #chain: MarkovChain;
  readonly #shares: Float64Array;

  constructor(steps: SystemSteps, chain: MarkovChain, shares: Float64Array) {
    this.#steps = steps;
    this.#chain = chain;
    this.#shares = shares;
  }

  get states(): number {
    return this.#shares.length;
  }

  /** @param isUp whether something is up, given which groups are, by their numbers */
  longRun(isUp: (isGroupUp: (group: number) => boolean) => boolean): LongRun {
    const ups = this.#chain.states.map((state) =>
      isUp((group) => this.#steps.isGroupUp(state, group)),
    );
    let down = 0;
    let outagesPerMs = 0;
    for (const [number, share] of this.#shares.entries()) {
      if (!ups[number]) {
        down += share;
        continue;
      }
      const leads = this.#chain.steps[number] ?? [];
      for (let i = 0; i < leads.length; i += 2) {
        if (!ups[leads[i] ?? 0]) outagesPerMs += share * (leads[i + 1] ?? 0);
      }
    }
    return { down: Math.min(1, down), outagesPerMs };
  }
}

type Leads = (to: ChainState, ratePerMs: number) => void;

/** The ways from state to state of a system. */
class SystemSteps {
  readonly start: ChainState;
  readonly #system: RepairableSystem;
  /** Behind how many of each class are down: what each crew repairs, and what failed in vain. */
  readonly #firstCrew: number;
  readonly #firstGroup: number;
  readonly #ofCrew: readonly (readonly number[])[];

  constructor(system: RepairableSystem) {
    this.#system = system;
    this.#firstCrew = system.classes.length;
    this.#firstGroup = this.#firstCrew + system.crews.length;
    this.start = new Array(this.#firstGroup + system.groups.length).fill(0);
    this.#ofCrew = system.crews.map((_, crew) =>
      [...system.classes.keys()].filter((one) => system.classes[one]?.crew === crew),
    );
  }

  isGroupUp(state: ChainState, number: number): boolean {
    const { classes, groups, network } = this.#system;
    const group = groups[number];
    if (!group || this.#isBlocked(state, number)) return false;
    const isSplit = network !== undefined && state[network] !== 0;
    const upIn = new Map<string, number>();
    for (const one of group.classes) {
      const { count, place, within } = classes[one] as RepairableClass;
      if (within.some((domain) => state[domain] !== 0)) continue;
      const where = isSplit ? place : '';
      upIn.set(where, (upIn.get(where) ?? 0) + count - (state[one] ?? 0));
    }
    return Math.max(0, ...upIn.values()) >= group.needed;
  }

  from(state: ChainState, leads: Leads): void {
    const { classes, crews, groups } = this.#system;
    const members = new Set(groups.flatMap((group) => group.classes));
    for (const [number, group] of groups.entries()) this.#failures(state, number, group, leads);
    for (const [number, { count, mttfMs }] of classes.entries()) {
      if (members.has(number)) continue;
      leads(plus(state, number, 1), (count - (state[number] ?? 0)) / mttfMs);
    }
    for (const [number, { crew, mttrMs }] of classes.entries()) {
      if (crew === undefined) this.#repairs(state, number, mttrMs, leads);
    }
    for (const [number, crew] of crews.entries()) this.#crewSteps(state, number, crew, leads);
  }

  #isBlocked(state: ChainState, group: number): boolean {
    return state[this.#firstGroup + group] === 1;
  }

  #failures(state: ChainState, number: number, group: SystemGroup, leads: Leads): void {
    const { commonCause, coverage, needed, standbyPace } = group;
    let struck = state;
    let commonPerMs = 0;
    for (const one of group.classes) {
      const { count, mttfMs } = this.#system.classes[one] as RepairableClass;
      const up = count - (state[one] ?? 0);
      if (up === 0) continue;
      struck = plus(struck, one, up);
      commonPerMs = commonCause / mttfMs;
      const isBlocked = this.#isBlocked(state, number);
      // Who was promoted in vain has not begun to work.
      const serving = isBlocked ? 0 : Math.min(up, needed);
      const waitingPerMs = ((up - serving) * standbyPace * (1 - commonCause)) / mttfMs;
      const servingPerMs = (serving * (1 - commonCause)) / mttfMs;
      const failed = plus(state, one, 1);
      const works = up > needed ? coverage : 1;
      leads(failed, waitingPerMs + servingPerMs * works);
      leads(plus(failed, this.#firstGroup + number, 1), servingPerMs * (1 - works));
    }
    leads(struck, commonPerMs);
  }

  /** Nobody waits. */
  #repairs(state: ChainState, one: number, mttrMs: number, leads: Leads): void {
    const down = state[one] ?? 0;
    if (down === 0) return;
    const back = plus(state, one, -1);
    const group = this.#system.groups.findIndex(({ classes }) => classes.includes(one));
    if (group >= 0 && this.#isBlocked(state, group)) {
      leads(plus(back, this.#firstGroup + group, -1), 1 / mttrMs);
      leads(back, (down - 1) / mttrMs);
    } else leads(back, down / mttrMs);
  }

  #crewSteps(state: ChainState, number: number, crew: SystemCrew, leads: Leads): void {
    const ofCrew = this.#ofCrew[number] ?? [];
    const mttrOf = (one: number) => this.#system.classes[one]?.mttrMs ?? 1;
    if (crew.inspectionMs === 0) {
      const [one = 0] = ofCrew;
      const repaired = Math.min(state[one] ?? 0, crew.size);
      if (repaired > 0) leads(plus(state, one, -1), repaired / mttrOf(one));
      return;
    }
    const at = this.#firstCrew + number;
    const present = state[at] ?? 0;
    if (present > 0) {
      const one = present - 1;
      leads(plus(plus(state, at, -present), one, -1), 1 / mttrOf(one));
      return;
    }
    for (const one of ofCrew) {
      if ((state[one] ?? 0) > 0) leads(plus(state, at, one + 1), 1 / crew.inspectionMs);
    }
  }
}

function plus(state: ChainState, at: number, change: number): ChainState {
  const next = [...state];
  next[at] = (next[at] ?? 0) + change;
  return next;
}
