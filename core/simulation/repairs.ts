import type { FaultSeverity } from '../model/model.ts';
import type { RecoveryOutcome, RedundancyGroup } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import { type Journal, POLICY_RECOVERY } from './journal.ts';
import type { LifetimeSampler } from './lifetime.ts';
import type { MemberProcess } from './member.ts';

/** Why a component failed, and how it comes back. */
export interface FailureCause {
  readonly failureType: string;
  readonly severity: FaultSeverity;
  /** Absent means that the recovery policy decides. */
  readonly repair?: Repair;
}

export interface Repair {
  readonly afterMs: number;
  readonly method: string;
}

export interface RepairOptions {
  /** How long an attempt takes around its mean. */
  readonly drawAttemptMs: LifetimeSampler;
  readonly journal: Journal;
}

/** The group whose members are brought back. */
export interface Repaired {
  /** How many times as long as usual recoveries take that begin now. */
  readonly recoverySlowdown: number;
  /** Whether the machine takes the member for failed. */
  isAway(member: MemberProcess): boolean;
  /** An attempt to bring it back has ended. */
  completeRecovery(member: MemberProcess, succeeds: boolean, method: string): void;
  /** It was repaired before anybody knew that it was down, and goes on where it was. */
  returnUnnoticed(member: MemberProcess, method: string): void;
  /** Told when something about a member has changed. */
  update(): void;
}

/**
 * Brings the members of a group back: by a repair, where the fault says how long it lasts, or by the
 * attempts that the group's recovery policy makes. Each plan for a member voids the one before.
 */
export class Repairs {
  readonly #engine: Engine;
  readonly #machine: RedundancyGroup;
  readonly #group: Repaired;
  readonly #journal: Journal;
  readonly #drawAttemptMs: LifetimeSampler;

  constructor(
    engine: Engine,
    machine: RedundancyGroup,
    group: Repaired,
    { drawAttemptMs, journal }: RepairOptions,
  ) {
    this.#engine = engine;
    this.#machine = machine;
    this.#group = group;
    this.#journal = journal;
    this.#drawAttemptMs = drawAttemptMs;
  }

  planRepair(member: MemberProcess, { afterMs, method }: Repair): void {
    this.#plan(member, this.#engine.nowMs + afterMs, method, true);
  }

  /** An attempt of the policy; not before an earlier plan would have brought the member back. */
  planRecovery(member: MemberProcess, completesAtMs: number): void {
    const { nowMs } = this.#engine;
    const takesMs = this.#drawAttemptMs(completesAtMs - nowMs, member.recoveryRandom);
    const slowedMs = nowMs + takesMs * this.#group.recoverySlowdown;
    this.#plan(member, Math.max(member.backAtMs, slowedMs), POLICY_RECOVERY, false);
  }

  /**
   * A failure of something that is down already: it stays down until the later of the two ends. When
   * a policy decides about the new one, the recovery begins again.
   */
  failAgain(member: MemberProcess, repair: Repair | undefined): void {
    const { nowMs } = this.#engine;
    if (!this.#group.isAway(member)) {
      this.#failAgainUnnoticed(member, repair);
    } else if (!repair) {
      const outcome = this.#machine.fail(member.id, nowMs);
      if (outcome.kind !== 'failed') return;
      if (outcome.recovery) this.planRecovery(member, outcome.recovery.completesAtMs);
      else this.#giveUp(member, this.#machine.recovery.maxAttempts);
    } else if (nowMs + repair.afterMs > member.backAtMs) {
      const { status } = this.#machine.component(member.id) ?? {};
      if (status !== 'recovering' && !this.#machine.startRecovery(member.id, nowMs)) return;
      this.planRepair(member, repair);
    }
  }

  /** No attempt has begun yet, because nobody knows of the first failure. */
  #failAgainUnnoticed(member: MemberProcess, repair: Repair | undefined): void {
    if (!repair) {
      member.isRepairPlanned = false;
      member.epoch++;
    } else if (this.#engine.nowMs + repair.afterMs > member.backAtMs) {
      member.isRepairPlanned = true;
      this.planRepair(member, repair);
    }
  }

  /** What comes after an attempt that failed. */
  goOn(member: MemberProcess, outcome: RecoveryOutcome): void {
    if (outcome.kind === 'retry') {
      member.backAtMs = outcome.retryAtMs;
      const event = { repairs: this, member, epoch: member.epoch };
      this.#engine.at(outcome.retryAtMs, retry, event);
    } else if (outcome.kind === 'given-up') {
      this.#giveUp(member, outcome.attempts);
    }
  }

  complete({ member, method, isCertain }: Comeback): void {
    if (!this.#group.isAway(member)) {
      this.#group.returnUnnoticed(member, method);
      return;
    }
    // Who is up needs no luck to be found so.
    const succeeds =
      isCertain || member.isUp || this.#machine.recovery.succeeds(member.recoveryRandom);
    this.#group.completeRecovery(member, succeeds, method);
  }

  retry(member: MemberProcess): void {
    const attempt = this.#machine.startRecovery(member.id, this.#engine.nowMs);
    if (attempt) this.planRecovery(member, attempt.completesAtMs);
    this.#group.update();
  }

  #plan(member: MemberProcess, atMs: number, method: string, isCertain: boolean): void {
    member.epoch++;
    member.backAtMs = atMs;
    const event: Comeback = { repairs: this, member, epoch: member.epoch, method, isCertain };
    this.#engine.at(atMs, complete, event);
  }

  #giveUp(member: MemberProcess, attempts: number): void {
    member.epoch++;
    member.backAtMs = Number.POSITIVE_INFINITY;
    const { nowMs } = this.#engine;
    this.#journal({ kind: 'given-up', atMs: nowMs, component: member.id, attempts });
  }
}

interface Planned {
  readonly repairs: Repairs;
  readonly member: MemberProcess;
  /** The member's epoch when this was planned. */
  readonly epoch: number;
}

interface Comeback extends Planned {
  readonly method: string;
  /** A repair that was said to take this long does not fail. */
  readonly isCertain: boolean;
}

function complete(comeback: Comeback): void {
  if (comeback.epoch === comeback.member.epoch) comeback.repairs.complete(comeback);
}

function retry({ epoch, member, repairs }: Planned): void {
  if (epoch === member.epoch) repairs.retry(member);
}
