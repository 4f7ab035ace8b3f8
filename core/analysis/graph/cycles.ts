import { type Adjacency, shortestPath } from './adjacency.ts';
import { isCycle, stronglyConnected } from './components.ts';

/** Nodes that all reach one another: none of them can do its work before the others. */
export interface Cycle {
  /** All of them, in the order of the graph. */
  readonly members: readonly string[];
  /** A shortest way round through the first member: it starts with it and leads back to it. */
  readonly shortest: readonly string[];
}

/** A graph with numbered nodes. */
export interface Numbered {
  readonly ids: readonly string[];
  readonly edges: Adjacency;
}

/** All cycles of a graph, those that share a node as one, in the order of the graph; linear time. */
export function cyclesOf({ ids, edges }: Numbered): Cycle[] {
  const name = (node: number): string => ids[node] ?? '';
  return stronglyConnected(ids.keys(), edges)
    .members.filter((component) => isCycle(component, edges))
    .map((component) => component.toSorted((a, b) => a - b))
    .sort(([a = 0], [b = 0]) => a - b)
    .map((members) => {
      const [first = 0] = members;
      const way = shortestPath(first, first, edges) ?? [first];
      return { members: members.map(name), shortest: way.slice(0, -1).map(name) };
    });
}
