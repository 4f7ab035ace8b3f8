import type { Group } from '../model/model.ts';
import type { Sourced, SourceRange } from '../model/source.ts';

/** Members of a group at the start: all of them are healthy. */
export function available(group: Group): number {
  return group.members.length;
}

/** A single instance by design is not judged by what it lacks in redundancy. */
export function isDeliberateSingleton(group: Group): boolean {
  return group.singleton.value && group.members.length === 1;
}

/** Where to point for a value: itself when it is written, else the group's name. */
export function placeOf(value: Sourced<unknown>, group: Group): SourceRange {
  return value.source.kind === 'explicit' ? value.source.at : group.nameAt;
}

/** "1 member", "3 members". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
