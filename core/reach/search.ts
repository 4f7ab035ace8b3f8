import type { Change } from '../model/fix.ts';
import type { Model } from '../model/model.ts';
import type { Forecast, Judge } from './judges/index.ts';
import type { Lever, Setting } from './levers/index.ts';
import { PriorityQueue } from './priority-queue.ts';

/** How many models are judged at most. */
const MOST_EVALUATIONS = 10_000;
/** Parts of models that are looked at in all, so that a large model is judged less often. */
const MOST_WORK = 1_000_000;
/** But never less often than this. */
const LEAST_EVALUATIONS = 50;
/** Levers beyond these, by what each can do alone, are not combined. */
const MOST_LEVERS = 40;
/** Less than this share of the shortfall is rounding, not a step forward. */
const NOTABLE = 1e-6;

/** A few changes, and what they come to. */
export interface Candidate {
  readonly model: Model;
  readonly edits: readonly CandidateEdit[];
  readonly cost: number;
  readonly forecast: Forecast;
  /** Whether nothing cheaper meets the objective, as far as the levers go. */
  readonly isCheapest: boolean;
}

export interface CandidateEdit {
  readonly title: string;
  readonly cost: number;
  readonly changes: readonly Change[];
}

/** One setting of one lever. */
interface Option {
  readonly lever: number;
  readonly setting: Setting;
  /** Place among the settings of its lever. */
  readonly step: number;
}

/**
 * Looks for the cheapest settings of levers with which an objective is met.
 *
 * Each setting is judged alone; those that help are combined. First in large steps, to see whether
 * the objective can be met at all: the setting that closes most of the gap for its cost, again and
 * again. Then in order of cost, then of the number of edits, then of the size of the changes: so the
 * first that is found is the cheapest. What helps only together with something else is not found.
 *
 * Bounded by 10,000 judgements, fewer where a model is large; then what was found in large steps
 * must do. The same model gives the same candidates, in the same order.
 */
export class Search {
  readonly #model: Model;
  readonly #judge: Judge;
  readonly #levers: readonly Lever[];
  readonly #goesOn: () => boolean;
  readonly #mostEvaluations: number;
  /** As it is. */
  readonly #before: Candidate;
  #evaluations = 0;
  #best: Candidate | undefined;

  /** @param goesOn asked before each judgement whether to go on */
  constructor(model: Model, judge: Judge, levers: readonly Lever[], goesOn: () => boolean) {
    this.#model = model;
    this.#judge = judge;
    this.#levers = levers;
    this.#goesOn = goesOn;
    const most = Math.floor(MOST_WORK / sizeOf(model));
    this.#mostEvaluations = Math.min(MOST_EVALUATIONS, Math.max(LEAST_EVALUATIONS, most));
    this.#before = this.#candidate([], false);
  }

  /** How many models have been judged. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** What has come closest so far. */
  get best(): Candidate {
    return this.#best ?? this.#before;
  }

  /** What meets the objective, the cheapest first. */
  *candidates(): Generator<Candidate> {
    const options = this.#helpful();
    const large = this.#inLargeSteps(options);
    if (!large) return;
    const found = this.#candidate(large, false);
    let wasFound = false;
    for (const candidate of this.#inOrder(options)) {
      wasFound ||= isSame(candidate, found);
      yield candidate;
    }
    if (!wasFound && this.#goesOn()) yield found;
  }

  /** The settings that help by themselves, those of the best levers first. */
  #helpful(): Option[][] {
    const { shortfall } = this.#before.forecast;
    const levers = this.#levers.map((lever, index) => {
      const options: Option[] = [];
      let most = 0;
      for (const [step, setting] of lever.settings.entries()) {
        const option = { lever: index, setting, step };
        const gain = shortfall - this.#shortfall([option]);
        if (!(gain > shortfall * NOTABLE)) continue;
        options.push(option);
        most = Math.max(most, gain / setting.cost);
      }
      return { most, options };
    });
    return levers
      .filter(({ most }) => most > 0)
      .sort((a, b) => b.most - a.most)
      .slice(0, MOST_LEVERS)
      .map(({ options }) => options);
  }

  /** Settings with which the objective is met, none of which can be left out. */
  #inLargeSteps(levers: readonly (readonly Option[])[]): readonly Option[] | undefined {
    let chosen: readonly Option[] = [];
    for (let { shortfall } = this.#before.forecast; shortfall > 0; ) {
      let next: readonly Option[] = chosen;
      let [most, least] = [0, shortfall];
      for (const option of levers.flat()) {
        // In place of another setting of the same lever.
        const tried = [...chosen.filter(({ lever }) => lever !== option.lever), option];
        const left = this.#shortfall(tried);
        const cost = costOf(tried) - costOf(chosen);
        const gain = (shortfall - left) / Math.max(cost, Number.MIN_VALUE);
        if (left < shortfall * (1 - NOTABLE) && gain > most) {
          [next, most, least] = [tried, gain, left];
        }
      }
      if (next === chosen) return undefined;
      [chosen, shortfall] = [next, least];
    }
    for (const option of [...chosen]) {
      const fewer = chosen.filter((one) => one !== option);
      if (this.#shortfall(fewer) === 0) chosen = fewer;
    }
    return chosen;
  }

  /** All combinations with which the objective is met, in order. */
  *#inOrder(levers: readonly (readonly Option[])[]): Generator<Candidate> {
    // By cost, so that to exchange an option for the next one, or to add a later one, is never
    // cheaper: each combination has two that follow from it, and each follows from one.
    const options = levers
      .flat()
      .sort((a, b) => a.setting.cost - b.setting.cost || a.step - b.step);
    const queue = new PriorityQueue(isBefore);
    const push = (chosen: readonly number[]) => {
      const state = stateOf(chosen, options);
      if (state) queue.push(state);
    };
    push([0]);
    for (let state = queue.pop(); state && this.#hasTime(); state = queue.pop()) {
      const { chosen } = state;
      const last = chosen.at(-1) ?? 0;
      const tried = chosen.flatMap((index) => options[index] ?? []);
      const isPossible = new Set(tried.map(({ lever }) => lever)).size === tried.length;
      const candidate = isPossible ? this.#candidate(tried, true) : undefined;
      if (candidate?.forecast.isMet) yield candidate;
      push([...chosen.slice(0, -1), last + 1]);
      // More than enough is not cheaper.
      if (candidate && !candidate.forecast.isMet) push([...chosen, last + 1]);
    }
  }

  #hasTime(): boolean {
    return this.#evaluations < this.#mostEvaluations && this.#goesOn();
  }

  /** Infinite when there is no time left to find out. */
  #shortfall(options: readonly Option[]): number {
    if (!this.#hasTime()) return Number.POSITIVE_INFINITY;
    return this.#candidate(options, false).forecast.shortfall;
  }

  #candidate(options: readonly Option[], isCheapest: boolean): Candidate {
    let model = this.#model;
    const edits: CandidateEdit[] = [];
    // In the order of the file, whatever the order in which they were chosen.
    for (const { setting } of options.toSorted((a, b) => a.lever - b.lever)) {
      const { changes, model: changed, title } = setting.apply(model);
      model = changed;
      edits.push({ title, cost: setting.cost, changes });
    }
    const forecast = this.#judge.forecast(model);
    this.#evaluations += 1;
    const candidate = { model, edits, cost: costOf(options), forecast, isCheapest };
    if (!this.#best || forecast.shortfall < this.#best.forecast.shortfall) {
      this.#best = candidate;
    }
    return candidate;
  }
}

function costOf(options: readonly Option[]): number {
  return options.reduce((sum, { setting }) => sum + setting.cost, 0);
}

function isSame(a: Candidate, b: Candidate): boolean {
  const titles = ({ edits }: Candidate) => edits.map(({ title }) => title).join('\n');
  return titles(a) === titles(b);
}

/** What one judgement walks over, more or less. */
function sizeOf({ groups, services }: Model): number {
  let size = 1 + groups.size + services.size;
  for (const { members } of groups.values()) size += members.length;
  for (const { calls } of services.values()) size += calls.length;
  return size;
}

/** Options that are to be tried together, by their places in a list. */
interface State {
  readonly chosen: readonly number[];
  readonly cost: number;
  /** How far they are from what is written. */
  readonly steps: number;
}

/** None beyond the end of the list. */
function stateOf(chosen: readonly number[], options: readonly Option[]): State | undefined {
  let [cost, steps] = [0, 0];
  for (const index of chosen) {
    const option = options[index];
    if (!option) return undefined;
    cost += option.setting.cost;
    steps += option.step;
  }
  return { chosen, cost, steps };
}

function isBefore(a: State, b: State): boolean {
  const difference = a.cost - b.cost || a.chosen.length - b.chosen.length || a.steps - b.steps;
  return difference < 0;
}
