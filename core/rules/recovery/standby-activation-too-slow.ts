import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import type { Group, Model } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { type DetectionTime, detectionTime } from '../facts/detection.ts';
import { recoveryTimes } from '../facts/recovery.ts';
import { actives, available, judgedGroups, placeOf, standbys } from '../redundancy/group-facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const standbyActivationTooSlow: Rule = {
  id: 'standby-activation-too-slow',
  title: 'A standby takes over too late for the objectives',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['group-availability-below-slo'],
  documentation: `
A standby helps only from the moment that it serves: after the failure has been noticed
(\`detection\`) and the standby has been activated (\`activation\`). Where the actives are just enough,
the group is below its minimum until then.

**Fires when** one failed active takes the group below \`minHealthy\`, a standby has to fill in, and
detection and activation together may take longer than the objective \`rto\` (error when they always
do), or, where no \`rto\` is given, cost more than a month of the error budget of the objective
\`availability\`. Silent where failed members certainly recover sooner than that.

**Fix** Keep the standbys warm or hot and activate them faster, add an active, or promise less.

**Source** AWS Resilience Hub: backup-and-restore cannot keep a recovery time of minutes.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      if (standbys(group).length === 0 || available(group) <= group.minHealthy.value) continue;
      if (actives(group).length > group.minHealthy.value) continue;
      const finding = judge(group, model);
      if (finding) yield finding;
    }
  },
};

function judge(group: Group, { objectives }: Model): RuleFinding | undefined {
  const detection = detectionTime(group);
  const mostMs = (detection?.mostMs ?? 0) + group.activationMs.value;
  const needs = `Failing over to a standby of '${group.name}' takes ${mostText(group, detection, mostMs)}`;
  const at = placeOf(group.activationMs, group);
  const { availability, rtoMs } = objectives;
  if (rtoMs) {
    if (mostMs <= rtoMs.value || recoversWithin(group, rtoMs.value)) return undefined;
    const leastMs = (detection?.leastMs ?? 0) + group.activationMs.value;
    return {
      subject: group.name,
      severity: leastMs > rtoMs.value ? 'error' : 'warning',
      message: `${needs}; the objective rto is ${formatDuration(rtoMs.value)}. Activate standbys faster, add an active member, or promise less.`,
      at,
      related: [{ message: 'The objective.', at: rtoMs.source.at }],
    };
  }
  if (!availability) return undefined;
  const budgetMs = downtimeMs(1 - availability.value, MONTH_MS) ?? 0;
  if (mostMs <= budgetMs || recoversWithin(group, budgetMs)) return undefined;
  return {
    subject: group.name,
    message: `${needs}, more than ${formatPercent(availability.value)} leaves for a whole month (${formatDuration(budgetMs)} in 30d). Activate standbys faster, add an active member, or promise less.`,
    at,
    related: [{ message: 'The objective.', at: availability.source.at }],
  };
}

function mostText(
  { activationMs }: Group,
  detection: DetectionTime | undefined,
  mostMs: number,
): string {
  const activation = `${formatDuration(activationMs.value)}${defaultNote(activationMs)}`;
  if (!detection) return activation;
  return `up to ${formatDuration(mostMs)} (detection ${detection.text}, activation ${activation})`;
}

/** Whether failed members are certainly back by then, so that nobody has to wait for a standby. */
function recoversWithin({ recovery }: Group, ms: number): boolean {
  return recovery.successRate.value === 1 && recoveryTimes(recovery).leastMs <= ms;
}
