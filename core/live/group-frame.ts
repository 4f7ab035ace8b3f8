import {
  type Component,
  type DatabaseCall,
  type DatabaseErrorKind,
  type GroupUnavailableError,
  STOP,
  TimeoutError,
} from '../patterns/index.ts';
import type { Call } from './call.ts';
import type { Upper } from './frame.ts';
import type { GroupDriver } from './group-driver.ts';
import { HoldingFrame } from './holding-frame.ts';
import type { Member } from './member.ts';
import { RepeatingFrame } from './repeating-frame.ts';
import type { Below } from './route.ts';

/** A call to a group, over its tries at one member after another. */
export class GroupFrame extends RepeatingFrame {
  declare readonly driver: GroupDriver;
  declare readonly query: DatabaseCall;
  declare readonly call: Call;
  declare readonly rest: Below;

  constructor(above: Upper, driver: GroupDriver, query: DatabaseCall, call: Call, rest: Below) {
    super(above);
    this.driver = driver;
    this.query = query;
    this.call = call;
    this.rest = rest;
  }

  override begin(): void {
    const { call, driver, query, rest } = this;
    const member = driver.begin(query, this.above.remainingMs);
    if (member) rest.enter(call, new MemberFrame(this, member));
    else this.refuse(driver.unavailable(query.kind));
  }

  /** Nobody is there for the try. */
  refuse(error: GroupUnavailableError): void {
    const { query } = this;
    const { events, name: policy } = this.driver;
    const waitMs = query.state === 'waiting' ? query.waitMs : STOP;
    if (waitMs === STOP && events.heard) events.emit({ kind: 'rejected', policy, error });
    this.conclude(waitMs, error);
  }

  /** The try that runs has failed at its member. */
  override fail(error: unknown): void {
    const { driver, query } = this;
    let kind: DatabaseErrorKind;
    try {
      kind = driver.errorKind(error);
    } catch (bug) {
      this.above.fail(bug);
      return;
    }
    this.conclude(driver.failed(query, kind, this.above.remainingMs), error);
  }

  /** @param waitMs how long it is until the next try, ms; `STOP` when there is none. */
  conclude(waitMs: number, error: unknown): void {
    const { clock, events, name: policy } = this.driver;
    const failedAttempts = this.query.retries + 1;
    if (waitMs !== STOP) {
      if (events.heard) events.emit({ kind: 'retry', policy, failedAttempts, delayMs: waitMs });
      this.startAfter(waitMs, clock);
    } else {
      const hasRetried = failedAttempts > 1;
      if (hasRetried && events.heard) events.emit({ kind: 'gave-up', policy, failedAttempts });
      this.above.fail(error);
    }
  }
}

/** One try of it, at one member, which is busy with it until the operation has really ended. */
class MemberFrame extends HoldingFrame {
  declare readonly above: GroupFrame;
  declare readonly worker: Member;

  constructor(above: GroupFrame, worker: Member) {
    super(above);
    this.worker = worker;
    worker.work(1);
  }

  get member(): Component {
    return this.worker.component;
  }

  override succeed(value: unknown): void {
    const { driver, query } = this.above;
    this.finish();
    driver.succeeded(query);
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    this.finish();
    this.above.fail(error);
  }

  /** Nobody waits for it any more. Whoever hangs past a deadline has failed; of others it says nothing. */
  override cancel(reason: unknown, abandon: boolean): void {
    super.cancel(reason, abandon);
    const { driver, query } = this.above;
    if (this.straggling > 0 && reason instanceof TimeoutError) driver.failed(query, 'timeout', 0);
    this.finish();
  }

  override release(): void {
    this.worker.work(-1);
  }
}
