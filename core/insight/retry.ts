import type { Model, RetryPolicy } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import type { JitterKind } from '../patterns/index.ts';
import { usesOf } from '../rules/facts/calls.ts';
import { sum, waitsMs } from '../rules/facts/schedule.ts';
import type { InsightBase } from './insight.ts';
import { worstCaseOf } from './worst-case.ts';

export interface RetryInsight extends InsightBase {
  readonly kind: 'retry';
  readonly attempts: Sourced<number>;
  readonly jitter: Sourced<JitterKind>;
  /** Before each retry, as long as jitter can make it, ms; not more of them than anybody reads. */
  readonly waitsMs: readonly number[];
  readonly allWaitsMs: number;
  /** All of them as short as jitter can make them. */
  readonly leastWaitsMs: number;
  /** Retries as a share of the calls. */
  readonly budget?: Sourced<number>;
  /** Retries that can be saved up; the budget then has no least. */
  readonly budgetBurst?: Sourced<number>;
  readonly minRetriesPerSecond: Sourced<number>;
  /** Calls that use it. */
  readonly uses: number;
  /** The one of them that can take longest. */
  readonly longest?: { readonly call: string; readonly ms: number };
}

const MOST_WAITS = 5;

export function retryInsight(model: Model, policy: RetryPolicy): RetryInsight {
  const { attempts, budget, budgetBurst, jitter, minRetriesPerSecond, name, nameAt: at } = policy;
  const waits = waitsMs(policy, 'longest');
  const uses = usesOf(model).get(policy) ?? [];
  const [longest] = uses
    .map((site) => ({ call: site.text, ms: worstCaseOf(site).ms }))
    .sort((a, b) => b.ms - a.ms);
  return {
    kind: 'retry',
    name,
    at,
    attempts,
    jitter,
    waitsMs: waits.slice(0, MOST_WAITS),
    allWaitsMs: sum(waits),
    leastWaitsMs: sum(waitsMs(policy, 'shortest')),
    ...(budget && { budget }),
    ...(budgetBurst && { budgetBurst }),
    minRetriesPerSecond,
    uses: uses.length,
    ...(longest && { longest }),
    wants: [],
  };
}
