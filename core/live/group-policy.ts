import type {
  Component,
  DatabaseCallKind,
  FailureOutcome,
  GroupHealth,
  RetryOptions,
} from '../patterns/index.ts';
import { systemClock } from '../time/index.ts';
import type { Call } from './call.ts';
import { Events } from './events.ts';
import type { Upper } from './frame.ts';
import { GroupDriver } from './group-driver.ts';
import { GroupFrame } from './group-frame.ts';
import type { GroupOptions } from './group-options.ts';
import { Layer } from './layer.ts';
import type { Below } from './route.ts';

/** What an operation within a group has in its context. */
export interface MemberContext {
  /** Who is to do it. */
  readonly member: Component;
}

/** Lets calls of one kind be done by the members of a group. */
export class GroupLayer extends Layer<never, MemberContext> {
  readonly #driver: GroupDriver;
  readonly #kind: DatabaseCallKind;

  constructor(driver: GroupDriver, kind: DatabaseCallKind) {
    super(driver.name, driver.clock, driver.events);
    this.#driver = driver;
    this.#kind = kind;
  }

  override get gives(): boolean {
    return true;
  }

  enter(call: Call, above: Upper, below: Below): void {
    const query = this.#driver.database.call(this.#kind);
    new this.Frame(above, this.#driver, query, call, below).start();
  }

  /** What makes the frame of a call. */
  protected get Frame(): typeof GroupFrame {
    return GroupFrame;
  }
}

const ONCE: RetryOptions = { attempts: 1, backoff: { initialMs: 0, maxMs: 0, jitter: 'none' } };

/**
 * Lets each attempt be done by a member of a redundancy group, which the operation finds in its
 * context: see `RedundancyGroup` for who stands in for whom, `LoadBalancer` for whose turn it is, and
 * `FaultTolerantDatabase` for what an error says of the member. Who finds nobody fails with a
 * `GroupUnavailableError`.
 *
 * A member is busy with a call for as long as the operation really runs. A call that its caller gives
 * up says nothing of the member; one that an outer timeout gives up while the operation runs counts
 * as a timeout of the member, or a group inside a deadline would never learn of who hangs.
 *
 * It has timers while a member is not well, none of which keeps the process alive.
 */
export class GroupPolicy extends GroupLayer {
  /** The same for calls that write, which go to the first active with room for them. */
  readonly writes: GroupLayer;
  protected readonly driver: GroupDriver;

  /** @throws RangeError when an option is out of range. */
  constructor(options: GroupOptions) {
    const { clock = systemClock, retry = ONCE } = options;
    const driver = new GroupDriver(options, retry, clock, new Events());
    super(driver, 'read');
    this.driver = driver;
    this.writes = new GroupLayer(driver, 'write');
  }

  get health(): GroupHealth {
    return this.driver.group.health();
  }

  /** Ids of those that do the work, in the order in which they came to it. */
  get actives(): readonly string[] {
    return this.driver.group.actives;
  }

  /** Ids of those that wait to be promoted, the first in front. */
  get standbys(): readonly string[] {
    return this.driver.group.standbys;
  }

  /** How a member is; its load is the calls that it does now. */
  member(id: string): Component | undefined {
    return this.driver.group.component(id);
  }

  /** A member is taken for failed, as somebody knows who is not a call. */
  fail(id: string): FailureOutcome {
    return this.driver.database.failNode(id, this.clock.nowMs());
  }

  /**
   * A member gets no new work until it has passed a health check.
   *
   * @throws RangeError when there is no such member.
   */
  degrade(id: string): void {
    const { component } = this.driver.member(id);
    this.driver.database.degradeNode(component.id, this.clock.nowMs());
  }

  /**
   * A member is well again, degraded or failed, as somebody knows who has repaired it.
   *
   * @throws RangeError when there is no such member.
   */
  restore(id: string): void {
    this.driver.member(id).restore();
  }

  /**
   * A member gave a sign of life, for `detection`.
   *
   * @throws RangeError when there is no such member.
   */
  heartbeat(id: string): void {
    this.driver.member(id).heartbeat();
  }

  /** Ends all health checks and recoveries. Calls go on among those who are healthy. */
  close(): void {
    this.driver.close();
  }
}
