import type { Component, ComponentStatus } from './component.ts';

type Member = { -readonly [K in keyof Component]: Component[K] };

/** The members of a redundancy group and their places: active, standby, or away. */
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

  members(): Member[] {
    return [...this.#members.values()];
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** The healthy actives, in order. The same list until something changes. */
  eligible(): readonly Member[] {
    this.#eligible ??= this.#healthy(this.#actives);
    return this.#eligible;
  }

  /** Adds a healthy member that is in no place yet. */
  add(id: string, weight: number): void {
    this.#members.set(id, {
      id,
      status: 'healthy',
      load: 0,
      weight,
      lastHealthCheckMs: undefined,
      failureCount: 0,
      recoveryAttempts: 0,
    });
  }

  joinActives(ids: readonly string[]): void {
    this.#actives = [...this.#actives, ...ids];
    this.#eligible = undefined;
  }

  joinStandbys(id: string): void {
    this.#standbys = [...this.#standbys, id];
  }

  leave(ids: readonly string[]): void {
    this.#actives = this.#actives.filter((id) => !ids.includes(id));
    this.#standbys = this.#standbys.filter((id) => !ids.includes(id));
    this.#eligible = undefined;
  }

  /** The only way to change a status, because it also changes who is eligible. */
  judge(member: Member, status: ComponentStatus, nowMs: number): void {
    member.status = status;
    member.lastHealthCheckMs = nowMs;
    this.#eligible = undefined;
  }

  /** Divides load among the healthy actives: unhealthy ones take nothing, so nothing gets lost. */
  redistribute(load: number): { id: string; load: number }[] {
    if (load === 0) return [];
    const receivers = this.eligible();
    const share = load / receivers.length;
    return receivers.map((receiver) => {
      receiver.load += share;
      return { id: receiver.id, load: share };
    });
  }

  /**
   * Makes healthy standbys active, in order, until that many actives are healthy. Unhealthy ones
   * keep their place.
   */
  promote(minHealthy: number): string[] {
    const missing = Math.max(0, minHealthy - this.eligible().length);
    const healthyStandbys = this.#healthy(this.#standbys).slice(0, missing);
    const promoted = healthyStandbys.map(({ id }) => id);
    this.leave(promoted);
    this.joinActives(promoted);
    return promoted;
  }

  #healthy(ids: readonly string[]): Member[] {
    return ids.flatMap((id) => {
      const member = this.#members.get(id);
      return member?.status === 'healthy' ? [member] : [];
    });
  }
}
