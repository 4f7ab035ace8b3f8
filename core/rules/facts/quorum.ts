import type { Group, Member } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';

/** How many copies of a group's data must agree. */
export interface Quorum {
  readonly copies: number;
  /** A majority where the file does not say. */
  readonly write: number;
  readonly read: number;
  /** Members that hold a copy and vote, in the order of the file. */
  readonly voters: readonly Member[];
}

/** The quorum of a group that replicates by quorum and has members that can vote. */
export function quorumOf({ members, replication, standbyMode }: Group): Quorum | undefined {
  if (replication?.mode.value !== 'quorum') return undefined;
  // A cold standby holds no copy while it waits.
  const holders = members.filter(({ role }) => role === 'active' || standbyMode.value !== 'cold');
  const copies = replication.copies?.value ?? holders.length;
  if (copies === 0) return undefined;
  const majority = Math.floor(copies / 2) + 1;
  return {
    copies,
    write: replication.write?.value ?? majority,
    read: replication.read?.value ?? majority,
    voters: holders.slice(0, copies),
  };
}

/** `W 2 (default)`: a quorum that is not written is a majority. */
export function quorumText(
  name: 'W' | 'R',
  value: number,
  written: Sourced<number> | undefined,
): string {
  return `${name} ${value}${written ? '' : ' (default)'}`;
}
