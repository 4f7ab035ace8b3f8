import type { Definition, Model, SectionName } from '../model/model.ts';
import { perModel } from '../model/per-model.ts';
import { DEFINING_SECTIONS, type Reference } from '../model/references.ts';
import type { SourceRange } from '../model/source.ts';
import { callSites } from '../rules/facts/calls.ts';
import { type BreakerInsight, breakerInsight } from './breaker.ts';
import { type CallInsight, callInsight } from './call.ts';
import { type GroupInsight, groupInsight } from './group.ts';
import { type ObjectiveInsight, writtenObjectives } from './objective.ts';
import { type PoolInsight, poolInsight } from './pool.ts';
import { type RateLimiterInsight, rateLimiterInsight } from './rate-limiter.ts';
import { type RetryInsight, retryInsight } from './retry.ts';
import { type ScenarioInsight, scenarioInsight } from './scenario.ts';
import { type ServiceInsight, serviceInsight } from './service.ts';

/** What can be said of a part of a config, as data. */
export type Insight =
  | GroupInsight
  | CallInsight
  | PoolInsight
  | BreakerInsight
  | RateLimiterInsight
  | RetryInsight
  | ServiceInsight
  | ObjectiveInsight
  | ScenarioInsight;

/** A part of which something can be said, and how. */
export interface Subject {
  /** From its first character to its last. */
  readonly at: SourceRange;
  /** Absent while it is still being typed. */
  readonly tell?: () => Insight;
}

export interface Subjects {
  readonly all: readonly Subject[];
  /** By their section and name. */
  readonly named: Readonly<Record<SectionName, ReadonlyMap<string, Subject>>>;
  /** By the place of the name of the callee. */
  readonly calls: ReadonlyMap<string, Subject>;
  readonly objectives: readonly Subject[];
}

export const subjectsOf = perModel((model: Model): Subjects => {
  const subjects = <T extends Definition>(
    definitions: ReadonlyMap<string, T>,
    tell: (model: Model, definition: T) => Insight,
  ): ReadonlyMap<string, Subject> =>
    new Map(
      [...definitions].map(([name, one]) => [
        name,
        { at: one.at, ...(!one.doubtful && { tell: () => tell(model, one) }) },
      ]),
    );
  const named = {
    // Nothing can be said of a crew by itself.
    repairCrews: new Map(),
    redundancy: subjects(model.groups, (_, group) => groupInsight(group)),
    circuitBreakers: subjects(model.breakers, breakerInsight),
    bulkheads: subjects(model.bulkheads, poolInsight),
    retries: subjects(model.retries, retryInsight),
    rateLimiters: subjects(model.rateLimiters, rateLimiterInsight),
    concurrencyLimits: subjects(model.concurrencyLimits, poolInsight),
    connectionPools: subjects(model.connectionPools, poolInsight),
    services: subjects(model.services, serviceInsight),
  };
  const scenarios = subjects(model.scenarios, scenarioInsight);
  const calls = callSubjects(model);
  const definitions = [...Object.values(named), scenarios].flatMap((section) => [
    ...section.values(),
  ]);
  return {
    all: [...definitions, ...calls.values()],
    named,
    calls,
    objectives: writtenObjectives(model).map(({ judge, value: { source } }) => ({
      at: source.at,
      tell: () => judge(model),
    })),
  };
});

/** What a reference means; of a component the group that it is in. */
export function subjectNamed(model: Model, { kind, name }: Reference): Subject | undefined {
  const { named } = subjectsOf(model);
  for (const section of DEFINING_SECTIONS[kind]) {
    const found = named[section].get(name);
    if (found) return found;
  }
  if (kind !== 'component' && kind !== 'fail-target' && kind !== 'degrade-target') return undefined;
  const group = [...model.groups.values()].find(({ members }) =>
    members.some((member) => member.name === name),
  );
  return group && named.redundancy.get(group.name);
}

/** Where something begins; a model may be of several files. */
export function placeKey({ file, start }: Pick<SourceRange, 'file' | 'start'>): string {
  return `${start} ${file}`;
}

function callSubjects(model: Model): ReadonlyMap<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const { calls } of model.services.values()) {
    for (const { at, to } of calls) subjects.set(placeKey(to.source.at), { at });
  }
  for (const site of callSites(model)) {
    const { at, to } = site.call;
    // What an alias repeats is told of the first service that says it.
    const key = placeKey(to.source.at);
    if (subjects.get(key)?.tell) continue;
    subjects.set(key, { at, tell: () => callInsight(model, site) });
  }
  return subjects;
}
