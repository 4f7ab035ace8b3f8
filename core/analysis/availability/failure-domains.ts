import { binomialDistribution } from '../numeric/binomial.ts';
import { isCount, isRatio, LARGEST_GROUP } from '../numeric/ranges.ts';
import type { Availability } from './steady-state.ts';

/** A zone, region, rack or anything else whose loss takes all its members down together. */
export interface FailureDomain {
  /** Members in it, 0 to 10,000 in all domains together. */
  readonly members: number;
  /** Share of time that the domain itself is up, in [0, 1]. */
  readonly availability: number;
}

/**
 * Availability of a group whose members are spread over failure domains and of which at least
 * `needed` must be up, each in a domain that is up.
 *
 * The number of members up is the sum over the domains of B · Bin(members, a), where B is 1 while
 * the domain is up: their distributions are convolved, in the square of the number of members.
 *
 * Assumes that domains are independent of one another, and members within a domain that is up.
 *
 * @param needed members that must be up, 0 to 10,000
 * @param memberAvailability share of time that a member is up while its domain is, in [0, 1]
 */
export function acrossDomains(
  needed: number,
  domains: readonly FailureDomain[],
  memberAvailability: number,
): Availability | undefined {
  const sizes = domains.map(({ members }) => members);
  if (!isCount(needed, 0, LARGEST_GROUP) || !areSizes(sizes)) return undefined;
  if (!isRatio(memberAvailability)) return undefined;
  if (!domains.every(({ availability }) => isRatio(availability))) return undefined;
  let up: Float64Array = new Float64Array([1]);
  for (const { members, availability } of domains) {
    const inside = binomialDistribution(members, memberAvailability);
    const joined = new Float64Array(up.length + members);
    for (let i = 0; i < up.length; i++) {
      const before = up[i] ?? 0;
      joined[i] = (joined[i] ?? 0) + before * (1 - availability);
      for (let j = 0; j <= members; j++) {
        joined[i + j] = (joined[i + j] ?? 0) + before * availability * (inside[j] ?? 0);
      }
    }
    up = joined;
  }
  let below = 0;
  let atLeast = 0;
  for (let i = 0; i < up.length; i++) {
    if (i < needed) below += up[i] ?? 0;
    else atLeast += up[i] ?? 0;
  }
  return { up: Math.min(1, atLeast), down: Math.min(1, below) };
}

/**
 * How many failure domains a group can lose whole, whichever they are, and still have its minimum.
 *
 * The largest n for which the members outside the n largest domains are at least `needed`.
 *
 * @param needed members that must be up, 0 to 10,000
 * @param sizes members in each domain, 0 to 10,000 in all
 * @returns −1 when there are too few members even with all domains up
 */
export function domainLossesSurvived(needed: number, sizes: readonly number[]): number | undefined {
  if (!isCount(needed, 0, LARGEST_GROUP) || !areSizes(sizes)) return undefined;
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let lost = -1;
  for (const size of [0, ...sizes.toSorted((a, b) => b - a)]) {
    left -= size;
    if (left < needed) return lost;
    lost += 1;
  }
  return lost;
}

function areSizes(sizes: readonly number[]): boolean {
  if (sizes.length > LARGEST_GROUP || !sizes.every((size) => isCount(size))) return false;
  return sizes.reduce((sum, size) => sum + size, 0) <= LARGEST_GROUP;
}
