/**
 * Edges between the numbered nodes of a graph, in two flat arrays: those of node v are
 * `targets[start[v]]` up to `targets[start[v + 1]]`, exclusive. Ten thousand services and their
 * calls stay two small blocks of memory, and walks over them need no recursion.
 */
export interface Adjacency {
  readonly start: Int32Array;
  readonly targets: Int32Array;
}

/** Where each list begins when lists of these lengths are put one after the other. */
export function startsOf(lengths: ArrayLike<number>): Int32Array {
  const start = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) start[i + 1] = (start[i] ?? 0) + (lengths[i] ?? 0);
  return start;
}

export function adjacencyOf(lists: readonly (readonly number[])[]): Adjacency {
  return {
    start: startsOf(lists.map(({ length }) => length)),
    targets: Int32Array.from(lists.flat()),
  };
}

/** The same edges backwards, towards a number of nodes. */
export function reversed({ start, targets }: Adjacency, nodes: number): Adjacency {
  const lengths = new Int32Array(nodes);
  for (const target of targets) lengths[target] = (lengths[target] ?? 0) + 1;
  const back = { start: startsOf(lengths), targets: new Int32Array(targets.length) };
  const next = back.start.slice();
  for (let source = 0; source + 1 < start.length; source++) {
    for (const target of targets.subarray(start[source], start[source + 1])) {
      const place = next[target] ?? 0;
      back.targets[place] = source;
      next[target] = place + 1;
    }
  }
  return back;
}

/** Numbers the nodes in their order. Of several with one id the first counts. */
export function numbered<Node extends { readonly id: string }>(
  nodes: readonly Node[],
): { readonly first: readonly Node[]; readonly numbers: ReadonlyMap<string, number> } {
  const numbers = new Map<string, number>();
  const first: Node[] = [];
  for (const node of nodes) {
    if (numbers.has(node.id)) continue;
    numbers.set(node.id, first.length);
    first.push(node);
  }
  return { first, numbers };
}

/** The nodes to which one leads, itself first, the nearest ones before the farther ones. */
export function reachableFrom(start: number, edges: Adjacency): number[] {
  const reached = [start];
  const seen = new Uint8Array(edges.start.length - 1);
  seen[start] = 1;
  // Grows while it is walked.
  for (const node of reached) {
    const end = edges.start[node + 1] ?? 0;
    for (let i = edges.start[node] ?? 0; i < end; i++) {
      const target = edges.targets[i] ?? 0;
      if (seen[target] === 1) continue;
      seen[target] = 1;
      reached.push(target);
    }
  }
  return reached;
}

/**
 * A shortest way from one node to another along the edges, both included; from a node to itself a
 * shortest cycle through it.
 *
 * @returns `undefined` when there is none
 */
export function shortestPath(from: number, to: number, edges: Adjacency): number[] | undefined {
  const cameFrom = new Int32Array(edges.start.length - 1).fill(-1);
  cameFrom[from] = from;
  const open = [from];
  // Grows while it is walked.
  for (const node of open) {
    const end = edges.start[node + 1] ?? 0;
    for (let i = edges.start[node] ?? 0; i < end; i++) {
      const target = edges.targets[i] ?? 0;
      if (target === to) return wayBack(node, from, cameFrom, to);
      if (cameFrom[target] !== -1) continue;
      cameFrom[target] = node;
      open.push(target);
    }
  }
  return undefined;
}

function wayBack(last: number, from: number, cameFrom: Int32Array, to: number): number[] {
  const path = [to];
  for (let node = last; node !== from; node = cameFrom[node] ?? from) path.push(node);
  path.push(from);
  return path.reverse();
}
