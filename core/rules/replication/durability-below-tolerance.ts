import { plural } from '../../text/words.ts';
import { replicatedGroups } from '../facts/groups.ts';
import { type Quorum, quorumOf } from '../facts/quorum.ts';
import { available } from '../redundancy/group-facts.ts';
import type { Rule } from '../rule.ts';

export const durabilityBelowTolerance: Rule = {
  id: 'durability-below-tolerance',
  title: 'A confirmed write can be lost in a failure that the group survives',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A write that W copies have confirmed survives the loss of W − 1 of them. A group that goes on after
more failures than that goes on without the write.

**Fires when** \`replication.write\` is written and no more than the failures that the group survives:
the members beyond \`minHealthy\`, and the copies beyond both quorums.

**Fix** Let one more copy confirm than failures are survived.

**Source** Kafka: \`acks\` and \`min.insync.replicas\` with a replication factor of three.
`,
  *check(model) {
    for (const group of replicatedGroups(model)) {
      const quorum = quorumOf(group);
      const write = group.replication?.write;
      if (!quorum || !write) continue;
      const spare = available(group) - group.minHealthy.value;
      const survived = failuresSurvived(quorum, spare, write.value);
      if (write.value > survived) continue;
      let enough = write.value;
      while (enough <= failuresSurvived(quorum, spare, enough)) enough += 1;
      const copiesText = write.value === 1 ? '1 copy has it' : `${write.value} copies have it`;
      yield {
        subject: group.name,
        message: `A write to '${group.name}' is confirmed when ${copiesText}, but the group goes on after ${plural(survived, 'failure')}: the write may be gone by then. Let ${enough} copies confirm.`,
        at: write.source.at,
      };
    }
  },
};

/** Failures after which the group goes on: it has its minimum, and both quorums. */
function failuresSurvived({ copies, read }: Quorum, spare: number, write: number): number {
  return Math.min(spare, copies - Math.max(read, write));
}
