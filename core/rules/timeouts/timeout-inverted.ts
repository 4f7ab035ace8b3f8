import { placeId } from '../../model/place-id.ts';
import { formatDuration } from '../../time/index.ts';
import { readableCalls } from '../facts/calls.ts';
import { areInOneCircle } from '../facts/circles.ts';
import { limitOf, patienceWith } from '../facts/patience.ts';
import type { Rule } from '../rule.ts';

export const timeoutInverted: Rule = {
  id: 'timeout-inverted',
  title: 'A service waits longer than its caller does',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
When a caller gives up before the service it called does, the service keeps working for nobody: its
result is thrown away, and under load the wasted work is what keeps it overloaded. Timeouts must
shrink along a chain of calls.

**Fires when** the timeout of a call (or its deadline) is at least as long as the shortest one with
which its own service is called.

**Fix** Make the inner timeout shorter than the outer one, with room for the service's own work.

**Source** Google SRE, "Addressing cascading failures": deadline propagation.
`,
  *check(model) {
    const patience = patienceWith(model);
    for (const { call, caller: service } of readableCalls(model)) {
      const waiting = patience.get(service);
      const limit = limitOf(call);
      const outerMs = waiting?.limit.ms.value ?? Number.POSITIVE_INFINITY;
      if (!waiting || !limit || limit.ms.value < outerMs) continue;
      // No timeouts can shrink all the way round a circle.
      if (areInOneCircle(model, service.name, call.to.value)) continue;
      const outer = formatDuration(outerMs);
      const suggested = suggestion(outerMs);
      const hint = suggested === undefined ? '' : `, such as ${suggested}`;
      yield {
        subject: `${placeId(limit.ms.source.at)}`,
        message: `'${service.name}' waits up to ${formatDuration(limit.ms.value)} for '${call.to.value}', but '${waiting.caller.name}' gives up on '${service.name}' after ${outer}: whatever arrives later is thrown away. Set this ${limit.key} below ${outer}${hint}.`,
        at: limit.ms.source.at,
        ...(suggested !== undefined && {
          fixes: [
            {
              title: `Set the ${limit.key} to ${suggested}`,
              // Where all have given up by then, nobody misses what would have come.
              safe: !service.ratePerSecond && waiting.longestMs <= limit.ms.value,
              changes: [{ kind: 'replace', at: limit.ms.source.at, value: suggested }],
            },
          ],
        }),
        related: [
          {
            message: `'${waiting.caller.name}' waits ${outer}.`,
            at: waiting.limit.ms.source.at,
          },
        ],
      };
    }
  },
};

/** Nine tenths of the caller's patience, rounded down to two digits, leave room for own work. */
function suggestion(patienceMs: number): string | undefined {
  const wanted = patienceMs * 0.9;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  const suggested = Math.floor(wanted / step) * step;
  return suggested >= 1 ? formatDuration(suggested).replaceAll(' ', '') : undefined;
}
