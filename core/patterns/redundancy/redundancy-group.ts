import { requireInteger, requireNumber, requirePositive } from '../common/options.ts';
import type { Component, ComponentRole } from './component.ts';
import { faultToleranceLevel } from './fault-tolerance-level.ts';
import { type RecoveryOptions, RecoveryPolicy } from './recovery-policy.ts';
import type {
  FailureOutcome,
  GroupHealth,
  RecoveryAttempt,
  RecoveryOutcome,
  RestoreOutcome,
} from './redundancy-outcome.ts';
import { type Member, Roster } from './roster.ts';

export interface RedundancyGroupOptions {
  readonly name: string;
  /** What the members are, such as `database`. */
  readonly componentType: string;
  /** Healthy actives that the group needs; 0 or more, by default 2. */
  readonly minHealthy?: number;
  readonly recovery?: RecoveryOptions;
}

/**
 * Components that stand in for one another. Actives do the work, standbys wait. When a component
 * fails, the healthy actives share its load, standbys are promoted until the minimum is healthy
 * again, and its recovery begins; once recovered it is a standby.
 *
 * Each component is in exactly one place: active, standby, or away because it failed. The group
 * does nothing by itself: whoever drives it completes recoveries at the times that it returns.
 */
export class RedundancyGroup {
  readonly name: string;
  readonly componentType: string;
  readonly minHealthy: number;
  readonly recovery: RecoveryPolicy;
  readonly #roster = new Roster();

  /** @throws RangeError when an option is out of range. */
  constructor({ name, componentType, minHealthy = 2, recovery }: RedundancyGroupOptions) {
    this.name = name;
    this.componentType = componentType;
    this.minHealthy = requireInteger('minHealthy', minHealthy, 0);
    this.recovery = new RecoveryPolicy(recovery);
  }

  /** Ids of the active components, healthy or degraded, in the order in which they became active. */
  get actives(): readonly string[] {
    return this.#roster.actives;
  }

  /** Ids of the standbys, healthy or degraded, the first to be promoted in front. */
  get standbys(): readonly string[] {
    return this.#roster.standbys;
  }

  /** The healthy actives, in order: those that new work may be given to. */
  eligible(): readonly Component[] {
    return this.#roster.eligible();
  }

  component(id: string): Component | undefined {
    return this.#roster.member(id);
  }

  /**
   * Adds a healthy component without load.
   *
   * @param weight its share of the work under weighted load balancing; more than 0.
   * @throws RangeError when the group has the component already, or on a weight out of range.
   */
  add(id: string, role: ComponentRole, weight = 1): void {
    if (this.component(id) !== undefined) {
      throw new RangeError(`Group '${this.name}' already has a component '${id}'`);
    }
    this.#roster.add(id, role, requirePositive('weight', weight));
  }

  /**
   * Tells how busy a component is. Does nothing to one that is away: what it was doing when it
   * failed was given to others, and a late report of it must not count twice.
   *
   * @param load 0 or more; any unit, the same in the whole group.
   * @throws RangeError when there is no such component, or on a load out of range.
   */
  setLoad(id: string, load: number): void {
    const member = this.#roster.member(id);
    if (member === undefined) {
      throw new RangeError(`Group '${this.name}' has no component '${id}'`);
    }
    requireNumber('load', load);
    if (member.role !== undefined) member.load = load;
  }

  /**
   * Promotes standbys until the minimum is healthy. Failures and recoveries see to it themselves;
   * this is for a group that begins with fewer.
   *
   * @returns the ids of those that became active.
   */
  promoteMissing(): readonly string[] {
    return this.#roster.promote(this.minHealthy);
  }

  /**
   * A component failed, active or standby. One that fails while it recovers has failed once more:
   * the next attempt takes the place of the one that was under way.
   */
  fail(id: string, nowMs: number): FailureOutcome {
    const member = this.#roster.member(id);
    if (member === undefined) return { kind: 'unknown' };
    if (member.status === 'failed') return { kind: 'already-failed' };

    const wasActive = member.role === 'active';
    const { load } = member;
    this.#roster.leave(member);
    this.#roster.judge(member, 'failed', nowMs);
    member.failureCount += 1;
    member.load = 0;
    // Before promoting: the load is on its way to those who serve now.
    const redistributed = this.#roster.redistribute(load);
    return {
      kind: 'failed',
      wasActive,
      promoted: this.#roster.promote(this.minHealthy),
      redistributed,
      droppedLoad: redistributed.length === 0 ? load : 0,
      recovery: this.startRecovery(id, nowMs),
    };
  }

  /**
   * A component shows errors but runs: it stays where it is and gets no new work. Trouble that may
   * pass is no failover, so nobody is promoted.
   *
   * @returns whether the component was healthy before.
   */
  degrade(id: string, nowMs: number): boolean {
    const member = this.#roster.member(id);
    if (member?.status !== 'healthy') return false;
    this.#roster.judge(member, 'degraded', nowMs);
    return true;
  }

  /** A degraded component passed a health check. */
  restore(id: string, nowMs: number): RestoreOutcome {
    const member = this.#roster.member(id);
    if (member?.status !== 'degraded') return { kind: 'ignored' };
    this.#roster.judge(member, 'healthy', nowMs);
    return { kind: 'restored', promoted: this.#roster.promote(this.minHealthy) };
  }

  /**
   * Begins another attempt to recover a failed component; `fail` begins the first one itself.
   *
   * @returns `undefined` when the component is not failed, or all its attempts are used.
   */
  startRecovery(id: string, nowMs: number): RecoveryAttempt | undefined {
    const member = this.#roster.member(id);
    if (member?.status !== 'failed' || member.recoveryAttempts >= this.recovery.maxAttempts) {
      return undefined;
    }
    this.#roster.judge(member, 'recovering', nowMs);
    member.recoveryAttempts += 1;
    const attempt = member.recoveryAttempts;
    return { attempt, completesAtMs: nowMs + this.recovery.durationMs(attempt) };
  }

  /**
   * An attempt to recover has ended. Who recovered is a standby without load, and active at once if
   * the group is below its minimum. Otherwise the next attempt is to be started at `retryAtMs`,
   * unless all are used.
   *
   * @param attempt which one has ended, where another may have begun since: only the latest counts.
   */
  completeRecovery(
    id: string,
    nowMs: number,
    succeeded: boolean,
    attempt?: number,
  ): RecoveryOutcome {
    const member = this.#roster.member(id);
    if (member?.status !== 'recovering') return { kind: 'ignored' };
    const attempts = member.recoveryAttempts;
    if (attempt !== undefined && attempt !== attempts) return { kind: 'ignored' };

    if (!succeeded) {
      this.#roster.judge(member, 'failed', nowMs);
      if (attempts >= this.recovery.maxAttempts) return { kind: 'given-up', attempts };
      return { kind: 'retry', retryAtMs: nowMs + this.recovery.retryAfterMs };
    }
    return this.#comeBack(member, nowMs);
  }

  /**
   * A failed component is well again, though no attempt to recover it has succeeded: somebody has
   * repaired it, or it came back by itself. One that was given up comes back in no other way.
   */
  rejoin(id: string, nowMs: number): RecoveryOutcome {
    const member = this.#roster.member(id);
    if (member?.status !== 'failed' && member?.status !== 'recovering') return { kind: 'ignored' };
    return this.#comeBack(member, nowMs);
  }

  health(): GroupHealth {
    let total = 0;
    let healthy = 0;
    let failed = 0;
    for (const { status } of this.#roster.members()) {
      total += 1;
      if (status === 'healthy') healthy += 1;
      if (status === 'failed') failed += 1;
    }
    return {
      totalComponents: total,
      healthyComponents: healthy,
      activeComponents: this.#roster.activeCount,
      standbyComponents: this.#roster.standbyCount,
      failedComponents: failed,
      healthPercent: total === 0 ? 0 : (healthy / total) * 100,
      // Whoever is healthy is active or standby, so available.
      level: faultToleranceLevel(healthy, this.minHealthy),
      canHandleFailures: healthy >= this.minHealthy,
    };
  }

  #comeBack(member: Member, nowMs: number): RecoveryOutcome {
    this.#roster.judge(member, 'healthy', nowMs);
    member.recoveryAttempts = 0;
    this.#roster.join(member, 'standby');
    const promoted = this.#roster.promote(this.minHealthy);
    return { kind: 'recovered', role: member.role ?? 'standby', promoted };
  }
}
