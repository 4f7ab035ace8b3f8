import type { Engine } from './engine.ts';
import type { GroupProcess } from './group.ts';

/** The peak load of a group is looked for over stretches of this many samples. */
const SAMPLES_PER_STRETCH = 12;

/**
 * Tells the machine of a group, at every tick, how busy its members are (arrivals a second ÷
 * capacity), so that a failure redistributes what is really there; and keeps the peak.
 */
export class LoadSampling {
  /** Largest share of the serving members' capacity in use over a stretch; null when never known. */
  peak: number | null = null;
  readonly #engine: Engine;
  readonly #group: GroupProcess;
  readonly #capacityPerSecond: number;
  readonly #tickMs: number;
  #lastTickMs = 0;
  #samples = 0;
  #requests = 0;
  /** Requests that the members serving at the ticks could have served. */
  #possible = 0;

  constructor(engine: Engine, group: GroupProcess, capacityPerSecond: number, tickMs: number) {
    this.#engine = engine;
    this.#group = group;
    this.#capacityPerSecond = capacityPerSecond;
    this.#tickMs = tickMs;
  }

  planNext(): void {
    this.#engine.after(this.#tickMs, tick, this);
  }

  sample(): void {
    const seconds = (this.#engine.nowMs - this.#lastTickMs) / 1000;
    if (seconds <= 0) return;
    this.#lastTickMs = this.#engine.nowMs;
    const possible = this.#capacityPerSecond * seconds;
    for (const member of this.#group.members) {
      this.#group.machine.setLoad(member.id, member.isUp ? member.arrivals / possible : 0);
      this.#requests += member.arrivals;
      member.arrivals = 0;
    }
    this.#possible += possible * this.#group.servingCount;
    if (++this.#samples === SAMPLES_PER_STRETCH) this.closeStretch();
  }

  /** Also called at the end of a run that stops in the middle of a stretch. */
  closeStretch(): void {
    if (this.#possible > 0) this.peak = Math.max(this.peak ?? 0, this.#requests / this.#possible);
    this.#samples = 0;
    this.#requests = 0;
    this.#possible = 0;
  }
}

function tick(sampling: LoadSampling): void {
  sampling.sample();
  sampling.planNext();
}
