import {
  type Amplification,
  amplification,
  type Calls,
  callsOf,
  steepestPath,
} from '../../analysis/index.ts';
import type { Group, Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { perPart } from '../../model/per-part.ts';
import { numberText } from '../../text/words.ts';
import { attemptsOf, type CallSite, callSites } from './calls.ts';

/** What one call can become, at most, when everything fails. */
export interface Multiplier {
  readonly times: number;
  /** How that comes about: `4`, `3 × 2 copies`, `1.1 (budget 10%)`. */
  readonly text: string;
}

/** The calls that are multiplied, and by how much all layers above multiply them already. */
export interface Layers {
  /** Requests that one request from outside can become at a service, along the worst path to it. */
  timesAt(service: Service): number;
  /** The calls of that path, the outermost first. */
  pathTo(service: Service): readonly CallSite[];
  /** Whether what a callee calls, directly or not, is multiplied again. */
  multipliesBelow(callee: Service | Group | undefined): boolean;
}

/** Tries of one call, with a budget that limits retries and the copies of a hedge. */
export function multiplierOf(site: CallSite): Multiplier {
  const { call, callee, retry } = site;
  // What must not be done twice does not reach the callee twice.
  const mayRepeat = call.idempotent.value;
  const attempts = mayRepeat ? attemptsOf(site) : 1;
  const budget = attempts > 1 ? retry?.budget : undefined;
  const limited = budget ? Math.min(attempts, 1 + budget.value) : attempts;
  const copies = (mayRepeat && call.hedge?.attempts.value) || 1;
  const tries = callee && 'failover' in callee ? (callee.failover?.attempts.value ?? 1) : 1;
  return {
    times: limited * copies * tries,
    // Most multipliers are never told of.
    get text() {
      const parts = [limited > 1 || (copies === 1 && tries === 1) ? numberText(limited) : ''];
      if (budget && limited < attempts) parts[0] = `${numberText(limited)} (with its budget)`;
      if (copies > 1) parts.push(`${copies} copies`);
      if (tries > 1) parts.push(`${tries} tries of its failover`);
      return parts.filter((part) => part !== '').join(' × ');
    },
  };
}

/** Above all that is called, so that every service is an entry. */
const OUTSIDE = '';

interface Layered {
  readonly graph: Calls;
  /** By the ids of caller and callee the call between them that is multiplied most. */
  readonly worst: ReadonlyMap<string, CallSite>;
}

const layeredCalls = perModel((model: Model): Layered => {
  const sites = callSites(model);
  const nodes = new Map<string, { to: string; attempts: number }[]>();
  const edgesOf = (id: string) => {
    const known = nodes.get(id) ?? [];
    nodes.set(id, known);
    return known;
  };
  const worst = new Map<string, CallSite>();
  for (const service of model.services.values()) {
    edgesOf(OUTSIDE).push({ to: idOf(service), attempts: 1 });
    edgesOf(idOf(service));
  }
  for (const group of model.groups.values()) edgesOf(idOf(group));
  for (const site of sites) {
    if (!site.callee) continue;
    const { times } = multiplierOf(site);
    edgesOf(idOf(site.caller)).push({ to: idOf(site.callee), attempts: times });
    const key = edgeKey(idOf(site.caller), idOf(site.callee));
    const known = worst.get(key);
    if (!known || multiplierOf(known).times < times) worst.set(key, site);
  }
  const graph = callsOf({ nodes: [...nodes].map(([id, calls]) => ({ id, calls })) });
  return { graph, worst };
});

export const layersOf = perModel((model: Model): Layers => {
  const { graph, worst } = layeredCalls(model);
  const found = amplification(graph, OUTSIDE);
  const below = multipliedBelow(found, callSites(model));
  return {
    timesAt: (service) => found.get(idOf(service))?.alongSteepestPath ?? 1,
    pathTo: (service) => {
      const path = steepestPath(found, idOf(service)).slice(1);
      return path.flatMap((id, index) => worst.get(edgeKey(path[index - 1] ?? '', id)) ?? []);
    },
    multipliesBelow: (callee) => callee !== undefined && below.has(callee),
  };
});

export interface Reached {
  readonly name: string;
  /** Requests that one call can become here; infinite in and behind a circle of calls. */
  readonly times: number;
  /** Whether it calls nobody else. */
  readonly isLast: boolean;
}

/** What one call can become at its callee and at all below it, callers before callees. */
export function reachedBy(model: Model, site: CallSite): readonly Reached[] {
  if (!site.callee) return [];
  const { edges, numbers } = layeredCalls(model).graph;
  const found = amplification(layeredCalls(model).graph, idOf(site.callee));
  return [...found].map(([id, { requests }]) => {
    const node = numbers.get(id) ?? 0;
    return {
      name: id.slice(id.indexOf(' ') + 1),
      times: requests * multiplierOf(site).times,
      isLast: edges.start[node] === edges.start[node + 1],
    };
  });
}

/** Those below which a call is multiplied. Callees come after their callers in what was found. */
function multipliedBelow(
  found: ReadonlyMap<string, Amplification>,
  sites: readonly CallSite[],
): ReadonlySet<Service | Group> {
  const ranks = new Map([...found.keys()].map((id, rank) => [id, rank]));
  const rankOf = ({ caller }: CallSite) => ranks.get(idOf(caller)) ?? 0;
  const below = new Set<Service | Group>();
  for (const site of [...sites].sort((a, b) => rankOf(b) - rankOf(a))) {
    const isMultiplied = multiplierOf(site).times > 1;
    if (isMultiplied || (site.callee && below.has(site.callee))) below.add(site.caller);
  }
  return below;
}

/** A service and a group may have the same name. */
const idOf = perPart((node: Service | Group): string => {
  return `${'calls' in node ? 'service' : 'group'} ${node.name}`;
});

function edgeKey(from: string, to: string): string {
  return `${from.length} ${from} ${to}`;
}
