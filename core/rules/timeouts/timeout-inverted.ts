import type { Model } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import type { Rule } from '../rule.ts';

export const timeoutInverted: Rule = {
  id: 'timeout-inverted',
  title: 'A service waits longer than its caller does',
  severity: 'error',
  evidence: 'graph',
  documentation: `
When a caller gives up before the service it called does, the service keeps working for nobody: its
result is thrown away, and under load the wasted work is what keeps it overloaded. Timeouts must
shrink along a chain of calls.

**Fires when** the timeout of a call is at least as long as the shortest timeout with which its own
service is called.

**Fix** Make the inner timeout shorter than the outer one, with room for the service's own work.

**Source** Google SRE, "Addressing cascading failures": deadline propagation.
`,
  *check(model) {
    const patience = shortestPatience(model);
    for (const service of model.services.values()) {
      const caller = patience.get(service.name);
      if (!caller) continue;
      for (const { to, timeoutMs } of service.calls) {
        if (!timeoutMs || timeoutMs.value < caller.timeoutMs.value) continue;
        // A call back to its own caller is a cycle, which no timeout mends.
        if (to.value === caller.name || to.value === service.name) continue;
        const outer = formatDuration(caller.timeoutMs.value);
        const inner = formatDuration(timeoutMs.value);
        yield {
          subject: `${timeoutMs.source.at.start}`,
          message: `'${service.name}' waits up to ${inner} for '${to.value}', but '${caller.name}' gives up on '${service.name}' after ${outer}: whatever arrives later is thrown away. Set this timeout below ${outer}${suggestion(caller.timeoutMs.value)}.`,
          at: timeoutMs.source.at,
          related: [
            { message: `'${caller.name}' waits ${outer}.`, at: caller.timeoutMs.source.at },
          ],
        };
      }
    }
  },
};

interface Caller {
  readonly name: string;
  readonly timeoutMs: Sourced<number>;
}

/** For each called service the caller that gives up first. */
function shortestPatience(model: Model): ReadonlyMap<string, Caller> {
  const shortest = new Map<string, Caller>();
  for (const { name, calls } of model.services.values()) {
    for (const { to, timeoutMs } of calls) {
      const known = shortest.get(to.value);
      if (timeoutMs && (!known || timeoutMs.value < known.timeoutMs.value)) {
        shortest.set(to.value, { name, timeoutMs });
      }
    }
  }
  return shortest;
}

/** Nine tenths of the caller's patience, rounded down to two digits, leave room for own work. */
function suggestion(patienceMs: number): string {
  const wanted = patienceMs * 0.9;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  const suggested = Math.floor(wanted / step) * step;
  return suggested >= 1 ? `, such as ${formatDuration(suggested)}` : '';
}
