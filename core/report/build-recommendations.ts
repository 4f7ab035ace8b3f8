import { compareFindings, type Finding, SEVERITIES } from '../model/finding.ts';
import type { Model, Service } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import {
  breakerAdvice,
  chainsInTime,
  type MonitorRecommendation,
  type MonitorReport,
} from '../monitor/index.ts';
import { findTarget } from '../simulation/targets.ts';
import type { Placer } from './build-place.ts';
import type { PoolResult, Recommendation } from './report.ts';
import { countText, percentText } from './text.ts';

/** Findings that are repeated as advice; all of them are listed anyway. */
const MOST_FINDINGS = 3;

/** What to do, from full pools, what the monitor saw, and the worst that the rules found, each on a line. */
export function buildRecommendations(
  model: Model,
  monitor: MonitorReport,
  findings: readonly Finding[],
  pools: readonly PoolResult[],
  place: Placer,
): readonly Recommendation[] {
  const full = pools.flatMap(growPool);
  const seen = monitor.recommendations
    .filter((recommendation) => !isDone(recommendation, model))
    .map((recommendation) => {
      const at = placeOf(recommendation, model);
      const message = messageOf(recommendation, model, monitor);
      return { message, ...(at && { place: place(at) }) };
    });
  const worst = findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareFindings(a, b),
    )
    .slice(0, MOST_FINDINGS)
    .map(({ at, message }) => ({ message, place: place(at) }));
  return [...full, ...seen, ...worst];
}

/** A pool that turned away more than this share of its requests is worth a change. */
const NOTABLE_REFUSED_RATIO = 0.01;

function growPool({
  name,
  size,
  requests,
  rejected,
  timeouts,
  peakInUse,
  place,
}: PoolResult): Recommendation[] {
  const refused = rejected + timeouts;
  if (refused === 0 || refused < requests * NOTABLE_REFUSED_RATIO) return [];
  const share = percentText(refused / requests);
  return [
    {
      message: `Pool '${name}' turned away ${share} of ${countText(requests)} requests: ${peakInUse} of its ${size} slots were in use at the peak. Give it more slots, make the work shorter, or let fewer requests in.`,
      place,
    },
  ];
}

/** Breakers are asked for only in front of what some service calls without one. */
function messageOf(
  { components, kind, message }: MonitorRecommendation,
  model: Model,
  { patterns }: MonitorReport,
): string {
  if (kind !== 'add-circuit-breakers') return message;
  const bare = components.filter((id) => unprotectedCaller(model, [id]) !== undefined);
  if (bare.length === 0 || bare.length === components.length) return message;
  return breakerAdvice(bare, chainsInTime(patterns).length);
}

/** The line to change: the group that lacks members, the component, or the service without a breaker. */
function placeOf(
  { components, kind }: MonitorRecommendation,
  model: Model,
): SourceRange | undefined {
  const [first] = components;
  const target = first === undefined ? undefined : findTarget(model, first);
  if (target?.kind !== 'component') return undefined;
  switch (kind) {
    case 'add-redundancy':
      return target.group.nameAt;
    case 'automate-recovery':
    case 'investigate-component':
    case 'improve-component-recovery':
      return target.member.nameAt;
    case 'separate-failure-domains':
      return target.group.nameAt;
    case 'add-circuit-breakers':
      return unprotectedCaller(model, components)?.nameAt ?? target.group.nameAt;
  }
}

/** Whether the config does already what is recommended, as far as it says who calls whom. */
function isDone({ components, kind }: MonitorRecommendation, model: Model): boolean {
  return (
    kind === 'add-circuit-breakers' &&
    model.services.size > 0 &&
    unprotectedCaller(model, components) === undefined
  );
}

function groupOf(model: Model, component: string): string | undefined {
  const target = findTarget(model, component);
  return target?.kind === 'component' ? target.group.name : undefined;
}

/** The first service that calls the group of a component, or what runs on it, without a breaker. */
function unprotectedCaller(model: Model, components: readonly string[]): Service | undefined {
  const groups = new Set(components.map((id) => groupOf(model, id)));
  for (const service of model.services.values()) {
    for (const { breaker, to } of service.calls) {
      const group = model.services.get(to.value)?.runsOn?.value ?? to.value;
      if (!breaker && groups.has(group)) return service;
    }
  }
  return undefined;
}
