import { splitBirthDeath } from '../numeric/birth-death.ts';
import { isCount, isPositive, isRatio, LARGEST_GROUP } from '../numeric/ranges.ts';
import type { Availability } from './steady-state.ts';

export interface RepairableGroup {
  /** Members that must be up, 1 to `active`. */
  readonly needed: number;
  /** Members that work at the start, 1 or more; with the standbys at most 10,000. */
  readonly active: number;
  /** Members that take over at once when an active one fails, 0 or more. */
  readonly standby: number;
  /** Mean time up of an active member, more than 0. */
  readonly mttfMs: number;
  /** Mean time that one repairer needs for one member, more than 0. */
  readonly mttrMs: number;
  /** How many members can be under repair at once, 1 to 1,000,000. */
  readonly repairers: number;
  /**
   * How often a standby fails, relative to an active member, in [0, 1]: 1 is a hot standby, 0 a
   * cold one that cannot fail, and between them are warm ones.
   */
  readonly standbyFailureFactor: number;
}

export interface RepairableGroupNumbers extends Availability {
  /** How often the group goes down, in the long run. */
  readonly outagesPerSecond: number;
  /** Mean length of an outage; 0 when there is none within what numbers can tell. */
  readonly meanOutageMs: number;
  /** Mean time from all members up to the first outage; infinite when beyond what numbers hold. */
  readonly mttfMs: number;
}

/**
 * Availability, outages and time to the first outage of a k-out-of-n group with hot, warm or cold
 * standbys and few or many repairers.
 *
 * A birth–death chain over the number i of failed members, of n = active + standby, with
 * op(i) = min(active, n−i): failures λᵢ = op(i)/MTTF + (n−i−op(i)) α/MTTF, repairs
 * μᵢ = min(i, repairers)/MTTR. With s = n − needed:
 *
 * up = Σ_{i≤s} πᵢ, outage frequency ν = π_{s+1} μ_{s+1}, mean outage = down/ν,
 * MTTF = Σ_{i≤s} hᵢ with h₀ = 1/λ₀ and hᵢ = (1 + μᵢ hᵢ₋₁)/λᵢ
 *
 * Assumes exponential times, independent failures, immediate takeover that never fails (for
 * imperfect takeover see `failover`), and that survivors keep failing while the group is down.
 * Hot standbys with as many repairers as members give `kOutOfN`.
 *
 * Source: K. S. Trivedi, "Probability and Statistics with Reliability, Queuing, and Computer
 * Science Applications", chapter 8.
 */
export function repairableGroup(group: RepairableGroup): RepairableGroupNumbers | undefined {
  const { needed, active, standby, mttfMs, mttrMs, repairers, standbyFailureFactor } = group;
  const members = active + standby;
  if (!isCount(active, 1) || !isCount(standby) || members > LARGEST_GROUP) return undefined;
  if (!isCount(needed, 1, active) || !isCount(repairers, 1)) return undefined;
  if (!isPositive(mttfMs) || !isPositive(mttrMs) || !isRatio(standbyFailureFactor)) {
    return undefined;
  }
  // Both for each ms.
  const failureRate = (failed: number): number => {
    const operating = Math.min(active, members - failed);
    return (operating + (members - failed - operating) * standbyFailureFactor) / mttfMs;
  };
  const repairRate = (failed: number): number => Math.min(failed, repairers) / mttrMs;

  const firstDown = members - needed + 1;
  const { below, at, atLeast } = splitBirthDeath(
    firstDown,
    members,
    (failed) => failureRate(failed) / repairRate(failed + 1),
  );
  const outagesPerMs = at * repairRate(firstDown);
  let stepMs = 0;
  let firstOutageMs = 0;
  for (let failed = 0; failed < firstDown; failed++) {
    stepMs = (1 + repairRate(failed) * stepMs) / failureRate(failed);
    firstOutageMs += stepMs;
  }
  return {
    up: below,
    down: atLeast,
    outagesPerSecond: outagesPerMs * 1000,
    meanOutageMs: outagesPerMs > 0 ? atLeast / outagesPerMs : 0,
    mttfMs: firstOutageMs,
  };
}
