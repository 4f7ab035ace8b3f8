import { breakerRecovery } from '../../analysis/index.ts';
import type { BreakerPolicy, Model } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration, formatRoughly } from '../../time/index.ts';
import { usesOf } from '../facts/calls.ts';
import { meanOutageMs } from '../facts/outage.ts';
import { roundedUp } from '../facts/round.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const breakerOpenProlongsOutage: Rule = {
  id: 'breaker-open-prolongs-outage',
  title: 'A breaker stays open long after its callee is back',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
An open breaker learns that its callee is back only at its next trial. Callers stay cut off until then:
for half of the open time on average, and for all of it at worst.

**Fires when** \`recoveryTimeout\` is longer than the objective \`rto\` (warning), or more than doubles the
average outage of a callee that has no member to spare and says how long its recovery takes (info).

**Fix** Try again after a quarter of the outage, and let \`recoveryFactor\` make the pauses longer when
an outage lasts.

**Source** Resilience4j, issue 1362; AWS Builders' Library: breakers "can add significant time to
recovery".
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      if (policy.doubtful || !usesOf(model).has(policy)) continue;
      const finding = beyondObjective(model, policy) ?? beyondOutage(model, policy);
      if (finding) yield finding;
    }
  },
};

function beyondObjective(model: Model, policy: BreakerPolicy): RuleFinding | undefined {
  const { rtoMs } = model.objectives;
  const openMs = policy.recoveryTimeoutMs;
  if (!rtoMs || openMs.value <= rtoMs.value) return undefined;
  return {
    subject: `breaker ${policy.name}`,
    message: `Breaker '${policy.name}' keeps callers cut off for up to ${formatDuration(openMs.value)}${defaultNote(openMs)} after its callee is back; the objective rto is ${formatDuration(rtoMs.value)}. Set recoveryTimeout to ${formatDuration(roundedUp(rtoMs.value / 4))}, with a recoveryFactor for outages that last.`,
    at: openMs.source.at,
    related: [{ message: 'The objective.', at: rtoMs.source.at }],
    fixes: setTo(
      'recoveryTimeout',
      openMs,
      writtenDuration(roundedUp(rtoMs.value / 4)),
      policy.nameAt,
    ),
  };
}

function beyondOutage(model: Model, policy: BreakerPolicy): RuleFinding | undefined {
  const openMs = policy.recoveryTimeoutMs;
  for (const { call, callee } of usesOf(model).get(policy) ?? []) {
    const outageMs = meanOutageMs(model, callee);
    const recovery = outageMs && breakerRecovery(openMs.value, outageMs);
    if (!outageMs || !recovery || recovery.lagMs <= outageMs) continue;
    return {
      subject: `breaker ${policy.name}`,
      severity: 'info',
      message: `An outage of '${call.to.value}' lasts ${formatRoughly(outageMs)} on average, and breaker '${policy.name}', which waits ${formatDuration(openMs.value)}${defaultNote(openMs)} before it tries again, makes ${formatRoughly(recovery.outageMs)} of it for callers. Try again sooner, such as after ${formatDuration(roundedUp(outageMs / 4))}.`,
      at: openMs.source.at,
      fixes: setTo(
        'recoveryTimeout',
        openMs,
        writtenDuration(roundedUp(outageMs / 4)),
        policy.nameAt,
      ),
    };
  }
  return undefined;
}
