import { hedgedRequests } from '../../analysis/index.ts';
import type { Latency } from '../../model/model.ts';
import { numberText } from '../../text/words.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { latencyText, ownLatency, quantileMs, shareSlower } from '../facts/latency.ts';
import { roundedUp } from '../facts/round.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const hedgeDoublesLoad: Rule<'share'> = {
  id: 'hedge-doubles-load',
  title: 'A hedge is sent although the answer is on its way',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    share: {
      title: 'share of the calls that may be sent again without a word',
      default: 0.2,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
A hedge is for the few answers that take much longer than the rest. Sent earlier, it is mostly for
answers that would have come anyway: before the median, more than half of all calls are made twice.

**Fires when** the callee's latency is written, and more than 20 % of its answers (info), or more than
half (warning), take longer than \`hedge.after\`. Only the callee's own work is reckoned with.

**Fix** Hedge after the 95th percentile: that costs 5 % more load.

**Source** Dean and Barroso, "The Tail at Scale" (2013).
`,
  *check(model, { share }) {
    for (const site of callSites(model)) {
      const { hedge, to } = site.call;
      const latency = ownLatency(site.callee)?.value;
      if (!hedge || !latency) continue;
      const late = shareSlower(latency, hedge.afterMs.value);
      if (late <= share) continue;
      const later = roundedUp(quantileMs(latency, 0.95));
      yield {
        subject: site.subject,
        severity: late > 0.5 ? 'warning' : 'info',
        message: `After ${formatDuration(hedge.afterMs.value)}, ${formatPercent(late)} of the answers of '${to.value}' are still on their way (${latencyText(latency)}), so each call becomes ${numberText(load(latency, hedge.afterMs.value, hedge.attempts.value))} requests on average. After ${formatDuration(later)} it would be ${numberText(load(latency, later, hedge.attempts.value))}.`,
        at: hedge.afterMs.source.at,
        fixes: setTo('after', hedge.afterMs, writtenDuration(later)),
      };
    }
  },
};

function load(latency: Latency, afterMs: number, copies: number): number {
  const slower = Array.from({ length: Math.min(copies, MOST_COPIES) - 1 }, (_, index) =>
    shareSlower(latency, (index + 1) * afterMs),
  );
  return hedgedRequests(slower) ?? 1;
}

const MOST_COPIES = 100;
