import { splitBirthDeath } from '../numeric/birth-death.ts';
import { isAmount, isCount, isPositive, isRatio } from '../numeric/ranges.ts';
import { smallestCount } from '../numeric/search.ts';

/**
 * Share of requests that find all slots of a pool without a queue taken (Erlang's loss formula).
 *
 * B = (aᴺ/N!) / Σ_{i≤N} aⁱ/i!, equally B₀ = 1 and Bₙ = a Bₙ₋₁ / (n + a Bₙ₋₁)
 *
 * Assumes that requests arrive independently of one another (Poisson). Holds for any distribution
 * of the time that they take. Source: A. K. Erlang (1917).
 *
 * @param slots N, 0 to 1,000,000
 * @param offered a = rate · mean time, in erlangs (`requestsInProgress`), 0 or more
 * @returns in [0, 1]
 */
export function erlangB(slots: number, offered: number): number | undefined {
  if (!isCount(slots) || !isAmount(offered)) return undefined;
  return splitBirthDeath(slots, slots, (i) => offered / (i + 1)).at;
}

/**
 * The fewest slots with which a pool without a queue turns away no more than a target share.
 *
 * @param offered in erlangs, 0 or more
 * @param target largest share of requests that may be turned away, in (0, 1]
 * @returns `undefined` also when 1,000,000 slots are not enough
 */
export function slotsForBlocking(offered: number, target: number): number | undefined {
  if (!isAmount(offered) || !isRatio(target) || !isPositive(target)) return undefined;
  return smallestCount(0, (slots) => (erlangB(slots, offered) ?? 1) <= target);
}
