import type { Operation } from '../model/model.ts';
import type { Failover, Replication } from '../patterns/index.ts';

/** The copies of a group's data: what can be done with those that are up, and what failovers lose. */
export class Copies {
  /** The most writes, as time, that one failover may have lost so far; ms. */
  lostMs = 0;
  /** The most recorded writes that all failovers may have lost so far. */
  lostWrites = 0;
  readonly #machine: Replication;

  constructor(machine: Replication) {
    this.#machine = machine;
  }

  /** @param operation absent means that it takes both */
  allows(operation: Operation | undefined): boolean {
    const { canRead, canWrite } = this.#machine;
    return (canRead || operation === 'write') && (canWrite || operation === 'read');
  }

  wrote(id: string, nowMs: number): void {
    this.#machine.recordWrite(id, nowMs);
  }

  /** What is lost if others go on without the member from now on. */
  failover(id: string, nowMs: number): Failover {
    return this.#machine.failover(id, nowMs);
  }

  fail(id: string, nowMs: number): void {
    this.#machine.fail(id, nowMs);
  }

  recover(id: string, nowMs: number): void {
    this.#machine.recover(id, nowMs);
  }

  /** Others went on without a member; without its quorum a group waits instead. */
  lose(failover: Failover): void {
    if (failover.kind === 'impossible' || !this.#machine.canWrite) return;
    this.lostMs = Math.max(this.lostMs, failover.lostMs);
    this.lostWrites += failover.lostWrites;
  }
}
