import { circlesAmong, stepsOf } from '../facts/circles.ts';
import type { Rule } from '../rule.ts';

/** A longer way round is named by its beginning. */
const MOST_NAMED = 6;

export const dependencyCycle: Rule = {
  id: 'dependency-cycle',
  title: 'Services call each other in a circle',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Each request to one of the services leads to a request to itself, through the others, which leads to
the next: without end, until something runs out. None of them can start, or recover, before the
others have.

**Fires when** services call each other in a circle, or one calls itself. It is a warning when the
circle is closed only by a fallback, so that requests go round only while something fails.

**Fix** Turn one of the calls round, or move what both sides need to a service that calls neither.

**Source** Google SRE, "Addressing cascading failures": communication within a layer and distributed
deadlock.
`,
  *check(model) {
    const steps = stepsOf(model);
    const told = new Set<string>();
    for (const severity of ['error', 'warning'] as const) {
      const considered = severity === 'error' ? steps.filter((step) => !step.isFallback) : steps;
      for (const { members, shortest } of circlesAmong(model, considered)) {
        if (members.some((name) => told.has(name))) continue;
        for (const name of members) told.add(name);
        const around = shortest.flatMap((from, index) => {
          const to = shortest[(index + 1) % shortest.length];
          return considered.find((step) => step.from === from && step.to === to) ?? [];
        });
        const [first, ...others] = around;
        if (!first) continue;
        yield {
          subject: `cycle of ${first.from}`,
          severity,
          message: messageFor(shortest, severity === 'warning', members.length),
          at: first.at,
          related: others.slice(0, MOST_NAMED).map(({ at, from, to }) => ({
            message: `'${from}' calls '${to}'.`,
            at,
          })),
        };
      }
    }
  },
};

function messageFor(shortest: readonly string[], isFallback: boolean, members: number): string {
  const [first = ''] = shortest;
  if (shortest.length === 1) {
    return isFallback
      ? `'${first}' falls back on itself: a request that fails is made again without end. Fall back on something else.`
      : `'${first}' calls itself: each request to it leads to another one, without end. Remove the call.`;
  }
  const named = shortest.slice(0, MOST_NAMED).map((name) => `'${name}'`);
  if (named.length < shortest.length) named.push('…');
  const way = [...named, `'${first}'`].join(' → ');
  const more =
    members > shortest.length ? ` (${members} services are tied together like this)` : '';
  return isFallback
    ? `${way} is a circle through a fallback${more}: while something fails, requests go round without end. Fall back on something outside it.`
    : `${way} is a circle${more}: each request leads to another one, without end, and none of them can start before the others. Turn one of the calls round.`;
}
