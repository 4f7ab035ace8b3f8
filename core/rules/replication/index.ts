import type { Rule } from '../rule.ts';
import { copiesExceedMembers } from './copies-exceed-members.ts';
import { durabilityBelowTolerance } from './durability-below-tolerance.ts';
import { minimumBelowQuorum } from './minimum-below-quorum.ts';
import { quorumEvenSize } from './quorum-even-size.ts';
import { quorumNotMajority } from './quorum-not-majority.ts';
import { quorumReadsMissWrites } from './quorum-reads-miss-writes.ts';
import { quorumUnreachable } from './quorum-unreachable.ts';
import { rpoNotMet } from './rpo-not-met.ts';
import { writeNeedsEveryReplica } from './write-needs-every-replica.ts';

export const REPLICATION_RULES: readonly Rule[] = [
  quorumEvenSize,
  quorumUnreachable,
  copiesExceedMembers,
  quorumNotMajority,
  minimumBelowQuorum,
  quorumReadsMissWrites,
  writeNeedsEveryReplica,
  durabilityBelowTolerance,
  rpoNotMet,
];
