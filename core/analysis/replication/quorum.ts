import { kOutOfN } from '../availability/k-out-of-n.ts';
import type { Availability } from '../availability/steady-state.ts';
import { isCount } from '../numeric/ranges.ts';

/**
 * Voters that make a majority: two of them always have one in common.
 *
 * ⌊n/2⌋ + 1
 *
 * @param voters n, 1 to 1,000,000
 */
export function majority(voters: number): number | undefined {
  return isCount(voters, 1) ? Math.floor(voters / 2) + 1 : undefined;
}

/**
 * Voters that can be lost while the rest is still a majority. An even number tolerates no more than
 * one less does.
 *
 * ⌊(n−1)/2⌋
 *
 * @param voters n, 1 to 1,000,000
 */
export function failuresTolerated(voters: number): number | undefined {
  return isCount(voters, 1) ? Math.floor((voters - 1) / 2) : undefined;
}

export interface QuorumGuarantees {
  /** Each read meets at least one copy that has the latest acknowledged write: R + W > N. */
  readonly readsSeeWrites: boolean;
  /** Two writes cannot both succeed without meeting in a copy: 2W > N. */
  readonly writesMeet: boolean;
  /** Copies that can be lost without losing an acknowledged write: W − 1. */
  readonly lossesSurvived: number;
  /** Copies that can be down while writes go on: N − W. */
  readonly writesSurvive: number;
  /** Copies that can be down while reads go on: N − R. */
  readonly readsSurvive: number;
}

/**
 * What a quorum promises.
 *
 * Source: D. K. Gifford, "Weighted Voting for Replicated Data" (1979); the Dynamo paper (2007).
 *
 * @param copies N, 1 to 1,000,000
 * @param write W, copies that must confirm a write, 1 to N
 * @param read R, copies that must answer a read, 1 to N
 */
export function quorumGuarantees(
  copies: number,
  write: number,
  read: number,
): QuorumGuarantees | undefined {
  if (!isCount(copies, 1) || !isCount(write, 1, copies) || !isCount(read, 1, copies)) {
    return undefined;
  }
  return {
    readsSeeWrites: read + write > copies,
    writesMeet: 2 * write > copies,
    lossesSurvived: write - 1,
    writesSurvive: copies - write,
    readsSurvive: copies - read,
  };
}

/**
 * Share of time that a primary accepts writes which some of its synchronous standbys must confirm.
 *
 * a · P(Bin(standbys, a) ≥ confirming)
 *
 * Assumes that copies fail independently, and no failover; without a primary, where any of the
 * copies will do, `kOutOfN(write, copies, a)` holds.
 *
 * @param standbys 0 to 1,000,000
 * @param confirming 0 to 1,000,000
 * @param availability share of time that one copy is up, in [0, 1]
 */
export function primaryWrites(
  standbys: number,
  confirming: number,
  availability: number,
): Availability | undefined {
  const confirmed = kOutOfN(confirming, standbys, availability);
  if (confirmed === undefined) return undefined;
  return {
    up: availability * confirmed.up,
    down: 1 - availability + availability * confirmed.down,
  };
}
