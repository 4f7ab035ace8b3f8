import { isAmount, isCount, isPositive, isRatio } from '../numeric/ranges.ts';
import { type Availability, fromOdds } from './steady-state.ts';

export interface Failover {
  /** Mean time up of the member that is active, more than 0. */
  readonly mttfMs: number;
  /** Mean time to repair a member, 0 or more; one at a time. */
  readonly mttrMs: number;
  /** Mean time until the standby serves: detect, decide, activate; 0 or more. */
  readonly takeoverMs: number;
  /** Share of takeovers that work ("coverage"), in [0, 1]. */
  readonly coverage: number;
  /** Mean time until people have recovered from a takeover that did not work, 0 or more. */
  readonly manualRecoveryMs: number;
}

/**
 * Availability of one active member with one standby that does not fail while it waits, when taking
 * over takes time and may not work.
 *
 * With ρ = MTTR/MTTF and coverage c:
 * up = (1 + cρ) / (1 + cρ + cρ² + c·takeover/MTTF + (1−c)·manual/MTTF)
 *
 * where takeovers always work, down is about ρ² + takeover/MTTF: the takeover is mostly the larger
 * part. Assumes exponential times and one repairer.
 */
export function failover(pair: Failover): Availability | undefined {
  const { mttfMs, mttrMs, takeoverMs, coverage, manualRecoveryMs } = pair;
  if (!isPositive(mttfMs) || !isAmount(mttrMs) || !isAmount(takeoverMs)) return undefined;
  if (!isRatio(coverage) || !isAmount(manualRecoveryMs)) return undefined;
  const ratio = mttrMs / mttfMs;
  const takeover = coverage * (ratio ** 2 + takeoverMs / mttfMs);
  const manual = ((1 - coverage) * manualRecoveryMs) / mttfMs;
  return fromOdds((takeover + manual) / (1 + coverage * ratio));
}

/**
 * Share of time lost to takeovers in a group whose active members all serve: each time one fails,
 * what it served waits for the standby.
 *
 * lost ≈ active · takeover / MTTF, at most 1
 *
 * Assumes that takeovers seldom overlap and that the loss of one active member is felt by users.
 *
 * @param active 0 to 1,000,000
 * @param mttfMs mean time up of one member, more than 0
 * @param takeoverMs 0 or more
 */
export function lostToTakeovers(
  active: number,
  mttfMs: number,
  takeoverMs: number,
): number | undefined {
  if (!isCount(active) || !isPositive(mttfMs) || !isAmount(takeoverMs)) return undefined;
  return Math.min(1, (active * takeoverMs) / mttfMs);
}
