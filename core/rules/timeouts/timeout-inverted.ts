import type { Model } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import { areInOneCircle } from '../facts/circles.ts';
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
    const callers = callersOf(model);
    for (const service of model.services.values()) {
      const { first, longestMs = Number.POSITIVE_INFINITY } = callers.get(service.name) ?? {};
      if (!first) continue;
      for (const { to, timeoutMs } of service.calls) {
        if (!timeoutMs || timeoutMs.value < first.timeoutMs.value) continue;
        // No timeouts can shrink all the way round a circle.
        if (areInOneCircle(model, service.name, to.value)) continue;
        const outer = formatDuration(first.timeoutMs.value);
        const inner = formatDuration(timeoutMs.value);
        const suggested = suggestion(first.timeoutMs.value);
        const hint = suggested === undefined ? '' : `, such as ${suggested}`;
        yield {
          subject: `${timeoutMs.source.at.start}`,
          message: `'${service.name}' waits up to ${inner} for '${to.value}', but '${first.name}' gives up on '${service.name}' after ${outer}: whatever arrives later is thrown away. Set this timeout below ${outer}${hint}.`,
          at: timeoutMs.source.at,
          ...(suggested !== undefined && {
            fixes: [
              {
                title: `Set the timeout to ${suggested}`,
                // Where all have given up by then, nobody misses what would have come.
                safe: !service.ratePerSecond && longestMs <= timeoutMs.value,
                changes: [{ kind: 'replace', at: timeoutMs.source.at, value: suggested }],
              },
            ],
          }),
          related: [{ message: `'${first.name}' waits ${outer}.`, at: first.timeoutMs.source.at }],
        };
      }
    }
  },
};

interface Caller {
  readonly name: string;
  readonly timeoutMs: Sourced<number>;
}

interface Callers {
  /** The one that gives up first, among those that do. */
  readonly first: Caller | undefined;
  /** How long the most patient one waits. */
  readonly longestMs: number;
}

/** How long each service is waited for, by its name. */
function callersOf(model: Model): ReadonlyMap<string, Callers> {
  const callers = new Map<string, Callers>();
  const note = (to: string, name: string, timeoutMs: Sourced<number> | undefined) => {
    // A service that calls itself is no caller to keep up with.
    if (to === name) return;
    const { first, longestMs = 0 } = callers.get(to) ?? {};
    const isFirst = timeoutMs && (!first || timeoutMs.value < first.timeoutMs.value);
    callers.set(to, {
      first: isFirst ? { name, timeoutMs } : first,
      longestMs: Math.max(longestMs, timeoutMs?.value ?? Number.POSITIVE_INFINITY),
    });
  };
  for (const { name, calls } of model.services.values()) {
    for (const { to, timeoutMs, fallback } of calls) {
      note(to.value, name, timeoutMs);
      for (const step of fallback?.steps ?? []) {
        if (step.kind === 'call') note(step.to.value, name, step.timeoutMs);
      }
    }
  }
  return callers;
}

/** Nine tenths of the caller's patience, rounded down to two digits, leave room for own work. */
function suggestion(patienceMs: number): string | undefined {
  const wanted = patienceMs * 0.9;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  const suggested = Math.floor(wanted / step) * step;
  return suggested >= 1 ? formatDuration(suggested).replaceAll(' ', '') : undefined;
}
