import { adjacencyOf } from './adjacency.ts';
import { stronglyConnected } from './components.ts';
import type { StructureFunction } from './dependency-graph.ts';

/** A need for nodes that may be down while the entry works. */
export interface OpenNeed {
  /** The node that has it. */
  readonly owner: number;
  /** From 1 to one more than there are. */
  readonly atLeast: number;
  readonly of: readonly number[];
}

/** An entry's dependencies, with those set apart that it can never do without. */
export interface Remainder {
  /** Nodes that must all be up, the entry among them, each once. */
  readonly required: readonly number[];
  /** What must hold besides, while they are up. */
  readonly needs: readonly OpenNeed[];
  /** What the nodes in `needs`, and those that they lead to, need while the required ones are up. */
  readonly needsOf: ReadonlyMap<number, readonly OpenNeed[]>;
  /** The same nodes in strongly connected components, callees before callers. */
  readonly components: readonly (readonly number[])[];
}

/**
 * Sets the required nodes apart: those that needs without a choice lead to. They only multiply, and
 * for the rest they can be taken as up, so that most shared dependencies are gone before anything
 * has to be decided by cases. Linear time.
 */
export function remainderOf(structure: StructureFunction, entry: number): Remainder {
  const { needStart, owner, atLeast, listed } = structure;
  const isRequired = new Uint8Array(structure.ids.length);
  const required = [entry];
  isRequired[entry] = 1;
  const membersOf = (need: number): Int32Array =>
    listed.targets.subarray(listed.start[need], listed.start[need + 1]);
  const withChoice: number[] = [];
  // Grows while it is walked.
  for (const node of required) {
    for (let need = needStart[node] ?? 0; need < (needStart[node + 1] ?? 0); need++) {
      const members = membersOf(need);
      if (atLeast[need] !== members.length) {
        withChoice.push(need);
        continue;
      }
      for (const member of members) {
        if (isRequired[member] === 1) continue;
        isRequired[member] = 1;
        required.push(member);
      }
    }
  }

  const open = (need: number): OpenNeed => {
    const members = membersOf(need);
    const of = [...members].filter((member) => isRequired[member] === 0);
    const asked = (atLeast[need] ?? 0) - (members.length - of.length);
    return { owner: owner[need] ?? 0, atLeast: asked, of };
  };
  const isOpen = (need: OpenNeed): boolean => need.atLeast > 0;
  const needs = withChoice.map(open).filter(isOpen);
  const needsOf = new Map<number, readonly OpenNeed[]>();
  if (needs.length === 0) return { required, needs, needsOf, components: [] };
  const reached = new Set(needs.flatMap(({ of }) => of));
  // Grows while it is walked.
  for (const node of reached) {
    const own: OpenNeed[] = [];
    for (let need = needStart[node] ?? 0; need < (needStart[node + 1] ?? 0); need++) {
      own.push(open(need));
    }
    needsOf.set(node, own.filter(isOpen));
    for (const { of } of own.filter(isOpen)) for (const member of of) reached.add(member);
  }
  const targets = structure.ids.map((_, node) => needsOf.get(node)?.flatMap(({ of }) => of) ?? []);
  const { members: components } = stronglyConnected(reached, adjacencyOf(targets));
  return { required, needs, needsOf, components };
}
