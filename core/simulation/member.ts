import type { Balanced, Component, Failover } from '../patterns/index.ts';
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
  readonly heartbeatRandom: RandomStream;
}

/** One component in virtual time: what it works on, and what the machine of its group cannot know. */
export class MemberProcess implements Balanced {
  readonly id: string;
  readonly weight: number;
  /** Absent means that its capacity is unlimited. */
  readonly server: Server | undefined;
  readonly failureRandom: RandomStream;
  readonly recoveryRandom: RandomStream;
  readonly heartbeatRandom: RandomStream;
  readonly condition = new Condition();
  readonly states = new StateLog<ComponentState>();
  isUp = true;
  /** Promoted, but not serving yet. */
  isActivating = false;
  failedAtMs = 0;
  /** What is lost if others go on without it; worked out when it failed. */
  loss: Failover | undefined;
  /** While down: when it is back at the earliest; Infinity when it was given up. */
  backAtMs = 0;
  /** While down: whether its fault says when it is back, so that no policy has to. */
  isRepairPlanned = false;
  /** While a call that failed counts against it: when that is looked into, ms. */
  checkedAtMs = 0;
  /** Given no new work because its heartbeats are late. */
  isWeakening = false;
  /** When it fails by chance, unless it is down or off by then; ms. */
  failsAtMs = 0;
  /** Goes up with every crash: what was under way before is lost. */
  life = 0;
  /** Goes up whenever the plans for it change: activation, repair, recovery. */
  epoch = 0;
  /** Requests taken since the load was last sampled. */
  arrivals = 0;
  /** The requests in progress, in the order in which they came, each of which knows its neighbours. */
  #first: Work | undefined = undefined;
  #last: Work | undefined = undefined;
  #load = 0;

  constructor(options: MemberOptions) {
    this.id = options.id;
    this.weight = options.weight;
    this.server = options.server;
    this.failureRandom = options.failureRandom;
    this.recoveryRandom = options.recoveryRandom;
    this.heartbeatRandom = options.heartbeatRandom;
  }

  /** Requests in progress: what load balancers look at. */
  get load(): number {
    return this.#load;
  }

  /**
   * Notes its state.
   *
   * @param known what its group knows of it
   */
  log(nowMs: number, known: Component | undefined, isGroupDegraded: boolean): void {
    this.states.add(nowMs, this.#stateOf(known, isGroupDegraded));
  }

  #stateOf(known: Component | undefined, isGroupDegraded: boolean): ComponentState {
    if (!this.isUp) return known?.status === 'recovering' ? 'recovering' : 'failed';
    if (this.isActivating) return 'activating';
    // Who is up and not healthy is given no new work, whatever it is taken for.
    const isHeld = known?.status !== 'healthy';
    if (isHeld || this.condition.isDegraded || isGroupDegraded) return 'degraded';
    return known?.role ?? 'standby';
  }

  take(work: Work): void {
    this.arrivals++;
    this.#load++;
    work.before = this.#last;
    work.behind = undefined;
    if (this.#last) this.#last.behind = work;
    else this.#first = work;
    this.#last = work;
  }

  /** @param work that it has taken and not dropped */
  drop({ before, behind }: Work): void {
    this.#load--;
    if (before) before.behind = behind;
    else this.#first = behind;
    if (behind) behind.before = before;
    else this.#last = before;
  }

  /** The component is gone, and with it everything that it was doing. */
  crash(): void {
    this.server?.reset();
    const interrupted: Work[] = [];
    for (let work = this.#first; work; work = work.behind) interrupted.push(work);
    for (const work of interrupted) work.end('unavailable');
  }
}
