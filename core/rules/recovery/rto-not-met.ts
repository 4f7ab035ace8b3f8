import type { Group } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';
import { recoveryTimes } from '../facts/recovery.ts';
import { available } from '../redundancy/group-facts.ts';
import type { Rule } from '../rule.ts';

export const rtoNotMet: Rule = {
  id: 'rto-not-met',
  title: 'Members come back too late for the recovery time objective',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
The recovery time objective (RTO) says how long a group may stay below its minimum after a failure.
A group without a spare member is below it until the failed one is back, so its recovery decides.

**Fires when** a group has no member to spare, \`recovery.time\` is written, and a recovery takes
longer than the objective \`rto\`: even when the first attempt works (error), or on average, with the
attempts that fail and the pauses between them (warning).

**Fix** Add a member, recover faster, or promise less.

**Source** The sum of detection, recovery and redirection in AWS Resilience Hub's estimates.
`,
  *check(model) {
    const { rtoMs } = model.objectives;
    if (!rtoMs) return;
    for (const group of model.groups.values()) {
      const { doubtful, name, recovery } = group;
      if (doubtful || available(group) === 0 || hasSpare(group)) continue;
      if (recovery.timeMs.source.kind === 'default') continue;
      const { leastMs, meanMs } = recoveryTimes(recovery);
      if (meanMs <= rtoMs.value) continue;
      const isCertain = leastMs > rtoMs.value;
      const took = isCertain
        ? `even a first attempt takes ${formatDuration(leastMs)}`
        : `it takes ${formatRoughly(meanMs)} on average (attempts from ${formatDuration(leastMs)} that work ${formatPercent(recovery.successRate.value)}${defaultNote(recovery.successRate)} of the time, ${formatDuration(recovery.retryAfterMs.value)}${defaultNote(recovery.retryAfterMs)} apart)`;
      yield {
        subject: name,
        severity: isCertain ? 'error' : 'warning',
        message: `'${name}' has no member to spare, so it is below its minimum until a failed one is back, and ${took}; the objective rto is ${formatDuration(rtoMs.value)}. Add a member, or recover faster.`,
        at: recovery.timeMs.source.at,
        related: [{ message: 'The objective.', at: rtoMs.source.at }],
      };
    }
  },
};

function hasSpare(group: Group): boolean {
  return available(group) > Math.max(1, group.minHealthy.value);
}
