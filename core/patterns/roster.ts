import type { Component, ComponentStatus } from './component.ts';

/** A component as its group may change it; its status changes through the roster only. */
export type Member = {
  -readonly [K in Exclude<keyof Component, 'status'>]: Component[K];
} & Pick<Component, 'status'>;

/** Who is in a redundancy group, and who of them is active, standby, or neither. */
export class Roster {
  readonly #members = new Map<string, Member>();
  // Replaced, never changed, so that whoever holds one is not surprised.
  #actives: readonly string[] = [];
  #standbys: readonly string[] = [];
  #eligible: readonly Member[] | undefined;

  get actives(): readonly string[] {
    return this.#actives;
  }

  get standbys(): readonly string[] {
    return this.#standbys;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  add(member: Member): void {
    this.#members.set(member.id, member);
  }

  joinActives(...ids: readonly string[]): void {
    this.#actives = [...this.#actives, ...ids];
    this.#eligible = undefined;
  }

  joinStandbys(id: string): void {
    this.#standbys = [...this.#standbys, id];
  }

  leave(...ids: readonly string[]): void {
    this.#actives = this.#actives.filter((id) => !ids.includes(id));
    this.#standbys = this.#standbys.filter((id) => !ids.includes(id));
    this.#eligible = undefined;
  }

  setStatus(member: Member, status: ComponentStatus): void {
    (member as { status: ComponentStatus }).status = status;
    this.#eligible = undefined;
  }
}
