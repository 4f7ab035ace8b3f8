import type { Balanced } from '../patterns/index.ts';
import type { RandomStream } from '../time/index.ts';
import { Condition } from './degradation.ts';
import type { Server } from './server.ts';
import { StateLog } from './state-log.ts';
import type { Work } from './work.ts';

/** What a component is doing, as the report tells it. */
export type ComponentState =
  | 'active'
  | 'standby'
  | 'activating'
  | 'degraded'
  | 'failed'
  | 'recovering';

export interface MemberOptions {
  readonly id: string;
  readonly weight: number;
  readonly server: Server | undefined;
  readonly failureRandom: RandomStream;
  readonly recoveryRandom: RandomStream;
}

/** One component in virtual time: what it works on, and what the machine of its group cannot know. */
export class MemberProcess implements Balanced {
  readonly id: string;
  readonly weight: number;
  /** Absent means that its capacity is unlimited. */
  readonly server: Server | undefined;
  readonly failureRandom: RandomStream;
  readonly recoveryRandom: RandomStream;
  readonly condition = new Condition();
  readonly states = new StateLog<ComponentState>();
  isUp = true;
  /** Promoted, but not serving yet. */
  isActivating = false;
  failedAtMs = 0;
  /** While down: when it is back at the earliest; Infinity when it was given up. */
  backAtMs = 0;
  /** Goes up with every failure and recovery, so that events planned before can tell they are late. */
  epoch = 0;
  /** Requests taken since the load was last sampled. */
  arrivals = 0;
  readonly #works = new Set<Work>();

  constructor({ id, weight, server, failureRandom, recoveryRandom }: MemberOptions) {
    this.id = id;
    this.weight = weight;
    this.server = server;
    this.failureRandom = failureRandom;
    this.recoveryRandom = recoveryRandom;
  }

  /** Requests in progress: what load balancers look at. */
  get load(): number {
    return this.#works.size;
  }

  take(work: Work): void {
    this.arrivals++;
    this.#works.add(work);
  }

  drop(work: Work): void {
    this.#works.delete(work);
  }

  /** The component is gone, and with it everything that it was doing. */
  crash(): void {
    this.server?.reset();
    const interrupted = [...this.#works];
    this.#works.clear();
    for (const work of interrupted) work.end('unavailable');
  }
}
