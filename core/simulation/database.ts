import type { Operation } from '../model/model.ts';
import {
  type Balanced,
  type DatabaseCall,
  type DatabaseErrorKind,
  type DatabaseEvent,
  type FailureOutcome,
  FaultTolerantDatabase,
  type LoadBalancer,
  type RedundancyGroup,
  type Replication,
  type Retry,
} from '../patterns/index.ts';
import type { RandomStream } from '../time/index.ts';
import type { Engine } from './engine.ts';
import type { MemberProcess } from './member.ts';

export interface FailoverOptions {
  readonly replication: Replication;
  /** How often an operation is tried, and how long it waits in between. */
  readonly retry: Retry;
  readonly writeLoadLimit: number;
  readonly restoreAfter: number;
  /** How often a degraded member is checked. */
  readonly healthCheckMs: number;
  /** Draws whether a health check goes well. */
  readonly random: RandomStream;
}

export interface FailoverCounts {
  /** Tries after the first. */
  readonly retries: number;
  /** Times that a failed call made a member degraded. */
  readonly degraded: number;
  /** Times that such a member was found healthy again, by calls or by a health check. */
  readonly restored: number;
}

/** The group that is used as a database. */
export interface DatabaseNodes {
  readonly machine: RedundancyGroup;
  readonly members: readonly MemberProcess[];
  member(id: string): MemberProcess;
  /** The member that does the next read, of those that serve as far as is known. */
  next(): MemberProcess | undefined;
  errorRate(member: MemberProcess): number;
  /** A member is taken for failed, because of a call or for another reason. */
  failedOver(member: MemberProcess, outcome: FailureOutcome & { kind: 'failed' }): void;
  /** A member gets no new work because a call to it failed. */
  distrusts(member: MemberProcess): void;
  /** A degraded member is healthy again. */
  restored(member: MemberProcess, promoted: readonly string[]): void;
}

/** Drives the fault-tolerant database that a group is used as. */
export class DatabaseProcess {
  readonly machine: FaultTolerantDatabase;
  readonly #counts = { retries: 0, degraded: 0, restored: 0 };
  readonly #engine: Engine;
  readonly #nodes: DatabaseNodes;
  readonly #options: FailoverOptions;

  constructor(engine: Engine, nodes: DatabaseNodes, options: FailoverOptions) {
    this.#engine = engine;
    this.#nodes = nodes;
    this.#options = options;
    this.machine = new FaultTolerantDatabase({
      ...options,
      group: nodes.machine,
      balancer: createBalancer(nodes),
      onEvent: (event) => this.#tell(event),
    });
  }

  get counts(): FailoverCounts {
    return this.#counts;
  }

  call(operation: Operation): DatabaseCall {
    return this.machine.call(operation);
  }

  /** Begins the next try; returns where it is to run, if anywhere. */
  begin(call: DatabaseCall, remainingMs: number): MemberProcess | undefined {
    if (call.state === 'waiting') this.#counts.retries++;
    if (call.kind === 'write') this.#tellLoads();
    const node = this.machine.begin(call, this.#engine.nowMs, remainingMs);
    return node && this.#nodes.member(node.id);
  }

  succeeded(call: DatabaseCall): void {
    this.machine.succeeded(call, this.#engine.nowMs);
  }

  failed(call: DatabaseCall, error: DatabaseErrorKind, remainingMs: number): void {
    this.machine.failed(call, error, this.#engine.nowMs, remainingMs);
  }

  /** What is still being activated has no room for writes yet, and without a limit there is always. */
  #tellLoads(): void {
    const { machine, members } = this.#nodes;
    const { nowMs } = this.#engine;
    for (const { id, isActivating, server } of members) {
      machine.setLoad(id, isActivating ? 1 : (server?.load(nowMs) ?? 0));
    }
  }

  #tell(event: DatabaseEvent): void {
    const member = this.#nodes.member(event.node);
    switch (event.kind) {
      case 'failed':
        this.#nodes.failedOver(member, event.outcome);
        break;
      case 'degraded':
        // The failure detector restores those that it has degraded.
        if (member.isWeakening) break;
        this.#counts.degraded++;
        this.#nodes.distrusts(member);
        this.#planCheck(member);
        break;
      case 'restored':
        if (!member.isWeakening) this.#counts.restored++;
        this.#nodes.restored(member, event.promoted);
    }
  }

  #planCheck(member: MemberProcess): void {
    const atMs = this.#engine.nowMs + this.#options.healthCheckMs;
    member.checkedAtMs = atMs;
    this.#engine.at(atMs, check, { database: this, member, atMs });
  }

  check(member: MemberProcess): void {
    const { nowMs } = this.#engine;
    const { status } = this.#nodes.machine.component(member.id) ?? {};
    if (status !== 'degraded' || member.isWeakening) return;
    const isWell = this.#options.random.next() >= this.#nodes.errorRate(member);
    if (!member.isUp) this.machine.failNode(member.id, nowMs);
    else if (isWell) this.machine.passHealthCheck(member.id, nowMs);
    else this.#planCheck(member);
  }
}

/** Picks by what is really in progress: to the machine, load is a share of the capacity. */
function createBalancer(nodes: DatabaseNodes): LoadBalancer {
  return {
    pick<T extends Balanced>(candidates: readonly T[]) {
      const id = nodes.next()?.id;
      return candidates.find((candidate) => candidate.id === id);
    },
  };
}

interface Check {
  readonly database: DatabaseProcess;
  readonly member: MemberProcess;
  readonly atMs: number;
}

function check({ atMs, database, member }: Check): void {
  // Otherwise the member has been degraded anew since.
  if (member.checkedAtMs === atMs) database.check(member);
}
