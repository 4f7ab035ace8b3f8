import { formatDuration } from '../../time/index.ts';
import type { CallSite } from '../facts/calls.ts';
import { sitesOf } from '../facts/calls.ts';
import { limitOf, patienceWith } from '../facts/patience.ts';
import { sum } from '../facts/schedule.ts';
import type { Rule } from '../rule.ts';

export const sequentialTimeoutsExceedDeadline: Rule = {
  id: 'sequential-timeouts-exceed-deadline',
  title: 'Calls one after another may take longer than the caller waits',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A service makes its calls one after another. Each may be within its own timeout and yet all of them
together take longer than the service's caller waits; what is done after that is thrown away.

**Fires when** the timeouts of a service's calls, of one attempt each, add up to more than its most
impatient caller waits, while each one by itself is shorter.

**Fix** Shorten the timeouts, fall back earlier, or let the caller wait longer.

**Source** Google SRE, "Addressing cascading failures": deadline propagation.
`,
  *check(model) {
    const patience = patienceWith(model);
    for (const [service, sites] of sitesOf(model)) {
      const waiting = patience.get(service);
      // A call that cannot be judged may take any time.
      if (!waiting || sites.length !== service.calls.length) continue;
      const limits = sites.map(({ call }) => limitOf(call)?.ms.value ?? Number.POSITIVE_INFINITY);
      const patienceMs = waiting.limit.ms.value;
      if (limits.some((ms) => ms >= patienceMs) || sum(limits) <= patienceMs) continue;
      yield {
        subject: `calls of ${service.name}`,
        message: `The calls of '${service.name}' may take ${limitsText(sites, limits)} = ${formatDuration(sum(limits))} one after another, but '${waiting.caller.name}' gives up after ${formatDuration(patienceMs)}. Shorten some of them, or let '${waiting.caller.name}' wait longer.`,
        at: service.nameAt,
        related: [
          {
            message: `'${waiting.caller.name}' waits ${formatDuration(patienceMs)}.`,
            at: waiting.limit.ms.source.at,
          },
        ],
      };
    }
  },
};

const MOST_NAMED = 4;

function limitsText(sites: readonly CallSite[], limits: readonly number[]): string {
  const named = sites
    .slice(0, MOST_NAMED)
    .map(({ call }, index) => `${formatDuration(limits[index] ?? 0)} ('${call.to.value}')`);
  const rest = sum(limits.slice(MOST_NAMED));
  if (rest > 0) named.push(`${formatDuration(rest)} (${sites.length - MOST_NAMED} more)`);
  return named.join(' + ');
}
