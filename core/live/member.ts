import type {
  Component,
  Failover,
  FailureOutcome,
  FaultTolerantDatabase,
  RecoveryAttempt,
  RecoveryOutcome,
  Suspicion,
} from '../patterns/index.ts';
import type { Clock, Timer } from '../time/index.ts';
import type { Events } from './events.ts';
import type { GroupOptions, MemberHook } from './group-options.ts';
import { Trial } from './trial.ts';
import { Watchdog } from './watchdog.ts';

/** What the members of a group share. */
export interface Membership {
  readonly name: string;
  readonly database: FaultTolerantDatabase;
  readonly options: GroupOptions;
  readonly healthCheckMs: number;
  readonly clock: Clock;
  readonly events: Events;
}

/**
 * One member of a group: what it does now, and what is done to find out how it is and to bring it
 * back. All its timers leave the process free to end.
 */
export class Member {
  readonly component: Component;
  readonly #group: Membership;
  readonly #watchdog: Watchdog | undefined;
  /** Calls that it does now. */
  #inFlight = 0;
  /** Whether it is degraded because its heartbeats are late: then only they can restore it. */
  #isWeakening = false;
  /** The next thing to be done to bring it back. */
  #recovery: Timer | undefined = undefined;
  /** The next health check. */
  #check: Timer | undefined = undefined;
  #trial: Trial | undefined = undefined;
  #isClosed = false;

  constructor(component: Component, group: Membership) {
    const { detection } = group.options;
    this.component = component;
    this.#group = group;
    this.#watchdog =
      detection &&
      new Watchdog({
        createDetector: detection.createDetector,
        onChange: (suspicion) => this.#suspect(suspicion),
        clock: group.clock,
      });
  }

  /** It begins with a call, or has ended one. */
  work(calls: 1 | -1): void {
    this.#inFlight += calls;
    this.reportLoad();
  }

  reportLoad(): void {
    this.#group.database.group.setLoad(this.component.id, this.#inFlight);
  }

  heartbeat(): void {
    this.#watchdog?.heartbeat();
  }

  /** It is taken for failed. */
  failed({ recovery }: FailureOutcome & { kind: 'failed' }, failover: Failover | undefined): void {
    const { events, name: policy, options } = this.#group;
    const { id: member, recoveryAttempts } = this.component;
    this.#isWeakening = false;
    const loss = options.replication && failover ? { failover } : {};
    events.emit({ kind: 'member-failed', policy, member, ...loss });
    if (recovery) this.#recover(recovery);
    else this.#giveUp(recoveryAttempts);
  }

  /** It gets no new work, because of a call or of its heartbeats. */
  degraded(): void {
    const { events, name: policy } = this.#group;
    events.emit({ kind: 'member-degraded', policy, member: this.component.id });
    if (!this.#isWeakening) this.#planCheck();
  }

  /** It is healthy again. */
  restored(): void {
    const { events, name: policy } = this.#group;
    this.#isWeakening = false;
    this.#stop();
    events.emit({ kind: 'member-restored', policy, member: this.component.id });
  }

  /** It is well again, degraded or failed. */
  restore(): void {
    this.#checkEnded(true, undefined);
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#watchdog?.close();
  }

  #suspect(suspicion: Suspicion): void {
    const { clock, database, options } = this.#group;
    const { id, role, status } = this.component;
    const nowMs = clock.nowMs();
    switch (suspicion) {
      case 'trusted':
        if (role === undefined) this.#conclude(database.rejoinNode(id, nowMs), undefined);
        else if (this.#isWeakening) database.passHealthCheck(id, nowMs);
        break;
      case 'weakening':
        if (options.detection?.heedsWeakening === false || status !== 'healthy') break;
        this.#isWeakening = true;
        database.degradeNode(id, nowMs);
        break;
      case 'failed':
        if (role !== undefined) database.failNode(id, nowMs);
    }
  }

  #recover({ completesAtMs }: RecoveryAttempt): void {
    const { clock, healthCheckMs, options } = this.#group;
    const { healthCheck, recover } = options;
    const timeMs = completesAtMs - clock.nowMs();
    this.#stop();
    if (recover) {
      this.#try('recovery', recover, timeMs, this.#recoveryEnded);
      return;
    }
    this.#recovery = this.#after(timeMs, () => {
      if (healthCheck) {
        this.#try('health check', healthCheck, healthCheckMs, this.#recoveryEnded);
      } else {
        this.#recoveryEnded(this.#watchdog?.suspicion !== 'failed', undefined);
      }
    });
  }

  readonly #recoveryEnded = (passed: boolean, error: unknown): void => {
    const { clock, database } = this.#group;
    this.#conclude(database.completeRecovery(this.component.id, clock.nowMs(), passed), error);
  };

  #conclude(outcome: RecoveryOutcome, error: unknown): void {
    const { clock, database, events, name: policy } = this.#group;
    const { id: member } = this.component;
    switch (outcome.kind) {
      case 'recovered':
        this.#stop();
        this.reportLoad();
        events.emit({ kind: 'recovered', policy, member, role: outcome.role });
        for (const id of outcome.promoted) events.emit({ kind: 'promoted', policy, member: id });
        // Who has recovered has shown a sign of life.
        this.heartbeat();
        break;
      case 'retry':
        events.emit({ kind: 'recovery-failed', policy, member, error });
        this.#recovery = this.#after(outcome.retryAtMs - clock.nowMs(), () => {
          const attempt = database.group.startRecovery(member, clock.nowMs());
          if (attempt) this.#recover(attempt);
        });
        this.#planCheck();
        break;
      case 'given-up':
        events.emit({ kind: 'recovery-failed', policy, member, error });
        this.#giveUp(outcome.attempts);
        break;
      case 'ignored':
        break;
    }
  }

  #giveUp(attempts: number): void {
    const { events, name: policy } = this.#group;
    this.#stop();
    events.emit({ kind: 'given-up', policy, member: this.component.id, attempts });
    this.#planCheck();
  }

  /** Nothing is known of a failed member without being asked for; a degraded one is tried again. */
  #planCheck(): void {
    const { healthCheckMs, options } = this.#group;
    const { healthCheck } = options;
    if (!healthCheck && this.component.status !== 'degraded') return;
    this.#check = this.#after(healthCheckMs, () => {
      if (healthCheck) this.#try('health check', healthCheck, healthCheckMs, this.#checkEnded);
      else this.#checkEnded(true, undefined);
    });
  }

  readonly #checkEnded = (passed: boolean, error: unknown): void => {
    const { clock, database, events, name: policy } = this.#group;
    const { id: member, status } = this.component;
    if (!passed) {
      events.emit({ kind: 'health-check-failed', policy, member, error });
      this.#planCheck();
    } else if (status === 'degraded') {
      database.passHealthCheck(member, clock.nowMs());
    } else {
      this.#conclude(database.rejoinNode(member, clock.nowMs()), undefined);
    }
  };

  #try(
    what: string,
    hook: MemberHook,
    limitMs: number,
    onEnd: (passed: boolean, error: unknown) => void,
  ): void {
    if (this.#isClosed) return;
    const { component } = this;
    this.#trial = new Trial({
      what: `${what} of '${component.id}'`,
      run: (signal) => hook(component, signal),
      limitMs,
      clock: this.#group.clock,
      onEnd,
    });
  }

  #after(delayMs: number, callback: () => void): Timer | undefined {
    if (this.#isClosed) return undefined;
    const timer = this.#group.clock.after(delayMs, callback);
    timer.keepAlive(false);
    return timer;
  }

  #stop(): void {
    this.#recovery?.cancel();
    this.#check?.cancel();
    this.#trial?.cancel();
  }
}
