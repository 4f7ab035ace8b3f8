import type { Engine } from './engine.ts';
import type { LifetimeSampler } from './lifetime.ts';
import type { MemberProcess } from './member.ts';
import type { FailureCause } from './repairs.ts';

/** The group whose members fail. */
interface Failing {
  /** What is down or off does not fail. */
  isRunning(member: MemberProcess): boolean;
  fail(member: MemberProcess, cause: FailureCause): void;
}

export interface Lifetimes {
  /** Mean time to the next failure of an active member, ms. */
  readonly meanMs: number;
  readonly draw: LifetimeSampler;
  /** How often a waiting standby fails, relative to an active, in [0, 1]. */
  readonly standbyPace: number;
}

/** Lets the members of a group fail by chance. */
export class ChanceFailures {
  readonly #engine: Engine;
  readonly #group: Failing;
  readonly #lifetimes: Lifetimes;

  constructor(engine: Engine, group: Failing, lifetimes: Lifetimes) {
    this.#engine = engine;
    this.#group = group;
    this.#lifetimes = lifetimes;
  }

  /** Plans the next failure of a member, in place of the one that was planned before. */
  plan(member: MemberProcess, isWaiting: boolean): void {
    const { draw, meanMs, standbyPace } = this.#lifetimes;
    const pace = isWaiting ? standbyPace : 1;
    const atMs = this.#engine.nowMs + draw(meanMs, member.failureRandom) / pace;
    member.failsAtMs = atMs;
    if (pace > 0) this.#engine.at(atMs, strike, { failures: this, member, atMs });
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
