import {
  availabilityCeiling,
  bottlenecks,
  type DependencyNode,
  type StructureFunction,
  structureOf,
} from '../../analysis/index.ts';
import type { Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import type { SourceRange } from '../../model/source.ts';
import { groupAvailability } from './availability.ts';
import { attemptsOf, type CallSite, isSoft, sitesOf } from './calls.ts';
import { isService, type Node } from './order.ts';

/** The highest availability that a service can have with what it cannot do without. */
export interface Ceiling {
  /** At most this, in [0, 1]. */
  readonly up: number;
  /** What limits it, worst first. */
  readonly parts: readonly {
    readonly name: string;
    readonly up: number;
    readonly at: SourceRange;
    readonly isGroup: boolean;
  }[];
}

/** Beyond, a file is not judged: for each service the whole graph below it would be worked through. */
const MOST_NODES = 2_000;

/** @param withGroups whether groups count as down while they are below their minimum */
export function ceilingOf(
  model: Model,
  service: Service,
  withGroups: boolean,
): Ceiling | undefined {
  const { names, structure } = (withGroups ? graphWithGroups : graphWithoutGroups)(model);
  if (structure.ids.length > MOST_NODES) return undefined;
  const entry = entryId(service);
  const ceiling = availabilityCeiling(structure, entry);
  if (!ceiling) return undefined;
  const parts = bottlenecks(structure, entry).flatMap(({ down, id }) => {
    const named = names.get(id);
    return named ? { ...named, up: 1 - down, isGroup: id.startsWith(GROUP_PREFIX) } : [];
  });
  return { up: ceiling.kind === 'exact' ? ceiling.up : ceiling.most, parts };
}

interface CeilingGraph {
  readonly structure: StructureFunction;
  /** What nodes with a number of their own are called, and where that is written. */
  readonly names: ReadonlyMap<string, { readonly name: string; readonly at: SourceRange }>;
}

const graphWithGroups = perModel((model) => graphOf(model, true));
const graphWithoutGroups = perModel((model) => graphOf(model, false));

function graphOf(model: Model, withGroups: boolean): CeilingGraph {
  const nodes: DependencyNode[] = [];
  const names = new Map<string, { name: string; at: SourceRange }>();
  for (const service of model.services.values()) {
    const promised = service.objectives.availability;
    const needs = [...needsOf(model, service, nodes, names)].map((id) => ({
      atLeast: 1,
      of: [id],
    }));
    const ownErrors = errorsOnce(model, service);
    if (ownErrors > 0) {
      const at = service.errorRate.source.at;
      names.set(entryId(service), { name: 'its own errors', at });
    }
    nodes.push({ id: entryId(service), availability: 1 - ownErrors, needs });
    // A promise holds with all that the service itself needs.
    nodes.push({
      id: serviceId(service),
      availability: promised?.value ?? 1,
      needs: promised ? [] : needs,
    });
    if (promised) {
      names.set(serviceId(service), { name: `'${service.name}'`, at: promised.source.at });
    }
  }
  for (const group of model.groups.values()) {
    const up = withGroups && !group.doubtful ? groupAvailability(group)?.up : undefined;
    nodes.push({ id: groupId(group), availability: up ?? 1, needs: [] });
    names.set(groupId(group), { name: `'${group.name}'`, at: group.nameAt });
  }
  return { structure: structureOf({ nodes }), names };
}

/** The ids of what a service cannot do without; makes nodes of its own errors and of those of calls. */
function* needsOf(
  model: Model,
  service: Service,
  nodes: DependencyNode[],
  names: Map<string, { name: string; at: SourceRange }>,
): Generator<string> {
  const group = service.runsOn && model.groups.get(service.runsOn.value);
  if (group) yield groupId(group);
  for (const site of sitesOf(model).get(service) ?? []) {
    const { call, callee } = site;
    if (!callee || isSoft(call) || call.cache) continue;
    const isPromised = isService(callee) && callee.objectives.availability !== undefined;
    // What a callee promises contains its errors.
    const errors = isPromised ? 0 : errorsAfterRetries(model, site);
    yield isService(callee) ? serviceId(callee) : groupId(callee);
    if (errors === 0) continue;
    const id = `errors of ${site.subject}`;
    nodes.push({ id, availability: 1 - errors, needs: [] });
    names.set(id, { name: `the errors of '${callee.name}'`, at: callee.errorRate.source.at });
    yield id;
  }
}

/** Share of calls of which every try fails, when nothing but the usual errors is wrong. */
function errorsAfterRetries(model: Model, site: CallSite): number {
  const { call, callee } = site;
  if (!callee) return 0;
  return errorsOnce(model, callee) ** (attemptsOf(site) * (call.hedge?.attempts.value ?? 1));
}

/** Share of requests that fail in the work itself, and at the member that does it. */
function errorsOnce(model: Model, node: Node): number {
  const group = isService(node) && node.runsOn && model.groups.get(node.runsOn.value);
  const atMember = group ? group.errorRate.value : 0;
  return 1 - (1 - node.errorRate.value) * (1 - atMember);
}

function serviceId({ name }: Service): string {
  return `service ${name}`;
}

/** The service as the one that is judged: with all that it needs, whatever it promises. */
function entryId({ name }: Service): string {
  return `entry ${name}`;
}

const GROUP_PREFIX = 'group ';

function groupId({ name }: Group): string {
  return GROUP_PREFIX + name;
}
