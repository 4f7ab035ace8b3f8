import { type Analysis, blockersOf } from './analyse.ts';
import { type ComebackLimit, type ComebackOptions, findComebackLimit } from './comeback/index.ts';
import type { Finding } from './model/finding.ts';
import { toFindings } from './simulate.ts';

export type ComebackOutcome =
  | ComebackLimit
  | { readonly kind: 'cancelled' }
  /** The config cannot be simulated as it stands; says why, on the line. */
  | { readonly kind: 'refused'; readonly problems: readonly Finding[] };

/**
 * Finds the load above which a system stays down after the faults of a scenario though nothing is
 * broken any more, and which single change lets it come back.
 */
export function comebackLimit(analysis: Analysis, options: ComebackOptions = {}): ComebackOutcome {
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) return { kind: 'refused', problems: blockers };
  const result = findComebackLimit(analysis.model, options);
  return result.kind === 'refused'
    ? { kind: 'refused', problems: toFindings(result.problems) }
    : result;
}
