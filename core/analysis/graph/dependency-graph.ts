import { isRatio } from '../numeric/ranges.ts';
import { type Adjacency, adjacencyOf, numbered, reversed, startsOf } from './adjacency.ts';

/**
 * What needs what to work, as numbers and ids: services, groups, members, zones and fallbacks alike
 * are nodes. A call that must succeed is a need for its callee; one with a fallback is a need for
 * one of two; a group is a node that needs so many of its members, and a member needs its zone.
 */
export interface DependencyGraph {
  /** Of nodes with the same id the first counts. */
  readonly nodes: readonly DependencyNode[];
}

export interface DependencyNode {
  readonly id: string;
  /**
   * Share of time that the node itself is up, whatever it needs, in [0, 1]. 1 is for what cannot
   * fail by itself, such as a group, which is nothing but its members. Absent, or not in [0, 1]:
   * it can fail, but nobody said how often.
   */
  readonly availability?: number;
  /** The node works only while all of these hold. */
  readonly needs: readonly Need[];
}

/**
 * At least so many of some nodes must work. One that is listed twice counts once, and one that does
 * not exist counts as working. More than are listed can never work; NaN asks for none.
 */
export interface Need {
  readonly atLeast: number;
  readonly of: readonly string[];
}

/**
 * The structure function of a dependency graph: which nodes work, given which have failed, in
 * numbers and flat arrays for walks that take no recursion. Prepared once (`structureOf`) for the
 * questions that the other files of this folder answer.
 *
 * Cycles: nodes that need one another work as long as none of them fails. Whether they could ever
 * start is another question; `cyclesOf` finds them.
 */
export interface StructureFunction {
  readonly ids: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Of each node by itself; 1 where it is not known. */
  readonly availability: Float64Array;
  /** 1 for each node whose availability is known. */
  readonly known: Uint8Array;
  /** From each node to all that its needs list. */
  readonly edges: Adjacency;
  /** The needs of node v are `needStart[v]` up to `needStart[v + 1]`, exclusive. */
  readonly needStart: Int32Array;
  /** The node that has each need. */
  readonly owner: Int32Array;
  /** How many of the nodes that it lists each need asks for. */
  readonly atLeast: Int32Array;
  /** From each need to the nodes that it lists. */
  readonly listed: Adjacency;
  /** From each node to the needs that list it. */
  readonly listing: Adjacency;
}

/** Prepares a graph for questions; linear time. */
export function structureOf(graph: DependencyGraph): StructureFunction {
  const { first, numbers } = numbered(graph.nodes);
  const owner: number[] = [];
  const atLeast: number[] = [];
  const lists: number[][] = [];
  for (const [node, { needs }] of first.entries()) {
    for (const need of needs) {
      const distinct = [...new Set(need.of)];
      const list = distinct.flatMap((id) => numbers.get(id) ?? []);
      owner.push(node);
      atLeast.push(asked(need.atLeast - (distinct.length - list.length), list.length));
      lists.push(list);
    }
  }
  const listed = adjacencyOf(lists);
  const needStart = startsOf(first.map(({ needs }) => needs.length));
  return {
    ids: first.map(({ id }) => id),
    numbers,
    availability: Float64Array.from(first, (node) => (isKnown(node) ? node.availability : 1)),
    known: Uint8Array.from(first, (node) => (isKnown(node) ? 1 : 0)),
    edges: {
      start: needStart.map((need) => listed.start[need] ?? 0),
      targets: listed.targets,
    },
    needStart,
    owner: Int32Array.from(owner),
    atLeast: Int32Array.from(atLeast),
    listed,
    listing: reversed(listed, first.length),
  };
}

function isKnown(node: DependencyNode): node is DependencyNode & { readonly availability: number } {
  return node.availability !== undefined && isRatio(node.availability);
}

/** What is not a number asks for nothing, rather than for something that nobody meant. */
function asked(atLeast: number, listed: number): number {
  return Number.isNaN(atLeast) ? 0 : Math.max(0, Math.min(Math.ceil(atLeast), listed + 1));
}
