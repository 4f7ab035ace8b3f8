import { splitBinomial } from '../numeric/binomial.ts';
import { splitPoissonBinomial } from '../numeric/poisson-binomial.ts';
import { isCount, isRatio, LARGEST_GROUP } from '../numeric/ranges.ts';
import { smallestCount } from '../numeric/search.ts';
import type { Availability } from './steady-state.ts';

/**
 * Availability of a group that works while at least `needed` of its equal members do.
 *
 * up = Σ_{i=needed}^{members} C(members, i) aⁱ (1−a)^{members−i}
 *
 * Assumes that members fail and are repaired independently (each has its own repairer) and that a
 * standby takes over at once. More needed than there are members is never up; 0 needed always is.
 *
 * @param needed members that must be up, 0 to 1,000,000
 * @param members 0 to 1,000,000
 * @param availability share of time that one member is up, in [0, 1]
 */
export function kOutOfN(
  needed: number,
  members: number,
  availability: number,
): Availability | undefined {
  if (!isCount(needed) || !isCount(members) || !isRatio(availability)) return undefined;
  const { below, atLeast } = splitBinomial(needed, members, availability);
  return { up: atLeast, down: below };
}

/**
 * As `kOutOfN`, with members that differ.
 *
 * @param needed members that must be up, 0 to 10,000
 * @param availabilities share of time that each member is up, in [0, 1]; at most 10,000 members
 */
export function kOutOfUnequal(
  needed: number,
  availabilities: readonly number[],
): Availability | undefined {
  if (!isCount(needed, 0, LARGEST_GROUP) || availabilities.length > LARGEST_GROUP) return undefined;
  if (!availabilities.every(isRatio)) return undefined;
  const downs = availabilities.map((up) => 1 - up);
  const { below, atLeast } = splitPoissonBinomial(needed, availabilities, downs);
  return { up: atLeast, down: below };
}

/**
 * The rule of thumb for `kOutOfN` where members are seldom down: the group is down when one more
 * than its s = members − needed spares is.
 *
 * down ≈ C(members, s+1) (1−a)^{s+1}
 *
 * Never less than the exact value; limited to 1. Source: AWS, "Availability and Beyond"
 * (availability with redundancy).
 *
 * @param needed 1 to members
 * @param members 1 to 1,000,000
 * @param availability in [0, 1]
 */
export function kOutOfNRareEvent(
  needed: number,
  members: number,
  availability: number,
): Availability | undefined {
  if (!isCount(members, 1) || !isCount(needed, 1, members)) return undefined;
  if (!isRatio(availability)) return undefined;
  // C(n, s+1) = Π (needed − 1 + i) / i. As logarithms, for the product may overflow on the way.
  let log = 0;
  for (let i = 1; i <= members - needed + 1; i++) {
    log += Math.log(((needed - 1 + i) / i) * (1 - availability));
  }
  const down = Math.exp(Math.min(0, log));
  return { up: 1 - down, down };
}

/**
 * The smallest number of members with which a group of which `needed` must be up meets a target.
 * Same assumptions as `kOutOfN`; with members that are perfect, `needed` itself.
 *
 * @param needed 1 to 1,000,000
 * @param availability share of time that one member is up, in [0, 1]
 * @param target share of time that the group is to be up, in [0, 1]
 * @returns `undefined` also when no number of members up to 1,000,000 is enough
 */
export function membersForAvailability(
  needed: number,
  availability: number,
  target: number,
): number | undefined {
  if (!isCount(needed, 1) || !isRatio(availability) || !isRatio(target)) return undefined;
  // 1 − 0.9999 is a little less than what two members at 0.99 are down: that is rounding.
  const allowed = target === 1 ? 0 : (1 - target + Number.EPSILON) * (1 + 1e-12);
  return smallestCount(needed, (members) => {
    return splitBinomial(needed, members, availability).below <= allowed;
  });
}
