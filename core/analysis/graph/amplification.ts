import type { Calls } from './call-graph.ts';
import { isCycle, stronglyConnected } from './components.ts';

export interface Amplification {
  /**
   * Requests that reach the node for one request at the entry when everything fails and is retried,
   * over all paths; infinite in and behind a cycle of calls, and where retries never stop.
   */
  readonly requests: number;
  /** The part of them that comes along the path that multiplies most (`steepestPath`). */
  readonly alongSteepestPath: number;
  /** The caller before the node on that path; absent at the entry and in a cycle. */
  readonly via?: string;
}

/**
 * How many requests one request at an entry can become at each node that it leads to.
 *
 * requests(entry) = 1, requests(v) = Σ over calls u → v of requests(u) · attempts
 *
 * by dynamic programming, callers before callees, in linear time. Nodes without calls are the sinks
 * where it matters most. The worst case: each attempt at each layer fails after it has called all of
 * its own callees.
 *
 * @param entry id
 * @returns by id, callers before callees; empty when there is no such node
 */
export function amplification(calls: Calls, entry: string): ReadonlyMap<string, Amplification> {
  const { ids, numbers, edges, attempts } = calls;
  const start = numbers.get(entry);
  const found = new Map<string, Amplification>();
  if (start === undefined) return found;
  const requests = new Map([[start, 1]]);
  const steepest = new Map<number, Step>([[start, { factor: 1 }]]);
  const { members: components } = stronglyConnected([start], edges);
  for (const component of components.toReversed()) {
    if (isCycle(component, edges)) {
      for (const node of component) {
        requests.set(node, Number.POSITIVE_INFINITY);
        steepest.set(node, { factor: Number.POSITIVE_INFINITY });
      }
    }
    for (const node of component) {
      const arriving = requests.get(node) ?? 0;
      const { factor = 0, via } = steepest.get(node) ?? {};
      found.set(ids[node] ?? '', {
        requests: arriving,
        alongSteepestPath: factor,
        ...(via !== undefined && { via: ids[via] ?? '' }),
      });
      for (let edge = edges.start[node] ?? 0; edge < (edges.start[node + 1] ?? 0); edge++) {
        const target = edges.targets[edge] ?? 0;
        const tries = attempts[edge] ?? 1;
        requests.set(target, (requests.get(target) ?? 0) + arriving * tries);
        if (factor * tries > (steepest.get(target)?.factor ?? 0)) {
          steepest.set(target, { factor: factor * tries, via: node });
        }
      }
    }
  }
  return found;
}

/** The best way to a node that has been found so far. */
interface Step {
  readonly factor: number;
  readonly via?: number;
}

/**
 * The path to a node that multiplies most, from the entry (or the last cycle before it) to the node.
 *
 * @param found by `amplification`
 * @returns empty when the node was not reached
 */
export function steepestPath(found: ReadonlyMap<string, Amplification>, id: string): string[] {
  const path: string[] = [];
  for (let at: string | undefined = id; at !== undefined; ) {
    const step = found.get(at);
    if (step) path.push(at);
    at = step?.via;
  }
  return path.reverse();
}
