import type { Severity } from '../../model/finding.ts';
import type { Latency } from '../../model/model.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { latencyText, ownLatency, quantileMs, shareSlower } from '../facts/latency.ts';
import { limitOf } from '../facts/patience.ts';
import { roundedUp } from '../facts/round.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const timeoutBelowLatency: Rule = {
  id: 'timeout-below-latency',
  title: 'A timeout gives up on good answers',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
A timeout shorter than the usual tail of the latency fails calls although nothing is wrong, and sends
retries to a callee that is healthy.

**Fires when** the callee's latency is written, and a share of its answers takes longer than the
timeout (or the deadline) of the call: more than 1 % (warning), more than 0.1 % (info), all of them
(error). Only the callee's own work is reckoned with, so the true share is larger where it calls
others.

**Fix** Set the timeout to the 99.9th percentile or above.

**Source** AWS Builders' Library, "Timeouts, retries, and backoff with jitter": choose how many false
timeouts are acceptable, such as 0.1 %.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const limit = limitOf(site.call);
      const latency = ownLatency(site.callee);
      // A limit of 0 is wrong whatever the latency.
      if (!limit || !latency || limit.ms.value === 0) continue;
      const share = shareSlower(latency.value, limit.ms.value);
      const severity = severityOf(share);
      if (!severity) continue;
      yield {
        subject: site.subject,
        severity,
        message: `${share === 1 ? 'No answer' : `${formatPercent(share)} of the answers`} of '${site.call.to.value}' ${share === 1 ? 'keeps' : 'take longer than'} this ${limit.key} of ${formatDuration(limit.ms.value)} even when nothing is wrong (${latencyText(latency.value)}). Set it to ${formatDuration(enoughMs(latency.value))} or more.`,
        at: limit.ms.source.at,
        fixes: setTo(limit.key, limit.ms, writtenDuration(enoughMs(latency.value))),
        related: [{ message: `The latency of '${site.call.to.value}'.`, at: latency.source.at }],
      };
    }
  },
};

function severityOf(share: number): Severity | undefined {
  if (share === 1) return 'error';
  if (share > 0.01) return 'warning';
  return share > 0.001 ? 'info' : undefined;
}

function enoughMs(latency: Latency): number {
  // What is always the same still needs some room.
  return roundedUp(latency.kind === 'constant' ? 1.2 * latency.ms : quantileMs(latency, 0.999));
}
