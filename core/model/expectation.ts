import type { Sourced, SourceRange } from './source.ts';

/** What a bound of an expectation is held against, by its unit. */
export const METRICS = {
  availability: 'ratio',
  errorRate: 'ratio',
  degradedRate: 'ratio',
  poolUse: 'ratio',
  goodput: 'per-second',
  latency: 'ms',
  recovery: 'ms',
  droppedRequests: 'count',
  retries: 'count',
  breakerOpens: 'count',
  rejections: 'count',
  amplification: 'factor',
  queue: 'factor',
} as const satisfies Record<string, MetricUnit>;

/** Shares lie in [0, 1]; a factor is a plain number that need not be whole. */
export type MetricUnit = 'ratio' | 'per-second' | 'ms' | 'count' | 'factor';
export type Metric = keyof typeof METRICS;
export type Comparison = '>=' | '>' | '<=' | '<';
export type PromisedState = 'closed' | 'open' | 'half-open';

interface ExpectationBase {
  /** As the file calls it, such as `latencyP99`. */
  readonly key: string;
  /** Where the promise is written: its value. */
  readonly at: SourceRange;
  /** The part of the system that it is about; absent means the whole, as its users see it. */
  readonly of?: Sourced<string>;
  /** Of the calls of `of`, only those to this callee. */
  readonly calling?: Sourced<string>;
  readonly window: ExpectationWindow;
}

/** A number of the run that must lie on one side of a bound. */
export interface BoundExpectation extends ExpectationBase {
  readonly kind: 'bound';
  readonly metric: Metric;
  /** Of `latency`, in (0, 1). */
  readonly percentile?: number;
  readonly comparison: Comparison;
  /** In the unit of the metric. */
  readonly bound: Sourced<number>;
}

/** The state that circuit breakers must be in when the window ends. */
export interface StateExpectation extends ExpectationBase {
  readonly kind: 'state';
  readonly state: Sourced<PromisedState>;
}

/** What must hold when a scenario is simulated. */
export type Expectation = BoundExpectation | StateExpectation;

/** The part of the run for which something must hold. */
export type ExpectationWindow =
  | { readonly kind: 'run' }
  | { readonly kind: 'between'; readonly fromMs?: Sourced<number>; readonly toMs?: Sourced<number> }
  /** While something is down or degraded. */
  | { readonly kind: 'during-faults' }
  /** After something was down or degraded, while nothing is any more. */
  | { readonly kind: 'after-faults' };

/** Whether a value keeps to a bound. */
export function keepsTo(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '>=':
      return value >= bound;
    case '>':
      return value > bound;
    case '<=':
      return value <= bound;
    case '<':
      return value < bound;
  }
}
