// Over 400 lines: what is true of members and what is known of them change together, in one place.
import type { Operation } from '../model/model.ts';
import type {
  FailureOutcome,
  LoadBalancer,
  RecoveryOutcome,
  RedundancyGroup,
  Suspicion,
} from '../patterns/index.ts';
import { ChanceFailures, type Lifetimes } from './chance-failures.ts';
import type { Copies } from './copies.ts';
import { type DatabaseNodes, DatabaseProcess, type FailoverOptions } from './database.ts';
import { Condition } from './degradation.ts';
import { DetectionCounts } from './detection-counts.ts';
import type { Engine } from './engine.ts';
import { type Journal, POLICY_RECOVERY } from './journal.ts';
import type { LifetimeSampler } from './lifetime.ts';
import type { MemberProcess } from './member.ts';
import type { FailureReason } from './outcome.ts';
import { type FailureCause, type Repaired, Repairs } from './repairs.ts';
import { Uptime } from './uptime.ts';
import { Watch, type Watcher, type WatchOptions } from './watch.ts';

export interface GroupOptions {
  readonly engine: Engine;
  readonly machine: RedundancyGroup;
  /** In the order of the file, actives first. */
  readonly members: readonly MemberProcess[];
  readonly balancer: LoadBalancer;
  readonly activationMs: number;
  readonly hasColdStandbys: boolean;
  /** How members fail by chance; absent means that none does. */
  readonly lifetimes: Lifetimes | undefined;
  /** How long an attempt to recover a member takes around its mean. */
  readonly drawAttemptMs: LifetimeSampler;
  /** Share of requests that fail at a healthy member. */
  readonly usualErrorRate: number;
  /** Of the data that the members hold; absent when they hold none that could be lost. */
  readonly copies: Copies | undefined;
  /** How failures are found out; absent means at once. */
  readonly detection: DetectionOptions | undefined;
  /** Present means that calls use the group as a fault-tolerant database. */
  readonly failover: FailoverOptions | undefined;
  readonly journal: Journal;
  /** Told whenever the group may have gone up or down. */
  readonly onChange: () => void;
}

export interface DetectionOptions extends WatchOptions {
  /** Whether a member whose heartbeats are late is given no new work, before it counts as failed. */
  readonly heedsWeakening: boolean;
}

/**
 * Drives the redundancy machine of one group through failures, recoveries and promotions.
 *
 * The machine knows what is known of the members: with a detector that is not what is true. A member
 * that is down still gets requests, which it refuses, until its failure is found out; and one whose
 * heartbeats are late may be taken for failed though it is up.
 */
export class GroupProcess implements Watcher, Repaired, DatabaseNodes {
  readonly machine: RedundancyGroup;
  readonly copies: Copies | undefined;
  readonly database: DatabaseProcess | undefined;
  readonly members: readonly MemberProcess[];
  readonly condition = new Condition();
  readonly uptime: Uptime;
  readonly detected = new DetectionCounts();
  promotions = 0;
  /** How many times as long as usual recoveries take that begin now; several multiply. */
  readonly slowdowns: number[] = [];
  /** Fewest members that served at once. */
  lowestServing: number;
  readonly #options: GroupOptions;
  readonly #byId: ReadonlyMap<string, MemberProcess>;
  readonly #repairs: Repairs;
  readonly #chance: ChanceFailures | undefined;
  readonly #watches = new Map<MemberProcess, Watch>();
  /** The members that requests are given to. */
  #eligible: readonly MemberProcess[] = [];
  /** How many of them are up. */
  #servingCount = 0;

  constructor(options: GroupOptions) {
    const { detection, engine, failover, lifetimes } = options;
    this.#options = options;
    this.machine = options.machine;
    this.copies = options.copies;
    this.members = options.members;
    this.#byId = new Map(options.members.map((member) => [member.id, member]));
    this.database = failover && new DatabaseProcess(engine, this, failover);
    this.#repairs = new Repairs(engine, options.machine, this, options);
    this.#chance = lifetimes && new ChanceFailures(engine, this, lifetimes);
    this.uptime = new Uptime(true);
    this.lowestServing = Number.POSITIVE_INFINITY;
    for (const member of this.members) {
      if (!this.#isOff(member)) this.#planFailure(member);
      if (detection) this.#watches.set(member, new Watch(engine, this, member, detection));
    }
    this.#activate(this.machine.promoteMissing());
    this.update();
  }

  get recoverySlowdown(): number {
    return this.slowdowns.reduce((product, factor) => product * factor, 1);
  }

  get servingCount(): number {
    return this.#servingCount;
  }

  /**
   * The member that does the next request, or why there is none.
   *
   * @param operation what is done with the copies; absent means that it takes both
   */
  pick(operation: Operation | undefined): MemberProcess | FailureReason {
    return (this.#hasQuorum(operation) ? this.next() : undefined) ?? this.refusal(operation);
  }

  next(): MemberProcess | undefined {
    return this.#options.balancer.pick(this.#eligible);
  }

  /** Why a request finds nobody to do it. */
  refusal(operation: Operation | undefined): FailureReason {
    return this.#eligible.length > 0 && !this.#hasQuorum(operation) ? 'no-quorum' : 'unavailable';
  }

  #hasQuorum(operation: Operation | undefined): boolean {
    return this.copies?.allows(operation) ?? true;
  }

  /** A write is done at a member. */
  wrote({ id }: MemberProcess): void {
    // The database knows the writes that it has made.
    if (!this.database) this.copies?.wrote(id, this.#options.engine.nowMs);
  }

  /** Probability that a request fails at `member`: the worst of its own, its group's and the usual. */
  errorRate(member: MemberProcess | undefined): number {
    const { usualErrorRate } = this.#options;
    return Math.max(usualErrorRate, this.condition.errorRate, member?.condition.errorRate ?? -1);
  }

  fail(member: MemberProcess, cause: FailureCause): void {
    const { detection, engine, journal } = this.#options;
    const { nowMs } = engine;
    const { failureType, repair, severity } = cause;
    if (!member.isUp) {
      journal({ kind: 'failure-while-down', atMs: nowMs, component: member.id, failureType });
      this.#repairs.failAgain(member, repair);
      this.update();
      return;
    }
    member.isUp = false;
    member.life++;
    member.failedAtMs = nowMs;
    member.isRepairPlanned = repair !== undefined;
    member.loss = this.copies?.failover(member.id, nowMs);
    this.copies?.fail(member.id, nowMs);
    journal({ kind: 'failure', atMs: nowMs, component: member.id, failureType, severity });
    // When it was taken for failed before it did, the recovery under way will do.
    if (!this.isAway(member)) {
      member.epoch++;
      member.backAtMs = nowMs;
      if (!detection) this.#takeForFailed(member);
    }
    this.update();
    if (repair) this.#repairs.planRepair(member, repair);
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

  isRunning(member: MemberProcess): boolean {
    return member.isUp && !this.#isOff(member);
  }

  sendsHeartbeats(member: MemberProcess): boolean {
    const hangs = member.condition.isHanging || this.condition.isHanging;
    return this.isRunning(member) && !hangs;
  }

  addedLatencyMs(member: MemberProcess): number {
    return member.condition.addedLatencyMs + this.condition.addedLatencyMs;
  }

  suspects(member: MemberProcess, suspicion: Suspicion): void {
    if (this.#isOff(member)) return;
    switch (suspicion) {
      case 'trusted':
        if (this.isAway(member)) this.#rejoin(member);
        else if (member.isWeakening) this.#recuperates(member);
        break;
      case 'weakening':
        if (this.#options.detection?.heedsWeakening) this.#weakens(member);
        break;
      case 'failed':
        if (!this.isAway(member)) this.#takeForFailed(member);
    }
    this.update();
  }

  /** A cold standby is off while it waits: it neither fails by chance nor sends heartbeats. */
  #isOff({ id }: MemberProcess): boolean {
    return this.#options.hasColdStandbys && this.machine.component(id)?.role === 'standby';
  }

  #planFailure(member: MemberProcess): void {
    this.#chance?.plan(member, this.machine.component(member.id)?.role === 'standby');
  }

  /** Whether the machine takes it for failed. */
  isAway({ id }: MemberProcess): boolean {
    return this.machine.component(id)?.role === undefined;
  }

  #takeForFailed(member: MemberProcess): void {
    const { nowMs } = this.#options.engine;
    if (this.database) {
      this.database.machine.failNode(member.id, nowMs);
      return;
    }
    const outcome = this.machine.fail(member.id, nowMs);
    if (outcome.kind === 'failed') this.failedOver(member, outcome);
  }

  failedOver(member: MemberProcess, outcome: FailureOutcome & { kind: 'failed' }): void {
    const { promoted, recovery, wasActive } = outcome;
    this.#noteFailure(member);
    member.isActivating = false;
    member.isWeakening = false;
    this.#activate(promoted);
    const isTakenOver = wasActive && this.machine.actives.length > 0;
    if (member.loss && isTakenOver) this.copies?.lose(member.loss);
    if (recovery && !member.isRepairPlanned) {
      this.#repairs.planRecovery(member, recovery.completesAtMs);
    }
    this.update();
  }

  #noteFailure(member: MemberProcess): void {
    const { detection, engine, journal } = this.#options;
    const { nowMs } = engine;
    if (member.isUp) {
      this.detected.mistakes++;
      member.loss = this.copies?.failover(member.id, nowMs);
      journal({ kind: 'mistaken', atMs: nowMs, component: member.id });
    } else if (detection) {
      const afterMs = nowMs - member.failedAtMs;
      this.detected.found++;
      this.detected.slowestMs = Math.max(this.detected.slowestMs, afterMs);
      journal({ kind: 'detected', atMs: nowMs, component: member.id, afterMs });
    }
  }

  #weakens(member: MemberProcess): void {
    const { engine, journal } = this.#options;
    const { nowMs } = engine;
    if (this.machine.component(member.id)?.status !== 'healthy') return;
    member.isWeakening = true;
    if (this.database) this.database.machine.degradeNode(member.id, nowMs);
    else this.machine.degrade(member.id, nowMs);
    this.detected.weakenings++;
    journal({ kind: 'weakening', atMs: nowMs, component: member.id });
  }

  distrusts(member: MemberProcess): void {
    const { engine, journal } = this.#options;
    journal({ kind: 'distrusted', atMs: engine.nowMs, component: member.id });
    this.update();
  }

  #recuperates(member: MemberProcess): void {
    const { nowMs } = this.#options.engine;
    if (this.database) {
      this.database.machine.passHealthCheck(member.id, nowMs);
      return;
    }
    const outcome = this.machine.restore(member.id, nowMs);
    if (outcome.kind === 'restored') this.restored(member, outcome.promoted);
  }

  restored(member: MemberProcess, promoted: readonly string[]): void {
    const { engine, journal } = this.#options;
    member.isWeakening = false;
    journal({ kind: 'trusted', atMs: engine.nowMs, component: member.id });
    this.#activate(promoted);
    this.update();
  }

  completeRecovery(member: MemberProcess, succeeds: boolean, method: string): void {
    const { nowMs } = this.#options.engine;
    const machine = this.database?.machine ?? this.machine;
    this.#conclude(member, machine.completeRecovery(member.id, nowMs, succeeds), method);
  }

  /** Its heartbeats say that it is up, whatever became of the attempts to recover it. */
  #rejoin(member: MemberProcess): void {
    const { nowMs } = this.#options.engine;
    const outcome = this.database
      ? this.database.machine.rejoinNode(member.id, nowMs)
      : this.machine.rejoin(member.id, nowMs);
    this.#conclude(member, outcome, POLICY_RECOVERY);
  }

  #conclude(member: MemberProcess, outcome: RecoveryOutcome, method: string): void {
    if (outcome.kind === 'recovered') {
      this.#comeBack(member, method);
      // A cold standby can fail from its promotion on.
      if (!this.#options.hasColdStandbys) this.#planFailure(member);
      this.#activate(outcome.promoted);
      this.#watches.get(member)?.hear();
    } else this.#repairs.goOn(member, outcome);
    this.update();
  }

  returnUnnoticed(member: MemberProcess, method: string): void {
    this.detected.unnoticed++;
    this.#comeBack(member, method);
    this.#planFailure(member);
    if (member.isActivating) this.#planActivation(member);
    this.update();
  }

  #comeBack(member: MemberProcess, method: string): void {
    const { engine, journal } = this.#options;
    const { nowMs } = engine;
    member.epoch++;
    member.isRepairPlanned = false;
    if (member.isUp) {
      journal({ kind: 'trusted', atMs: nowMs, component: member.id });
      return;
    }
    member.isUp = true;
    this.copies?.recover(member.id, nowMs);
    const downMs = nowMs - member.failedAtMs;
    journal({ kind: 'recovery', atMs: nowMs, component: member.id, method, downMs });
  }

  #activate(promoted: readonly string[]): void {
    const { activationMs, engine, hasColdStandbys, journal, lifetimes } = this.#options;
    for (const id of promoted) {
      const member = this.member(id);
      // Who is alone takes nobody's place by coming back.
      if (this.members.length > 1) {
        this.promotions++;
        const group = this.machine.name;
        journal({ kind: 'promotion', atMs: engine.nowMs, component: id, group, activationMs });
      }
      // From now on it fails as actives do.
      if (lifetimes && lifetimes.standbyPace < 1) this.#planFailure(member);
      if (hasColdStandbys) {
        this.#watches.get(member)?.hear();
      }
      if (activationMs > 0) this.#planActivation(member);
    }
  }

  #planActivation(member: MemberProcess): void {
    const { activationMs, engine } = this.#options;
    member.isActivating = true;
    engine.after(activationMs, endActivation, { group: this, member, epoch: member.epoch });
  }

  endActivation(member: MemberProcess): void {
    member.isActivating = false;
    this.update();
  }

  /** To be called when anything about a member or the group changed: notes it, and who serves now. */
  update(): void {
    const { engine, onChange } = this.#options;
    const { nowMs } = engine;
    this.#eligible = this.machine
      .eligible()
      .map(({ id }) => this.member(id))
      .filter((member) => !member.isActivating);
    const serving = this.#eligible.filter((member) => member.isUp).length;
    this.#servingCount = serving;
    if (serving < this.lowestServing) this.lowestServing = serving;
    const canServe = serving > 0 && this.copies?.allows(undefined) !== false;
    this.uptime.set(canServe && serving >= this.machine.minHealthy, nowMs);
    for (const member of this.members) {
      member.log(nowMs, this.machine.component(member.id), this.condition.isDegraded);
    }
    onChange();
  }
}

interface Activation {
  readonly group: GroupProcess;
  readonly member: MemberProcess;
  /** The member's epoch when this was planned. */
  readonly epoch: number;
}

function endActivation({ group, member, epoch }: Activation): void {
  if (epoch === member.epoch) group.endActivation(member);
}
