import { isCount, isPositive } from '../numeric/ranges.ts';

/**
 * Mean time until a k-out-of-n group is down when nothing is repaired and all members work from the
 * start (hot standbys).
 *
 * MTTF = m · Σ_{i=needed}^{members} 1/i
 *
 * Assumes exponential and independent failures. Two out of three last less long (5/6 m) than one
 * member alone: redundancy without repair wins little.
 *
 * @param needed 1 to members
 * @param members 1 to 1,000,000
 * @param mttfMs m, the mean time up of one member, more than 0
 */
export function unrepairedMttfMs(
  needed: number,
  members: number,
  mttfMs: number,
): number | undefined {
  if (!isCount(members, 1) || !isCount(needed, 1, members) || !isPositive(mttfMs)) return undefined;
  let sum = 0;
  for (let i = members; i >= needed; i--) sum += 1 / i;
  return sum * mttfMs;
}

/**
 * As `unrepairedMttfMs`, with `needed` active members and cold standbys that do not fail while they
 * wait.
 *
 * MTTF = m · (standbys + 1) / needed
 *
 * @param needed 1 to 1,000,000
 * @param standbys 0 to 1,000,000
 * @param mttfMs m, the mean time up of one active member, more than 0
 */
export function unrepairedColdMttfMs(
  needed: number,
  standbys: number,
  mttfMs: number,
): number | undefined {
  if (!isCount(needed, 1) || !isCount(standbys) || !isPositive(mttfMs)) return undefined;
  return ((standbys + 1) / needed) * mttfMs;
}
