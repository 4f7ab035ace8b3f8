import type { Adjacency } from './adjacency.ts';

/** The strongly connected components of a graph. */
export interface Components {
  /**
   * The nodes of each component. What a component leads to comes before it, so that walking them in
   * order meets callees before callers.
   */
  readonly members: readonly (readonly number[])[];
  /** The component of each node; −1 for those that were not asked about. */
  readonly of: Int32Array;
}

/**
 * Finds the strongly connected components that some nodes lead to: sets of nodes in which each can
 * reach each other one. A node in no cycle is a component by itself.
 *
 * R. Tarjan's algorithm (1972), in linear time, with a stack of its own: a chain of calls may be
 * longer than the call stack is deep.
 */
export function stronglyConnected(roots: Iterable<number>, edges: Adjacency): Components {
  const count = edges.start.length - 1;
  const of = new Int32Array(count).fill(-1);
  // Position in the search, from 1; 0 is not seen yet.
  const order = new Int32Array(count);
  const lowest = new Int32Array(count);
  const next = new Int32Array(count);
  const members: number[][] = [];
  const pending: number[] = [];
  const path: number[] = [];
  let seen = 0;

  const enter = (node: number): void => {
    seen += 1;
    order[node] = seen;
    lowest[node] = seen;
    next[node] = edges.start[node] ?? 0;
    pending.push(node);
    path.push(node);
  };

  for (const root of roots) {
    if (order[root] !== 0) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = next[node] ?? 0;
      if (edge < (edges.start[node + 1] ?? 0)) {
        next[node] = edge + 1;
        const target = edges.targets[edge] ?? 0;
        if (order[target] === 0) enter(target);
        else if (of[target] === -1) lower(lowest, node, order[target] ?? 0);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller !== undefined) lower(lowest, caller, lowest[node] ?? 0);
      if (lowest[node] !== order[node]) continue;
      const component = pending.splice(pending.lastIndexOf(node));
      for (const member of component) of[member] = members.length;
      members.push(component);
    }
  }
  return { members, of };
}

function lower(lowest: Int32Array, node: number, value: number): void {
  if (value < (lowest[node] ?? 0)) lowest[node] = value;
}

/** Whether the members of a component lie on a cycle: several of them, or one that leads to itself. */
export function isCycle(component: readonly number[], { start, targets }: Adjacency): boolean {
  const node = component[0];
  if (component.length !== 1 || node === undefined) return component.length > 1;
  return targets.subarray(start[node], start[node + 1]).includes(node);
}
