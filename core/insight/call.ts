import type { Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { type Reached, reachedBy } from '../rules/facts/amplification.ts';
import type { CallSite } from '../rules/facts/calls.ts';
import { patienceWith, type TimeLimit } from '../rules/facts/patience.ts';
import type { InsightBase, Want } from './insight.ts';
import { type WorstCase, worstCaseOf } from './worst-case.ts';

export interface CallInsight extends InsightBase {
  readonly kind: 'call';
  readonly caller: string;
  readonly callee: string;
  /** Tries in all, the first one included; absent where nothing is retried. */
  readonly attempts?: Sourced<number>;
  /** Whether a try that reached the callee is made again. */
  readonly repeats: boolean;
  readonly longest: WorstCase;
  /** Who gives up first on the service that makes the call. */
  readonly patience?: CallerPatience;
  /** What one call can become when everything fails, where that is more than one: at those who call nobody else. */
  readonly sinks: readonly Pick<Reached, 'name' | 'times'>[];
}

export interface CallerPatience {
  readonly name: string;
  readonly limit: TimeLimit;
  /** The longest of this call alone, as a share of it; more than 1 where the caller is gone by then. */
  readonly share: number;
}

export function callInsight(model: Model, site: CallSite): CallInsight {
  const { call, caller, retry } = site;
  const longest = worstCaseOf(site);
  const waiting = patienceWith(model).get(caller);
  const patience = waiting && {
    name: waiting.caller.name,
    limit: waiting.limit,
    share: longest.ms / Math.max(waiting.limit.ms.value, Number.MIN_VALUE),
  };
  return {
    kind: 'call',
    name: call.to.value,
    at: call.to.source.at,
    caller: caller.name,
    callee: call.to.value,
    ...(retry && { attempts: retry.attempts }),
    repeats: call.idempotent.value,
    longest,
    ...(patience && Number.isFinite(longest.ms) && { patience }),
    sinks: reachedBy(model, site).filter(({ isLast, times }) => isLast && times > 1),
    wants: wantsOf(longest),
  };
}

function wantsOf({ fallbackMs, ms }: WorstCase): Want[] {
  if (Number.isFinite(ms)) return [];
  const key = fallbackMs === Number.POSITIVE_INFINITY ? 'fallback.timeout' : 'timeout';
  return [{ key, tells: 'how long it can take' }];
}
