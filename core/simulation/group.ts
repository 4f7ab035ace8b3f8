import type { FaultSeverity, Operation } from '../model/model.ts';
import type { LoadBalancer, RedundancyGroup } from '../patterns/index.ts';
import type { Copies } from './copies.ts';
import { Condition } from './degradation.ts';
import type { Engine } from './engine.ts';
import { type Journal, POLICY_RECOVERY } from './journal.ts';
import { drawExponential } from './latency.ts';
import type { ComponentState, MemberProcess } from './member.ts';
import type { FailureReason } from './outcome.ts';
import { Uptime } from './uptime.ts';

export interface GroupOptions {
  readonly engine: Engine;
  readonly machine: RedundancyGroup;
  /** In the order of the file, actives first. */
  readonly members: readonly MemberProcess[];
  readonly balancer: LoadBalancer;
  readonly activationMs: number;
  readonly hasColdStandbys: boolean;
  readonly mtbfMs: number | undefined;
  /** Share of requests that fail at a healthy member. */
  readonly usualErrorRate: number;
  /** Of the data that the members hold; absent when they hold none that could be lost. */
  readonly copies: Copies | undefined;
  readonly journal: Journal;
  /** Told whenever the group may have gone up or down. */
  readonly onChange: () => void;
}

/** Why a component failed, and how it comes back. */
export interface FailureCause {
  readonly failureType: string;
  readonly severity: FaultSeverity;
  /** How long the repair takes; absent means that the recovery policy decides. */
  readonly repair?: { readonly afterMs: number; readonly method: string };
}

/** Drives the redundancy machine of one group through failures, recoveries and promotions. */
export class GroupProcess {
  readonly machine: RedundancyGroup;
  readonly copies: Copies | undefined;
  readonly members: readonly MemberProcess[];
  readonly condition = new Condition();
  readonly uptime: Uptime;
  promotions = 0;
  /** Fewest members that served at once. */
  lowestServing: number;
  readonly #options: GroupOptions;
  readonly #byId: ReadonlyMap<string, MemberProcess>;
  /** The members that serve now. */
  #serving: readonly MemberProcess[] = [];

  constructor(options: GroupOptions) {
    this.#options = options;
    this.machine = options.machine;
    this.copies = options.copies;
    this.members = options.members;
    this.#byId = new Map(options.members.map((member) => [member.id, member]));
    this.uptime = new Uptime(true);
    this.lowestServing = Number.POSITIVE_INFINITY;
    for (const member of this.members) {
      // A cold standby is off while it waits, and what is off does not fail.
      const waitsCold = options.hasColdStandbys && !this.machine.actives.includes(member.id);
      if (!waitsCold) this.#planFailure(member);
    }
    this.#activate(this.machine.promoteMissing());
    this.#update();
  }

  get servingCount(): number {
    return this.#serving.length;
  }

  /**
   * The member that does the next request, or why there is none.
   *
   * @param operation what is done with the copies; absent means that it takes both
   */
  pick(operation: Operation | undefined): MemberProcess | FailureReason {
    if (this.#serving.length > 0 && this.copies?.allows(operation) === false) return 'no-quorum';
    return this.#options.balancer.pick(this.#serving) ?? 'unavailable';
  }

  /** Probability that a request fails at `member`: the worst of its own, its group's and the usual. */
  errorRate(member: MemberProcess | undefined): number {
    const { usualErrorRate } = this.#options;
    return Math.max(usualErrorRate, this.condition.errorRate, member?.condition.errorRate ?? -1);
  }

  fail(member: MemberProcess, cause: FailureCause): void {
    const { engine, journal } = this.#options;
    const { nowMs } = engine;
    if (!member.isUp) {
      this.#failAgain(member, cause);
      return;
    }
    const outcome = this.machine.fail(member.id, nowMs);
    if (outcome.kind !== 'failed') return;
    const failover = this.copies?.fail(member.id, nowMs);
    member.isUp = false;
    member.isActivating = false;
    member.failedAtMs = nowMs;
    member.epoch++;
    const { failureType, severity, repair } = cause;
    journal({ kind: 'failure', atMs: nowMs, component: member.id, failureType, severity });
    this.#activate(outcome.promoted);
    this.#update();
    const isTakenOver = outcome.wasActive && this.machine.actives.length > 0;
    if (failover && isTakenOver) this.copies?.failOver(failover);
    if (repair) this.#planRepair(member, repair);
    else if (outcome.recovery) this.#planRecovery(member, outcome.recovery.completesAtMs);
    member.crash();
  }

  failAll(cause: FailureCause): void {
    // Standbys first: none of them may be promoted into a group that is about to be gone.
    const { standbys } = this.machine;
    for (const id of standbys) this.fail(this.member(id), cause);
    for (const member of this.members) if (!standbys.includes(member.id)) this.fail(member, cause);
  }

  member(id: string): MemberProcess {
    const member = this.#byId.get(id);
    if (!member) throw new RangeError(`Group '${this.machine.name}' has no member '${id}'`);
    return member;
  }

  /** To be called when the condition of a member or of the whole group changed. */
  conditionChanged(): void {
    this.#update();
  }

  /**
   * A failure of something that is down already: it stays down until the later of the two ends. When
   * a policy decides about the new one, the recovery begins again.
   */
  #failAgain(member: MemberProcess, { failureType, repair }: FailureCause): void {
    const { engine, journal } = this.#options;
    const { nowMs } = engine;
    journal({ kind: 'failure-while-down', atMs: nowMs, component: member.id, failureType });
    if (!repair) {
      const outcome = this.machine.fail(member.id, nowMs);
      if (outcome.kind !== 'failed') return;
      member.epoch++;
      if (outcome.recovery) {
        this.#planRecovery(member, Math.max(member.backAtMs, outcome.recovery.completesAtMs));
      } else this.#giveUp(member, this.machine.recovery.maxAttempts);
    } else if (nowMs + repair.afterMs > member.backAtMs) {
      const { status } = this.machine.component(member.id) ?? {};
      if (status !== 'recovering' && !this.machine.startRecovery(member.id, nowMs)) return;
      member.epoch++;
      this.#planRepair(member, repair);
    }
    this.#update();
  }

  #giveUp(member: MemberProcess, attempts: number): void {
    const { engine, journal } = this.#options;
    member.backAtMs = Number.POSITIVE_INFINITY;
    journal({ kind: 'given-up', atMs: engine.nowMs, component: member.id, attempts });
  }

  #planRepair(member: MemberProcess, { afterMs, method }: { afterMs: number; method: string }) {
    const { engine } = this.#options;
    member.backAtMs = engine.nowMs + afterMs;
    engine.at(member.backAtMs, recover, {
      group: this,
      member,
      epoch: member.epoch,
      method,
      isCertain: true,
    });
  }

  #planRecovery(member: MemberProcess, completesAtMs: number): void {
    member.backAtMs = completesAtMs;
    this.#options.engine.at(completesAtMs, recover, {
      group: this,
      member,
      epoch: member.epoch,
      method: POLICY_RECOVERY,
      isCertain: false,
    });
  }

  recover({ member, epoch, method, isCertain }: Recovery): void {
    if (epoch !== member.epoch) return;
    const { engine, journal } = this.#options;
    const { nowMs } = engine;
    const succeeds = isCertain || this.machine.recovery.succeeds(member.recoveryRandom);
    const outcome = this.machine.completeRecovery(member.id, nowMs, succeeds);
    if (outcome.kind === 'recovered') {
      this.copies?.recover(member.id, nowMs);
      member.isUp = true;
      member.epoch++;
      const downMs = nowMs - member.failedAtMs;
      journal({ kind: 'recovery', atMs: nowMs, component: member.id, method, downMs });
      // A cold standby can fail from its promotion on.
      if (!this.#options.hasColdStandbys) this.#planFailure(member);
      this.#activate(outcome.promoted);
    } else if (outcome.kind === 'retry') {
      member.backAtMs = outcome.retryAtMs;
      engine.at(outcome.retryAtMs, retryRecovery, { group: this, member, epoch });
    } else if (outcome.kind === 'given-up') {
      this.#giveUp(member, outcome.attempts);
    }
    this.#update();
  }

  retryRecovery({ member, epoch }: PlannedEvent): void {
    if (epoch !== member.epoch) return;
    const attempt = this.machine.startRecovery(member.id, this.#options.engine.nowMs);
    if (attempt) this.#planRecovery(member, attempt.completesAtMs);
    this.#update();
  }

  #planFailure(member: MemberProcess): void {
    const { engine, mtbfMs } = this.#options;
    if (mtbfMs === undefined) return;
    const event = { group: this, member, epoch: member.epoch };
    engine.after(drawExponential(mtbfMs, member.failureRandom), failByChance, event);
  }

  #activate(promoted: readonly string[]): void {
    const { activationMs, engine, hasColdStandbys, journal } = this.#options;
    for (const id of promoted) {
      const member = this.member(id);
      // Who is alone takes nobody's place by coming back.
      if (this.members.length > 1) {
        this.promotions++;
        const group = this.machine.name;
        journal({ kind: 'promotion', atMs: engine.nowMs, component: id, group, activationMs });
      }
      if (hasColdStandbys) this.#planFailure(member);
      if (activationMs === 0) continue;
      member.isActivating = true;
      engine.after(activationMs, endActivation, { group: this, member, epoch: member.epoch });
    }
  }

  endActivation({ member, epoch }: PlannedEvent): void {
    if (epoch !== member.epoch) return;
    member.isActivating = false;
    this.#update();
  }

  /** Works out who serves now, and notes every change. */
  #update(): void {
    const { engine, onChange } = this.#options;
    const { nowMs } = engine;
    this.#serving = this.machine
      .eligible()
      .map(({ id }) => this.member(id))
      .filter((member) => !member.isActivating);
    const serving = this.#serving.length;
    if (serving < this.lowestServing) this.lowestServing = serving;
    const canServe = serving > 0 && this.copies?.allows(undefined) !== false;
    this.uptime.set(canServe && serving >= this.machine.minHealthy, nowMs);
    for (const member of this.members) member.states.add(nowMs, this.#stateOf(member));
    onChange();
  }

  #stateOf(member: MemberProcess): ComponentState {
    if (!member.isUp) {
      const status = this.machine.component(member.id)?.status;
      return status === 'recovering' ? 'recovering' : 'failed';
    }
    if (member.isActivating) return 'activating';
    if (member.condition.isDegraded || this.condition.isDegraded) return 'degraded';
    return this.machine.actives.includes(member.id) ? 'active' : 'standby';
  }
}

interface PlannedEvent {
  readonly group: GroupProcess;
  readonly member: MemberProcess;
  /** The member's epoch when this was planned. */
  readonly epoch: number;
}

interface Recovery extends PlannedEvent {
  readonly method: string;
  /** A repair that was said to take this long does not fail. */
  readonly isCertain: boolean;
}

function failByChance({ group, member, epoch }: PlannedEvent): void {
  if (epoch === member.epoch) group.fail(member, { failureType: 'crash', severity: 'high' });
}

function recover(recovery: Recovery): void {
  recovery.group.recover(recovery);
}

function retryRecovery(event: PlannedEvent): void {
  event.group.retryRecovery(event);
}

function endActivation(event: PlannedEvent): void {
  event.group.endActivation(event);
}
