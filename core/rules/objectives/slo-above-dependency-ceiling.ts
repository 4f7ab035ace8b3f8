import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import type { Model, Service } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { listed } from '../../text/words.ts';
import { formatPercent, formatRoughly } from '../../time/index.ts';
import { type Ceiling, ceilingOf } from '../facts/ceiling.ts';
import type { Part } from '../facts/dependencies.ts';
import type { Rule } from '../rule.ts';

export const sloAboveDependencyCeiling: Rule = {
  id: 'slo-above-dependency-ceiling',
  title: 'An availability objective is above what the dependencies allow',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
A service is up only while everything is up that it cannot do without. What its dependencies promise, or
what their numbers imply, multiplies to a ceiling that no work on the service itself can raise. Each
dependency counts once, however many ways lead to it.

**Fires when** the ceiling is below the objective \`availability\` of a service (or of the system, for its
services with traffic). It is reckoned from the promises of the services that it calls
(\`objectives.availability\`, which include their own dependencies), from error rates with the retries that
help against them, and from how often groups have their minimum (then it is a warning). What is not
written counts as always up, as do cached answers, and failures count as independent.

**Fix** Promise no more than the ceiling, add a fallback, or make the worst dependency better.

**Source** "The Calculus of Service Availability" (ACM Queue, 2017).
`,
  *check(model) {
    for (const { entries, objective, of } of promises(model)) {
      const strict = worst(model, entries, objective.value, false);
      const found = strict ?? worst(model, entries, objective.value, true);
      if (!found) continue;
      const parts = found.limits().map(({ down, part }) => ({
        ...placeOf(model, part),
        up: formatPercent(1 - down),
      }));
      const allows = parts.map(({ name, up }) => `${name} ${up}`);
      yield {
        subject: `objective at ${placeId(objective.source.at)}`,
        severity: strict ? 'error' : 'warning',
        message: `${of} promises ${formatPercent(objective.value)}, but what ${found.of} cannot do without allows ${formatPercent(found.up)} at most (${listed(allows, 'and', 4)}): ${formatRoughly(downtimeMs(found.down, MONTH_MS) ?? 0)} of downtime in 30d. Promise less, add a fallback, or make the worst of them better.`,
        at: objective.source.at,
        related: parts.slice(0, 4).map(({ at, name, up }) => ({ message: `${name}: ${up}.`, at })),
      };
    }
  },
};

interface Promised {
  readonly of: string;
  readonly objective: Sourced<number>;
  readonly entries: readonly Service[];
}

function promises(model: Model): readonly Promised[] {
  const services = [...model.services.values()].filter(({ doubtful }) => !doubtful);
  const own = services.flatMap((service): Promised[] => {
    const objective = service.objectives.availability;
    return objective ? [{ of: `'${service.name}'`, objective, entries: [service] }] : [];
  });
  const objective = model.objectives.availability;
  const entries = services.filter(({ ratePerSecond }) => ratePerSecond);
  if (!objective || entries.length === 0) return own;
  return [{ of: 'The system', objective, entries }, ...own];
}

/** The ceiling of all entries together, by their traffic, where it is below an objective. */
function worst(
  model: Model,
  entries: readonly Service[],
  objective: number,
  withGroups: boolean,
): (Ceiling & { readonly of: string }) | undefined {
  let total = 0;
  let weighted = 0;
  const ceilings: Ceiling[] = [];
  let lowest: (Ceiling & { readonly of: string }) | undefined;
  for (const entry of entries) {
    const ceiling = ceilingOf(model, entry, withGroups);
    const weight = entries.length === 1 ? 1 : (entry.ratePerSecond?.value ?? 0);
    if (!ceiling) return undefined;
    ceilings.push(ceiling);
    total += weight;
    weighted += weight * ceiling.up;
    if (!lowest || ceiling.up < lowest.up) lowest = { ...ceiling, of: `'${entry.name}'` };
  }
  // A share that is met to twelve digits is met.
  if (Number((weighted / total).toPrecision(12)) >= objective) return undefined;
  // A group that is not enough by itself is told by itself.
  const isTold = ceilings.some((ceiling) =>
    ceiling.limits().some(({ down, part }) => isOfGroup(part) && 1 - down < objective),
  );
  return isTold ? undefined : lowest;
}

function isOfGroup({ kind }: Part): boolean {
  return kind === 'group' || kind === 'takeover';
}

/** What a part is called, and where its number is written. */
function placeOf(model: Model, part: Part): { readonly name: string; readonly at: SourceRange } {
  switch (part.kind) {
    case 'service': {
      const { name, nameAt, objectives } = part.service;
      return { name: `'${name}'`, at: objectives.availability?.source.at ?? nameAt };
    }
    case 'requests':
      return { name: 'its own errors', at: part.service.errorRate.source.at };
    case 'group':
    case 'member':
      return { name: `'${part.group.name}'`, at: part.group.nameAt };
    case 'takeover':
      return { name: `takeovers in '${part.group.name}'`, at: part.group.activationMs.source.at };
    case 'call':
    case 'cache': {
      const { source, value } = part.call.to;
      const callee = model.services.get(value) ?? model.groups.get(value);
      return { name: `the errors of '${value}'`, at: callee?.errorRate.source.at ?? source.at };
    }
    case 'zone':
    case 'region':
      return { name: `${part.kind} '${part.name}'`, at: { file: model.file, start: 0, end: 0 } };
  }
}
