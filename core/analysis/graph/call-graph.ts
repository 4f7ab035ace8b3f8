import { type Adjacency, adjacencyOf, numbered } from './adjacency.ts';

/** Who calls whom for each request, and how often, as numbers and ids. */
export interface CallGraph {
  /** Of nodes with the same id the first counts. */
  readonly nodes: readonly CallNode[];
}

export interface CallNode {
  readonly id: string;
  readonly calls: readonly CallEdge[];
}

export interface CallEdge {
  /** Id of the callee; calls of what does not exist are passed over. */
  readonly to: string;
  /**
   * Requests that one call can become, 1 or more: attempts in all, or less where a budget limits
   * them; infinite where retries never stop. Anything else counts as 1.
   */
  readonly attempts: number;
}

/** A call graph, numbered, for questions that need no recursion; prepared by `callsOf`. */
export interface Calls {
  readonly ids: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** From each caller to what it calls, once for each call. */
  readonly edges: Adjacency;
  /** Of each edge. */
  readonly attempts: Float64Array;
}

/** Prepares a graph for questions; linear time. */
export function callsOf(graph: CallGraph): Calls {
  const { first, numbers } = numbered(graph.nodes);
  const attempts: number[] = [];
  const targets = first.map(({ calls }) =>
    calls.flatMap((call) => {
      const target = numbers.get(call.to);
      if (target === undefined) return [];
      attempts.push(call.attempts >= 1 ? call.attempts : 1);
      return target;
    }),
  );
  return {
    ids: first.map(({ id }) => id),
    numbers,
    edges: adjacencyOf(targets),
    attempts: Float64Array.from(attempts),
  };
}
