import { requirePositive } from '../patterns/common/options.ts';
import {
  createLoadBalancer,
  type DatabaseCall,
  type DatabaseCallKind,
  type DatabaseErrorKind,
  type DatabaseEvent,
  databaseErrorKind,
  FaultTolerantDatabase,
  GroupUnavailableError,
  RedundancyGroup,
  Replication,
  Retry,
  type RetryOptions,
} from '../patterns/index.ts';
import { type Clock, systemRandom } from '../time/index.ts';
import type { Events } from './events.ts';
import type { GroupOptions } from './group-options.ts';
import { Member } from './member.ts';

/**
 * Drives a group: lets calls ask the machine who does them, tells it how they went and how much its
 * members have to do, and lets members know what that makes of them.
 *
 * The machine is that of a database in any case. Where a call is tried only once, that is just who
 * does the next one, and what its end says of the member.
 */
export class GroupDriver {
  readonly name: string;
  readonly group: RedundancyGroup;
  readonly database: FaultTolerantDatabase;
  readonly clock: Clock;
  readonly events: Events;
  /** What an error says of the member. */
  readonly errorKind: (error: unknown) => DatabaseErrorKind;
  readonly #members = new Map<string, Member>();

  /** @throws RangeError when an option is out of range. */
  constructor(options: GroupOptions, retry: RetryOptions, clock: Clock, events: Events) {
    const { errorKind = databaseErrorKind, loadBalancing = 'round-robin', name } = options;
    const { capacity = Number.MAX_SAFE_INTEGER, writeLoadLimit = 0.8 } = options;
    const { healthCheckMs = 10_000, random = systemRandom } = options;
    this.name = name;
    this.group = new RedundancyGroup(options);
    for (const { id, role = 'active', weight } of options.members) this.group.add(id, role, weight);
    this.database = new FaultTolerantDatabase({
      ...options,
      group: this.group,
      balancer: createLoadBalancer(loadBalancing, random),
      replication: createReplication(options, clock.nowMs()),
      retry: new Retry(retry),
      random,
      writeLoadLimit: writeLoadLimit * requirePositive('capacity', capacity),
      onEvent: (event) => this.#tell(event),
    });
    this.clock = clock;
    this.events = events;
    this.errorKind = errorKind;
    requirePositive('healthCheckMs', healthCheckMs);
    const membership = { name, database: this.database, options, healthCheckMs, clock, events };
    for (const { id } of options.members) {
      const component = this.group.component(id);
      if (component) this.#members.set(id, new Member(component, membership));
    }
    this.group.promoteMissing();
  }

  /** @throws RangeError when there is no such member. */
  member(id: string): Member {
    const member = this.#members.get(id);
    if (member) return member;
    throw new RangeError(`Group '${this.name}' has no component '${id}'`);
  }

  /** Begins the next try of a call; returns who does it, if anybody. */
  begin(call: DatabaseCall, remainingMs: number): Member | undefined {
    const component = this.database.begin(call, this.clock.nowMs(), remainingMs);
    return component && this.#members.get(component.id);
  }

  succeeded(call: DatabaseCall): void {
    this.database.succeeded(call, this.clock.nowMs());
  }

  /** @returns how long to wait before the next try, ms; `STOP` when there is none. */
  failed(call: DatabaseCall, error: DatabaseErrorKind, remainingMs: number): number {
    return this.database.failed(call, error, this.clock.nowMs(), remainingMs);
  }

  /** Why nobody was there to do a call. */
  unavailable(kind: DatabaseCallKind): GroupUnavailableError {
    const { canRead, canWrite } = this.database.replication;
    const hasQuorum = kind === 'write' ? canWrite : canRead;
    // Without members that are up there is no quorum either, but that is not what is wrong.
    const isQuorum = !hasQuorum && this.group.eligible().length > 0;
    return new GroupUnavailableError(this.name, isQuorum ? 'no-quorum' : 'no-member');
  }

  close(): void {
    for (const member of this.#members.values()) member.close();
  }

  #tell(event: DatabaseEvent): void {
    const member = this.member(event.node);
    switch (event.kind) {
      case 'failed':
        // The machine has given its load to others, but here everybody says what he really does.
        for (const each of this.#members.values()) each.reportLoad();
        member.failed(event.outcome, event.failover);
        this.#tellPromoted(event.outcome.promoted);
        break;
      case 'degraded':
        member.degraded();
        break;
      case 'restored':
        member.restored();
        this.#tellPromoted(event.promoted);
    }
  }

  #tellPromoted(ids: readonly string[]): void {
    for (const member of ids) {
      this.events.emit({ kind: 'promoted', policy: this.name, member });
    }
  }
}

function createReplication(group: GroupOptions, nowMs: number): Replication {
  const ids = group.members.map(({ id }) => id);
  // Without data it is as if each had all of it, and in a group of nobody there is none.
  const copies = ids.length > 0 ? ids : [group.name];
  const options = group.replication ?? { mode: 'sync', copies };
  const machine = new Replication(options);
  // Copies that no member holds are never there.
  for (const id of options.copies) if (!ids.includes(id)) machine.fail(id, nowMs);
  return machine;
}
