import { drawExponential } from '../time/index.ts';
import type { Engine } from './engine.ts';
import type { MemberProcess } from './member.ts';
import type { FailureCause } from './repairs.ts';

/** The group whose members fail. */
interface Failing {
  /** What is down or off does not fail. */
  isRunning(member: MemberProcess): boolean;
  fail(member: MemberProcess, cause: FailureCause): void;
}

/** Lets the members of a group fail by chance, after times with an exponential distribution. */
export class ChanceFailures {
  readonly #engine: Engine;
  readonly #group: Failing;
  readonly #mtbfMs: number;

  /** @param mtbfMs the mean time to the next failure of a member that runs, ms */
  constructor(engine: Engine, group: Failing, mtbfMs: number) {
    this.#engine = engine;
    this.#group = group;
    this.#mtbfMs = mtbfMs;
  }

  /** Plans the next failure of a member, in place of the one that was planned before. */
  plan(member: MemberProcess): void {
    const atMs = this.#engine.nowMs + drawExponential(this.#mtbfMs, member.failureRandom);
    member.failsAtMs = atMs;
    this.#engine.at(atMs, strike, { failures: this, member, atMs });
  }

  strike(member: MemberProcess, atMs: number): void {
    const isDue = member.failsAtMs === atMs && this.#group.isRunning(member);
    if (isDue) this.#group.fail(member, { failureType: 'crash', severity: 'high' });
  }
}

interface Strike {
  readonly failures: ChanceFailures;
  readonly member: MemberProcess;
  readonly atMs: number;
}

function strike({ atMs, failures, member }: Strike): void {
  failures.strike(member, atMs);
}
