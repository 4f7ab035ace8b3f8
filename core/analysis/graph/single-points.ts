import { shortestPath } from './adjacency.ts';
import type { StructureFunction } from './dependency-graph.ts';
import { FailurePropagation } from './failure-propagation.ts';

export interface SinglePointOfFailure {
  readonly id: string;
  /** How many of the entries go down with it. */
  readonly entriesLost: number;
}

/**
 * All nodes whose failure alone takes at least one of some entries down, by letting each one fail.
 * Entries themselves are among them. Nodes that cannot fail by themselves (availability 1) and what
 * is down as configured are not.
 *
 * Takes as many steps as the failures bring down nodes, in the worst case the square of the size.
 *
 * @param entries ids of what users need to work; unknown ones are passed over
 * @returns those that take the most entries down first, then in the order of the graph
 */
export function singlePointsOfFailure(
  structure: StructureFunction,
  entries: Iterable<string>,
): SinglePointOfFailure[] {
  const { ids, numbers, availability, known } = structure;
  const isEntry = new Uint8Array(ids.length);
  for (const id of entries) {
    const node = numbers.get(id);
    if (node !== undefined) isEntry[node] = 1;
  }
  const failures = new FailurePropagation(structure);
  const before = failures.downCount;
  const found: SinglePointOfFailure[] = [];
  for (const [node, id] of ids.entries()) {
    if (known[node] === 1 && availability[node] === 1) continue;
    failures.fail(node);
    let entriesLost = 0;
    for (const lost of failures.downSince(before)) entriesLost += isEntry[lost] ?? 0;
    failures.restore(before);
    if (entriesLost > 0) found.push({ id, entriesLost });
  }
  return found.sort((a, b) => b.entriesLost - a.entriesLost);
}

/**
 * All that is down when some nodes fail, those included, in the order in which it goes down; what
 * is down as configured comes first.
 *
 * @param failed ids; unknown ones are passed over
 */
export function lostWith(structure: StructureFunction, failed: Iterable<string>): string[] {
  const failures = new FailurePropagation(structure);
  for (const id of failed) {
    const node = structure.numbers.get(id);
    if (node !== undefined) failures.fail(node);
  }
  return Array.from(failures.downSince(0), (node) => structure.ids[node] ?? '');
}

/**
 * A shortest way along which one node needs another, both included, to show why it matters.
 *
 * @returns `undefined` when it does not, or one of them is unknown
 */
export function dependencyPath(
  structure: StructureFunction,
  from: string,
  to: string,
): string[] | undefined {
  const start = structure.numbers.get(from);
  const end = structure.numbers.get(to);
  if (start === undefined || end === undefined) return undefined;
  if (start === end) return [from];
  return shortestPath(start, end, structure.edges)?.map((node) => structure.ids[node] ?? '');
}
