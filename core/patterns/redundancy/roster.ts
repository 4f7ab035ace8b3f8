import type { Component, ComponentRole, ComponentStatus } from './component.ts';

/** A component, to those who may change it. */
export type Member = { -readonly [K in keyof Component]: Component[K] };

/** A list of members and, once somebody asks, their ids. Replaced, never changed. */
interface Place {
  readonly members: readonly Member[];
  ids: readonly string[] | undefined;
}

const NOBODY: readonly never[] = [];
const EMPTY: Place = { members: NOBODY, ids: NOBODY };

/**
 * The members of a redundancy group and their places: active, standby, or away. Lists are replaced
 * when they change, so that whoever holds one is not surprised.
 */
export class Roster {
  readonly #members = new Map<string, Member>();
  #active = EMPTY;
  #standby = EMPTY;
  #eligible: readonly Member[] | undefined;

  get actives(): readonly string[] {
    return idsOf(this.#active);
  }

  get standbys(): readonly string[] {
    return idsOf(this.#standby);
  }

  get activeCount(): number {
    return this.#active.members.length;
  }

  get standbyCount(): number {
    return this.#standby.members.length;
  }

  members(): Iterable<Member> {
    return this.#members.values();
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** The healthy actives, in order. The same list until something changes. */
  eligible(): readonly Member[] {
    if (this.#eligible === undefined) {
      const eligible: Member[] = [];
      for (const member of this.#active.members) {
        if (member.status === 'healthy') eligible.push(member);
      }
      this.#eligible = eligible;
    }
    return this.#eligible;
  }

  add(id: string, role: ComponentRole, weight: number): void {
    const member: Member = {
      id,
      status: 'healthy',
      role: undefined,
      load: 0,
      weight,
      lastHealthCheckMs: undefined,
      failureCount: 0,
      recoveryAttempts: 0,
    };
    this.#members.set(id, member);
    this.join(member, role);
  }

  /** Gives a member that is away a place, behind those who have one. */
  join(member: Member, role: ComponentRole): void {
    member.role = role;
    if (role === 'active') {
      this.#active = { members: [...this.#active.members, member], ids: undefined };
      this.#eligible = undefined;
    } else {
      this.#standby = { members: [...this.#standby.members, member], ids: undefined };
    }
  }

  leave(member: Member): void {
    if (member.role === 'active') {
      this.#active = without(this.#active, member);
      this.#eligible = undefined;
    } else if (member.role === 'standby') {
      this.#standby = without(this.#standby, member);
    }
    member.role = undefined;
  }

  /** The only way to change a status, because it also changes who is eligible. */
  judge(member: Member, status: ComponentStatus, nowMs: number): void {
    member.status = status;
    member.lastHealthCheckMs = nowMs;
    if (member.role === 'active') this.#eligible = undefined;
  }

  /** Divides load among the healthy actives: unhealthy ones take nothing, so nothing gets lost. */
  redistribute(load: number): readonly { readonly id: string; readonly load: number }[] {
    if (load === 0) return NOBODY;
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
  promote(minHealthy: number): readonly string[] {
    let missing = minHealthy - this.eligible().length;
    if (missing <= 0 || this.standbyCount === 0) return NOBODY;
    const promoted: string[] = [];
    for (const member of this.#standby.members) {
      if (missing === 0) break;
      if (member.status !== 'healthy') continue;
      this.leave(member);
      this.join(member, 'active');
      promoted.push(member.id);
      missing -= 1;
    }
    return promoted;
  }
}

function idsOf(place: Place): readonly string[] {
  place.ids ??= place.members.map(({ id }) => id);
  return place.ids;
}

function without({ members }: Place, leaver: Member): Place {
  const staying: Member[] = [];
  for (const member of members) if (member !== leaver) staying.push(member);
  return { members: staying, ids: undefined };
}
