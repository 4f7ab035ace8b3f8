import type { BreakerTrip } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatPercent, formatRate, formatRoughly } from '../../time/index.ts';
import { callsToOpen } from '../facts/breaker-calls.ts';
import { usesOf } from '../facts/calls.ts';
import { loadOf } from '../facts/load.ts';
import type { Rule } from '../rule.ts';

const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;

export const breakerTripsOnNoise: Rule = {
  id: 'breaker-trips-on-noise',
  title: 'A breaker opens although nothing is wrong',
  severity: 'hint',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
Calls fail now and then. A breaker that judges few of them, or counts to a low threshold, opens by
chance, and turns an error rate of a few percent into an outage of its whole open time.

**Fires when** the traffic and the callee's \`errorRate\` are written, and the usual errors open the
breaker more than once a day on average (hint), or once an hour (info). Assumes that calls fail
independently.

**Fix** Judge more calls, or raise the threshold.

**Source** The binomial distribution of failures in a window; a random walk for the leaky counter.
`,
  *check(model) {
    const load = loadOf(model);
    for (const policy of model.breakers.values()) {
      if (policy.doubtful) continue;
      for (const site of usesOf(model).get(policy) ?? []) {
        const errorRate = site.callee?.errorRate;
        const perSecond = load.leastCalls(site) / site.caller.instances.value;
        if (errorRate?.source.kind !== 'explicit' || perSecond === 0) continue;
        const calls = callsToOpen(policy.trip, errorRate.value, perSecond);
        const everyMs = (1_000 * calls) / perSecond;
        if (everyMs > MS_PER_DAY) continue;
        const { at, text } = cause(policy.trip);
        yield {
          subject: `breaker ${policy.name}`,
          severity: everyMs <= MS_PER_HOUR ? 'info' : 'hint',
          message: `The usual errors of '${site.call.to.value}' (${formatPercent(errorRate.value)}) open breaker '${policy.name}' every ${formatRoughly(everyMs)} on average, at ${formatRate(perSecond)} and ${text}. Judge more calls, or raise the threshold.`,
          at,
          related: [
            { message: `The error rate of '${site.call.to.value}'.`, at: errorRate.source.at },
          ],
        };
        break;
      }
    }
  },
};

function cause(trip: BreakerTrip) {
  switch (trip.kind) {
    case 'leaky':
    case 'consecutive': {
      const { source, value } = trip.failureThreshold;
      const text = `a failureThreshold of ${value}${defaultNote(trip.failureThreshold)}`;
      return { at: source.at, text };
    }
    case 'count-window':
      return { at: trip.size.source.at, text: `a window of ${trip.size.value} calls` };
    case 'time-window':
      return {
        at: trip.windowMs.source.at,
        text: `a window of ${formatRoughly(trip.windowMs.value)}`,
      };
  }
}
