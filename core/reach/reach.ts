import type { Model } from '../model/model.ts';
import { layersOf, multiplierOf } from '../rules/facts/amplification.ts';
import { callSites } from '../rules/facts/calls.ts';
import {
  type AvailabilityOptions,
  type Judge,
  judgeOf,
  type MissingNumber,
} from './judges/index.ts';
import { leversFor } from './levers/index.ts';
import { type Objective, objectivesOf, objectiveText, valueText } from './objective.ts';
import { type Candidate, type CandidateEdit, Search } from './search.ts';

/** So many requests one may become when all fails; more is a storm (as `retry-amplification`). */
const MOST_AMPLIFICATION = 10;
/** So many proposals are looked at closely. */
const MOST_TRIALS = 5;
/** And so many may do harm before it is clear that they all do. */
const MOST_HARMFUL = 50;

export interface ReachOptions<T> extends AvailabilityOptions {
  /** Looks at a proposal closely; each look may take its time. */
  readonly accept: (proposal: Proposal) => Verdict<T>;
  readonly isCancelled?: () => boolean;
}

export type Verdict<T> =
  | { readonly kind: 'accepted'; readonly confirmation: T }
  | { readonly kind: 'rejected'; readonly why: string }
  | { readonly kind: 'cancelled' };

/** What an objective comes to by closed forms. */
export interface Predicted {
  /** A share in [0, 1] with `availability`, else ms. */
  readonly value: number;
  readonly isMet: boolean;
  /** How it comes about, the worst first. */
  readonly arithmetic: readonly string[];
}

/** Changes that lead towards an objective. */
export interface Proposal {
  readonly objective: Objective;
  readonly edits: readonly CandidateEdit[];
  /** By `COSTS`. */
  readonly cost: number;
  readonly before: Predicted;
  readonly after: Predicted;
  /** Numbers that are not written, and were taken as harmless. */
  readonly unknown: readonly MissingNumber[];
  /** Whether nothing cheaper would do; otherwise the search came to its bound before it knew. */
  readonly isCheapest: boolean;
}

export type ReachResult<T> =
  | {
      readonly kind: 'reached';
      readonly proposal: Proposal;
      readonly confirmation: T;
      /** How many models were judged. */
      readonly evaluations: number;
    }
  | {
      readonly kind: 'met-already';
      readonly predicted: Predicted;
      readonly unknown: readonly MissingNumber[];
    }
  | {
      readonly kind: 'unreachable';
      readonly why: string;
      /** What comes closest; without edits where nothing helps at all. */
      readonly best: Proposal;
      readonly evaluations: number;
    }
  /** Too little is written to say anything. */
  | { readonly kind: 'cannot-judge'; readonly missing: readonly MissingNumber[] }
  | { readonly kind: 'cancelled' };

/** Whether an objective is not met, as far as the file says. */
export function isMissed(
  model: Model,
  objective: Objective,
  options: AvailabilityOptions = {},
): boolean {
  const judge = judgeOf(objective, options);
  return judge.hasEvidence(model) && !judge.forecast(model).isMet;
}

/**
 * Looks for the cheapest change with which a model meets an objective, by closed forms (`Search`).
 *
 * A proposal keeps the other objectives: none that is met is missed by it, and none that is missed
 * is missed by more. It lets no request become more than ten when all fails, unless it could before.
 */
export function reach<T>(
  model: Model,
  objective: Objective,
  { accept, isCancelled = () => false, ...options }: ReachOptions<T>,
): ReachResult<T> {
  const judge = judgeOf(objective, options);
  const unknown = judge.missing(model);
  const before = predicted(judge, model);
  const isKnown = judge.hasEvidence(model);
  if (!isKnown && (before.isMet || unknown.length > 0)) {
    return { kind: 'cannot-judge', missing: unknown };
  }
  if (before.isMet) return { kind: 'met-already', predicted: before, unknown };

  const search = new Search(
    model,
    judge,
    leversFor(model, objective, options),
    () => !isCancelled(),
  );
  const propose = ({ cost, edits, isCheapest, model: changed }: Candidate): Proposal => ({
    objective,
    edits,
    cost,
    before,
    after: predicted(judge, changed),
    unknown,
    isCheapest,
  });
  const guards = new Guards(model, objective, options);
  const reasons = new Set<string>();
  let [trials, harmful] = [0, 0];
  for (const candidate of search.candidates()) {
    const harm = guards.harmOf(candidate.model);
    if (harm !== undefined) {
      reasons.add(harm);
      harmful += 1;
      if (harmful === MOST_HARMFUL) break;
      continue;
    }
    const proposal = propose(candidate);
    const verdict = accept(proposal);
    if (verdict.kind === 'cancelled') return verdict;
    const { evaluations } = search;
    if (verdict.kind === 'accepted') {
      return { kind: 'reached', proposal, confirmation: verdict.confirmation, evaluations };
    }
    reasons.add(verdict.why);
    trials += 1;
    if (trials === MOST_TRIALS) break;
  }
  if (isCancelled()) return { kind: 'cancelled' };
  const best = propose(search.best);
  return {
    kind: 'unreachable',
    why: whyNot(best, [...reasons]),
    best,
    evaluations: search.evaluations,
  };
}

function predicted(judge: Judge, model: Model): Predicted {
  const { isMet, value } = judge.forecast(model);
  return { value, isMet, arithmetic: judge.explain(model) };
}

function whyNot({ after, edits, objective }: Proposal, reasons: readonly string[]): string {
  const { kind, target } = objective;
  if (reasons.length > 0) {
    const [first] = reasons;
    return `What would meet it cannot be proposed: ${first}.`;
  }
  const limit = after.arithmetic[0];
  const because = limit === undefined ? '' : ` What limits it then: ${limit}.`;
  if (edits.length === 0) {
    return `Nothing that may be changed brings the ${objectiveText(objective)} closer to ${valueText(kind, target)}.${because}`;
  }
  return `All that may be changed together comes to ${valueText(kind, after.value)}, not ${valueText(kind, target)}.${because}`;
}

/** What a proposal must not make worse. */
class Guards {
  readonly #others: readonly {
    readonly objective: Objective;
    readonly judge: Judge;
    readonly shortfall: number;
  }[];
  readonly #amplification: number;

  constructor(model: Model, objective: Objective, options: AvailabilityOptions) {
    this.#others = objectivesOf(model)
      .filter(({ kind, service }) => kind !== objective.kind || service !== objective.service)
      .map((other) => {
        const judge = judgeOf(other, options);
        return { objective: other, judge, shortfall: judge.forecast(model).shortfall };
      });
    this.#amplification = Math.max(MOST_AMPLIFICATION, amplificationIn(model));
  }

  /** Why a changed model is worse than the one before, if it is. */
  harmOf(model: Model): string | undefined {
    for (const { judge, objective, shortfall } of this.#others) {
      const found = judge.forecast(model);
      if (found.shortfall > shortfall * (1 + 1e-9)) {
        const { kind } = objective;
        return `it would bring the ${objectiveText(objective)} to ${valueText(kind, found.value)}`;
      }
    }
    const requests = amplificationIn(model);
    if (requests <= this.#amplification) return undefined;
    return `one request could become ${requests} when all fails`;
  }
}

/** What one request can become, at most. */
function amplificationIn(model: Model): number {
  const layers = layersOf(model);
  return callSites(model).reduce((most, site) => {
    return Math.max(most, layers.timesAt(site.caller) * multiplierOf(site).times);
  }, 1);
}
