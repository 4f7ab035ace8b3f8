import type { Scenario } from '../model/model.ts';
import { FEWEST_FOR_PRECISION, nextLook, widestInterval } from './precision.ts';
import type { ReplicationSummary } from './replication.ts';
import type { RunProgress } from './run.ts';
import { TooMuchWork } from './too-much-work.ts';

/** What is to be run. */
export interface RunPlan {
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  /** How many at least: with a precision, before the first look at it. */
  readonly replications: number;
  /** The widest interval that is narrow enough, relative to its mean; absent where nobody asks. */
  readonly precision?: number;
  /** How many at most, to reach it. */
  readonly mostReplications: number;
  /** How many events all of them together may take. */
  readonly mostEvents: number;
}

/** What became of one replication; plain data, so that it can come from another thread. */
export type ReplicationPart =
  | { readonly kind: 'done'; readonly summary: ReplicationSummary; readonly events: number }
  /** Given up; with what had happened until then, where it is the first and had begun. */
  | { readonly kind: 'cancelled'; readonly cut?: ReplicationSummary }
  | { readonly kind: 'too-much'; readonly atMs: number; readonly message: string };

/** How narrow the intervals became; see `widestInterval`. */
export interface ReachedPrecision {
  readonly asked: number;
  readonly reached: number | null;
}

/** How much of what was asked for is there, where a run was stopped. */
export interface PartialRun {
  /** How many replications were to be run. */
  readonly planned: number;
  /** Not even one is whole: the first was cut off. */
  readonly isCut: boolean;
}

export type Gathered =
  | {
      readonly kind: 'done';
      /** One or more, in their order. */
      readonly replications: readonly ReplicationSummary[];
      readonly precision: ReachedPrecision | null;
      readonly partial: PartialRun | null;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'too-much'; readonly problem: TooMuchWork };

/**
 * Says which replications to run, and puts together what came of them. Whoever runs them may do so in
 * any order and on any number of threads: what is decided depends on their numbers alone, and on
 * nothing that came after the last of a batch.
 */
export class Gathering {
  readonly plan: RunPlan;
  readonly #parts: (ReplicationPart | undefined)[] = [];
  #planned = 0;
  /** What was worked out for the progress. */
  #seen: Pick<RunProgress, 'replications' | 'widest'> = { replications: 0, widest: null };

  constructor(plan: RunPlan) {
    this.plan = plan;
  }

  /** How many replications are asked for so far. */
  get planned(): number {
    return this.#planned;
  }

  /** Whether something came of a replication that ends the whole run. */
  get isBroken(): boolean {
    return this.#parts.some((part) => part && part.kind !== 'done');
  }

  /** The replications to run next, once all before have been added; none when that is enough. */
  nextBatch(): readonly number[] {
    const from = this.#planned;
    if (from > 0 && (this.isBroken || this.#isEnough())) return [];
    this.#planned = from === 0 ? this.#first() : Math.min(nextLook(from), this.#most());
    return Array.from({ length: this.#planned - from }, (_, index) => from + index);
  }

  add(replication: number, part: ReplicationPart): void {
    this.#parts[replication] = part;
  }

  /** How many replications are done, and how wide the widest interval is by them. */
  progress(): Omit<RunProgress, 'simulatedMs'> {
    const done = this.#parts.flatMap((part) => (part?.kind === 'done' ? [part.summary] : []));
    if (done.length !== this.#seen.replications) {
      const widest = widestInterval(done, this.plan.scenario);
      this.#seen = { replications: done.length, widest: Number.isFinite(widest) ? widest : null };
    }
    return { ...this.#seen, planned: this.#planned };
  }

  gathered(): Gathered {
    const replications: ReplicationSummary[] = [];
    let events = 0;
    for (let index = 0; index < this.#planned; index++) {
      const part = this.#parts[index];
      if (part?.kind === 'too-much') {
        return { kind: 'too-much', problem: new TooMuchWork(part.atMs, part.message) };
      }
      if (part?.kind !== 'done') return this.#stopped(replications, part);
      events += part.events;
      if (events > this.plan.mostEvents && index < this.#first()) {
        const problem = new TooMuchWork(
          part.summary.durationMs,
          `${this.plan.mostEvents / 1e6} million events have happened`,
        );
        return { kind: 'too-much', problem };
      }
      replications.push(part.summary);
    }
    return { kind: 'done', replications, precision: this.#precision(replications), partial: null };
  }

  #stopped(
    replications: readonly ReplicationSummary[],
    part: Extract<ReplicationPart, { kind: 'cancelled' }> | undefined,
  ): Gathered {
    const isCut = replications.length === 0;
    const kept = isCut && part?.cut ? [part.cut] : replications;
    if (kept.length === 0) return { kind: 'cancelled' };
    const partial = { planned: this.#planned, isCut };
    return { kind: 'done', replications: kept, precision: this.#precision(kept), partial };
  }

  #isEnough(): boolean {
    const { precision, scenario } = this.plan;
    if (precision === undefined || this.#planned >= this.#most()) return true;
    const summaries: ReplicationSummary[] = [];
    let events = 0;
    for (const part of this.#parts) {
      if (part?.kind !== 'done') return true;
      summaries.push(part.summary);
      events += part.events;
    }
    // The next batch may be half as much again.
    if (events > this.plan.mostEvents / 2) return true;
    const widest = widestInterval(summaries, scenario);
    return widest !== null && widest <= precision;
  }

  #precision(replications: readonly ReplicationSummary[]): ReachedPrecision | null {
    const { precision: asked, scenario } = this.plan;
    if (asked === undefined) return null;
    const reached = widestInterval(replications, scenario);
    return { asked, reached: Number.isFinite(reached) ? reached : null };
  }

  /** How many replications there are before the first look. */
  #first(): number {
    const { precision, replications } = this.plan;
    return precision === undefined ? replications : Math.max(replications, FEWEST_FOR_PRECISION);
  }

  #most(): number {
    return Math.max(this.#first(), this.plan.mostReplications);
  }
}
