import type { Component } from './component.ts';
import { faultToleranceLevel } from './fault-tolerance-level.ts';
import { requireInteger, requireNumber, requirePositive } from './options.ts';
import { type RecoveryOptions, RecoveryPolicy } from './recovery-policy.ts';
import type {
  ComponentRole,
  FailureOutcome,
  GroupHealth,
  RecoveryAttempt,
  RecoveryOutcome,
  RestoreOutcome,
} from './redundancy-outcome.ts';

export interface RedundancyGroupOptions {
  readonly name: string;
  /** What the members are, such as `database`. */
  readonly componentType: string;
  /** Healthy actives that the group needs; 0 or more, by default 2. */
  readonly minHealthy?: number;
  readonly recovery?: RecoveryOptions;
}

type Member = { -readonly [K in keyof Component]: Component[K] };

/**
 * Components that stand in for one another. Actives do the work, standbys wait. When a component
 * fails, healthy actives share its load, standbys are promoted until the minimum is healthy again,
 * and its recovery begins; once recovered it is a standby.
 *
 * Each component is in exactly one place: active, standby, or away because it failed. The group
 * does not act by itself: whoever drives it completes recoveries at the times that it returns.
 */
export class RedundancyGroup {
  readonly name: string;
  readonly componentType: string;
  readonly minHealthy: number;
  readonly recovery: RecoveryPolicy;
  readonly #members = new Map<string, Member>();
  // Replaced, never changed, so that whoever holds one is not surprised.
  #actives: readonly string[] = [];
  #standbys: readonly string[] = [];
  #eligible: readonly Component[] | undefined;

  /** @throws RangeError when an option is out of range. */
  constructor({ name, componentType, minHealthy = 2, recovery }: RedundancyGroupOptions) {
    this.name = name;
    this.componentType = componentType;
    this.minHealthy = requireInteger('minHealthy', minHealthy, 0);
    this.recovery = new RecoveryPolicy(recovery);
  }

  /** Ids of the active components, in the order in which they became active. */
  get actives(): readonly string[] {
    return this.#actives;
  }

  /** Ids of the standbys, the next one to be promoted first. */
  get standbys(): readonly string[] {
    return this.#standbys;
  }

  /**
   * Adds a healthy component without load.
   *
   * @param weight its share of the work under weighted load balancing; more than 0.
   * @throws RangeError when the group has the component already, or on a weight out of range.
   */
  add(id: string, role: ComponentRole, weight = 1): void {
    if (this.#members.has(id)) {
      throw new RangeError(`Group '${this.name}' already has a component '${id}'`);
    }
    requirePositive('weight', weight);
    this.#members.set(id, {
      id,
      status: 'healthy',
      load: 0,
      weight,
      lastHealthCheckMs: undefined,
      failureCount: 0,
      recoveryAttempts: 0,
    });
    if (role === 'active') this.#actives = [...this.#actives, id];
    else this.#standbys = [...this.#standbys, id];
    this.#eligible = undefined;
  }

  component(id: string): Component | undefined {
    return this.#members.get(id);
  }

  /** The healthy actives, in order: those that work may be given to. */
  eligible(): readonly Component[] {
    this.#eligible ??= this.#healthy(this.#actives);
    return this.#eligible;
  }

  /**
   * @param load how busy the component is, 0 or more; any unit, the same in the whole group.
   * @throws RangeError when there is no such component, or on a load out of range.
   */
  setLoad(id: string, load: number): void {
    const member = this.#members.get(id);
    if (member === undefined) {
      throw new RangeError(`Group '${this.name}' has no component '${id}'`);
    }
    member.load = requireNumber('load', load);
  }

  /**
   * A component failed. One that fails while it recovers counts as failed once more, and the next
   * attempt takes the place of the one that was under way.
   */
  fail(id: string, nowMs: number): FailureOutcome {
    const member = this.#members.get(id);
    if (member === undefined) return { kind: 'unknown' };
    if (member.status === 'failed') return { kind: 'already-failed' };

    const wasActive = this.#actives.includes(id);
    this.#actives = this.#actives.filter((active) => active !== id);
    this.#standbys = this.#standbys.filter((standby) => standby !== id);
    this.#setStatus(member, 'failed', nowMs);
    member.failureCount += 1;

    const { load } = member;
    member.load = 0;
    const redistributed = this.#redistribute(load);
    return {
      kind: 'failed',
      wasActive,
      promoted: this.#promote(),
      redistributed,
      droppedLoad: redistributed.length === 0 ? load : 0,
      recovery: this.startRecovery(id, nowMs),
    };
  }

  /**
   * A component shows errors but still runs: it stays where it is and gets no new work. Trouble
   * that may pass is no failover, so nobody is promoted.
   *
   * @returns whether the component was healthy before.
   */
  degrade(id: string, nowMs: number): boolean {
    const member = this.#members.get(id);
    if (member?.status !== 'healthy') return false;
    this.#setStatus(member, 'degraded', nowMs);
    return true;
  }

  /** A degraded component passed a health check. */
  restore(id: string, nowMs: number): RestoreOutcome {
    const member = this.#members.get(id);
    if (member?.status !== 'degraded') return { kind: 'ignored' };
    this.#setStatus(member, 'healthy', nowMs);
    return { kind: 'restored', promoted: this.#promote() };
  }

  /**
   * Begins the next attempt to recover a failed component. `fail` begins the first one itself.
   *
   * @returns `undefined` when the component is not failed, or all its attempts are used.
   */
  startRecovery(id: string, nowMs: number): RecoveryAttempt | undefined {
    const member = this.#members.get(id);
    if (member?.status !== 'failed' || member.recoveryAttempts >= this.recovery.maxAttempts) {
      return undefined;
    }
    member.status = 'recovering';
    member.recoveryAttempts += 1;
    const attempt = member.recoveryAttempts;
    return { attempt, completesAtMs: nowMs + this.recovery.durationMs(attempt) };
  }

  /**
   * The recovery of a component has ended. A component that recovered is a standby without load,
   * or active at once if the group is below its minimum; else its recovery is to be started again
   * at `retryAtMs`, unless all attempts are used.
   *
   * @param attempt the attempt that has ended, if others may have begun since: only the latest
   * counts.
   */
  completeRecovery(
    id: string,
    nowMs: number,
    succeeded: boolean,
    attempt?: number,
  ): RecoveryOutcome {
    const member = this.#members.get(id);
    if (member?.status !== 'recovering') return { kind: 'ignored' };
    const { recoveryAttempts } = member;
    if (attempt !== undefined && attempt !== recoveryAttempts) return { kind: 'ignored' };

    if (!succeeded) {
      this.#setStatus(member, 'failed', nowMs);
      return recoveryAttempts < this.recovery.maxAttempts
        ? { kind: 'retry', retryAtMs: nowMs + this.recovery.retryAfterMs }
        : { kind: 'given-up', attempts: recoveryAttempts };
    }
    this.#setStatus(member, 'healthy', nowMs);
    member.load = 0;
    member.recoveryAttempts = 0;
    this.#standbys = [...this.#standbys, id];
    const promoted = this.#promote();
    return { kind: 'recovered', role: promoted.includes(id) ? 'active' : 'standby', promoted };
  }

  health(): GroupHealth {
    const members = [...this.#members.values()];
    const healthy = members.filter((member) => member.status === 'healthy').length;
    return {
      totalComponents: members.length,
      healthyComponents: healthy,
      activeComponents: this.#actives.length,
      standbyComponents: this.#standbys.length,
      failedComponents: members.filter((member) => member.status === 'failed').length,
      healthPercent: members.length === 0 ? 0 : (healthy / members.length) * 100,
      // Failed ones are not healthy and all others are active or standby: healthy is available.
      level: faultToleranceLevel(healthy, this.minHealthy),
      canHandleFailures: healthy >= this.minHealthy,
    };
  }

  #setStatus(member: Member, status: Component['status'], nowMs: number): void {
    member.status = status;
    member.lastHealthCheckMs = nowMs;
    this.#eligible = undefined;
  }

  #healthy(ids: readonly string[]): Member[] {
    return ids.flatMap((id) => {
      const member = this.#members.get(id);
      return member?.status === 'healthy' ? [member] : [];
    });
  }

  /** Divides load among the healthy actives: unhealthy ones take nothing, so nothing gets lost. */
  #redistribute(load: number): { id: string; load: number }[] {
    if (load === 0) return [];
    const receivers = this.#healthy(this.#actives);
    const share = load / receivers.length;
    return receivers.map((receiver) => {
      receiver.load += share;
      return { id: receiver.id, load: share };
    });
  }

  /** Makes healthy standbys active, in order, until the minimum is healthy; skips the others. */
  #promote(): string[] {
    const missing = Math.max(0, this.minHealthy - this.eligible().length);
    const promoted = this.#healthy(this.#standbys)
      .slice(0, missing)
      .map(({ id }) => id);
    if (promoted.length > 0) {
      this.#standbys = this.#standbys.filter((id) => !promoted.includes(id));
      this.#actives = [...this.#actives, ...promoted];
      this.#eligible = undefined;
    }
    return promoted;
  }
}
