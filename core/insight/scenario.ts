import { lostWith } from '../analysis/index.ts';
import type { Fault, Group, Member, Model, Scenario } from '../model/model.ts';
import {
  dependenciesOf,
  groupId,
  memberId,
  requestsId,
  serviceId,
} from '../rules/facts/dependencies.ts';
import { recoveryTimes } from '../rules/facts/recovery.ts';
import type { InsightBase } from './insight.ts';

export interface ScenarioInsight extends InsightBase {
  readonly kind: 'scenario';
  readonly faults: number;
  /** Failures at random times, which nobody can foresee. */
  readonly randomFailures: number;
  /** The moment at which most services are lost, or most groups are below their minimum. */
  readonly worst?: ScenarioMoment;
  readonly load?: ScenarioLoad;
}

export interface ScenarioMoment {
  readonly atMs: number;
  /** Components that are down. */
  readonly failed: number;
  readonly groupsDown: readonly string[];
  /** Services that cannot answer, of those that get requests from outside. */
  readonly servicesLost: readonly string[];
}

export interface ScenarioLoad {
  readonly requests: number;
  readonly callers: number;
  readonly services: readonly string[];
}

/** More moments than these are not looked at. */
const MOST_MOMENTS = 50;

export function scenarioInsight(model: Model, scenario: Scenario): ScenarioInsight {
  const { faults, load, name, nameAt: at } = scenario;
  const outages = faults.flatMap((fault) => outageOf(model, fault));
  const starts = [...new Set(outages.map(({ fromMs }) => fromMs))].slice(0, MOST_MOMENTS);
  const [worst] = starts
    .map((atMs) => momentAt(model, scenario, outages, atMs))
    .sort((a, b) => rank(b) - rank(a) || a.atMs - b.atMs);
  return {
    kind: 'scenario',
    name,
    at,
    faults: faults.length,
    randomFailures: faults.reduce(
      (sum, fault) => sum + (fault.kind === 'random-failures' ? fault.count.value : 0),
      0,
    ),
    ...(worst && { worst }),
    ...(load && {
      load: {
        requests: load.requests.value,
        callers: load.callers.value,
        services: [...new Set(load.services.map(({ value }) => value))],
      },
    }),
    wants: [],
  };
}

/** What is down, as nodes of the graph, and for how long. */
interface Outage {
  readonly ids: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A fault that stops something; what is merely slow or faulty now and then stops nothing. */
function outageOf(model: Model, fault: Fault): Outage[] {
  const fromMs = fault.atMs.value;
  switch (fault.kind) {
    case 'degrade':
    case 'hang': {
      if (fault.kind === 'degrade' && fault.errorRate?.value !== 1) return [];
      const name = fault.target.value;
      const untilMs = fromMs + (fault.forMs?.value ?? Number.POSITIVE_INFINITY);
      const ids = [serviceId(name), groupId(name), ...operations(name), memberId({ name })];
      return [{ ids, fromMs, untilMs }];
    }
    case 'fail':
    case 'fail-domain':
      return [...model.groups.values()].flatMap((group) => {
        const members = group.members.filter((member) => isHit(fault, group, member));
        if (members.length === 0) return [];
        const forMs = fault.forMs?.value ?? recoveryTimes(group.recovery).leastMs;
        return [{ ids: members.map(memberId), fromMs, untilMs: fromMs + forMs }];
      });
    default:
      return [];
  }
}

function isHit(
  fault: Fault & { kind: 'fail' | 'fail-domain' },
  group: Group,
  member: Member,
): boolean {
  const { value: name } = fault.target;
  if (fault.kind === 'fail-domain') return member[fault.domain]?.value === name;
  return group.name === name || member.name === name;
}

function operations(name: string): string[] {
  return [groupId(name, 'read'), groupId(name, 'write')];
}

function momentAt(
  model: Model,
  scenario: Scenario,
  outages: readonly Outage[],
  atMs: number,
): ScenarioMoment {
  const { failures, parts } = dependenciesOf(model);
  const failed = outages
    .filter(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)
    .flatMap(({ ids }) => ids);
  const lost = new Set(lostWith(failures, failed));
  const asked = new Set(scenario.load?.services.map(({ value }) => value));
  return {
    atMs,
    failed: new Set(failed.filter((id) => parts.get(id)?.kind === 'member')).size,
    groupsDown: [...model.groups.keys()].filter((name) => lost.has(groupId(name))),
    servicesLost: [...model.services.values()]
      .filter((service) => service.ratePerSecond || asked.has(service.name))
      .filter((service) => lost.has(requestsId(service)))
      .map(({ name }) => name),
  };
}

function rank({ failed, groupsDown, servicesLost }: ScenarioMoment): number {
  return servicesLost.length * 1e8 + groupsDown.length * 1e4 + failed;
}
