import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { detectionTime } from '../facts/detection.ts';
import { actives } from '../redundancy/group-facts.ts';
import type { Rule } from '../rule.ts';

export const detectionTooSlow: Rule = {
  id: 'detection-too-slow',
  title: 'Failures are noticed too late for the objectives',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['standby-activation-too-slow', 'rto-not-met'],
  documentation: `
Until the failure of a member has been noticed it is still given its share of the requests, and
nobody takes its place. With heartbeats that takes up to \`interval\` × \`missed\`.

**Fires when** that is longer than the objective \`rto\`, or what it costs (the share of one active
among all, for that long) is more than a month of the error budget of the objective \`availability\`.
It is an error when even the luckiest failure, right before the next heartbeat, is noticed later than
\`rto\` and one failure takes the group below its minimum. Detectors that learn (\`phi-accrual\`) are
not judged.

**Fix** Send heartbeats more often, or wait for fewer.

**Source** Kubernetes' defaults (10 s, three times, 1 s) leave a dead endpoint in for 31 s.
`,
  *check(model) {
    const { availability, rtoMs } = model.objectives;
    for (const group of model.groups.values()) {
      const detection = detectionTime(group);
      const serving = actives(group).length;
      if (group.doubtful || !group.detection || !detection || serving === 0) continue;
      const until = `A failed member of '${group.name}' goes unnoticed for up to ${formatDuration(detection.mostMs)} (${detection.text})`;
      const share = serving === 1 ? 'all requests fail' : `1 request in ${serving} fails`;
      const at = group.detection.intervalMs.source.at;
      const base = { subject: group.name, at };
      if (rtoMs && detection.mostMs > rtoMs.value) {
        const isDown = serving <= group.minHealthy.value;
        yield {
          ...base,
          severity: isDown && detection.leastMs > rtoMs.value ? 'error' : 'warning',
          message: `${until}, longer than the objective rto of ${formatDuration(rtoMs.value)}; meanwhile ${share}. Send heartbeats more often, or wait for fewer.`,
          related: [{ message: 'The objective.', at: rtoMs.source.at }],
        };
      } else if (availability) {
        const budgetMs = downtimeMs(1 - availability.value, MONTH_MS) ?? 0;
        const costMs = detection.mostMs / serving;
        if (costMs <= budgetMs) continue;
        yield {
          ...base,
          message: `${until}; meanwhile ${share}, which costs as much as ${formatDuration(costMs)} of downtime. ${formatPercent(availability.value)} leaves ${formatDuration(budgetMs)} for a whole month. Send heartbeats more often, or wait for fewer.`,
          related: [{ message: 'The objective.', at: availability.source.at }],
        };
      }
    }
  },
};
