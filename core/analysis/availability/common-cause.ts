import { splitBinomial } from '../numeric/binomial.ts';
import { isCount, isRatio } from '../numeric/ranges.ts';
import type { Availability } from './steady-state.ts';

/**
 * Availability of a k-out-of-n group when a share of its members' downtime has a cause that takes
 * all of them down together (one deployment, one certificate, one bug): the β-factor model.
 *
 * up = (1 − βu) · P(Bin(members, 1 − (1−β)u) ≥ needed), with u = 1 − a
 *
 * That is a k-out-of-n group in series with the common cause; where u is small, down is about
 * βu + down of the group alone, as the model is mostly written. β = 0.1 means that redundancy can
 * win one nine and hardly more.
 *
 * Source: K. N. Fleming, "A reliability model for common mode failures in redundant safety
 * systems" (1974).
 *
 * @param needed members that must be up, 1 to 1,000,000
 * @param members 0 to 1,000,000
 * @param availability share of time that one member is up, in [0, 1]
 * @param beta share of a member's downtime that is common to all, in [0, 1]
 */
export function withCommonCause(
  needed: number,
  members: number,
  availability: number,
  beta: number,
): Availability | undefined {
  if (!isCount(needed, 1) || !isCount(members)) return undefined;
  if (!isRatio(availability) || !isRatio(beta)) return undefined;
  const down = 1 - availability;
  const alone = splitBinomial(needed, members, 1 - (1 - beta) * down);
  const common = beta * down;
  return { up: (1 - common) * alone.atLeast, down: common + (1 - common) * alone.below };
}
