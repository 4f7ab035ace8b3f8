import type { Expectation, ExpectationWindow } from '../../model/expectation.ts';
import type { World } from '../world.ts';
import type { Measured } from './meters.ts';
import { createWatch, type ExpectationSummary, type Watch } from './watch.ts';

/** Into how many stretches a window is cut, to see when a promise was first broken. */
const STRETCHES = 120;
/** Troubles that follow each other more closely, as parts of a stretch, begin no stretch of their own. */
const LEAST_STRETCH = 1 / 4;

/** Watches what a scenario expects while a run goes on. */
export class ExpectationWatches {
  readonly #windows: readonly WatchedWindow[];
  readonly #watches: readonly (Watch | undefined)[];

  /** @param plannedMs how long the run is planned to be */
  constructor(measured: Measured, expectations: readonly Expectation[], plannedMs: number) {
    this.#watches = expectations.map((expectation) => createWatch(measured, expectation));
    this.#windows = expectations.flatMap(({ window }, index) => {
      const watch = this.#watches[index];
      return watch ? [new WatchedWindow(measured.world, window, watch, plannedMs)] : [];
    });
  }

  start(): void {
    for (const window of this.#windows) window.plan();
  }

  /** Something broke, or is whole again. */
  troubleChanged(isTroubled: boolean): void {
    for (const window of this.#windows) window.troubleChanged(isTroubled);
  }

  /** Of each expectation, in their order; undefined for what only the run as a whole can tell. */
  finish(): readonly (ExpectationSummary | undefined)[] {
    for (const window of this.#windows) window.close();
    return this.#watches.map((watch) => watch?.summary());
  }
}

/** Opens and closes a watch at the times of its window, and tells it how time passes. */
class WatchedWindow {
  readonly #world: World;
  readonly #window: ExpectationWindow;
  readonly #watch: Watch;
  readonly #plannedMs: number;
  #isOpen = false;
  #lastCutMs = Number.NEGATIVE_INFINITY;
  /** Which opening a planned tick belongs to. */
  #opening = 0;

  constructor(world: World, window: ExpectationWindow, watch: Watch, plannedMs: number) {
    this.#world = world;
    this.#window = window;
    this.#watch = watch;
    this.#plannedMs = plannedMs;
  }

  plan(): void {
    const { engine } = this.#world;
    if (this.#window.kind === 'run') this.open();
    if (this.#window.kind !== 'between') return;
    const { fromMs, toMs } = this.#window;
    engine.at(fromMs?.value ?? 0, open, this);
    if (toMs) engine.at(toMs.value, close, this);
  }

  troubleChanged(isTroubled: boolean): void {
    const { kind } = this.#window;
    if (kind !== 'during-faults' && kind !== 'after-faults') {
      if (isTroubled) this.#cut();
    } else if (isTroubled === (kind === 'during-faults')) this.open();
    else this.close();
  }

  /** Begins a stretch with the trouble, so that what it breaks is not told of the time before. */
  #cut(): void {
    const { nowMs } = this.#world.engine;
    const isEnough = nowMs - this.#lastCutMs >= this.#stretchMs * LEAST_STRETCH;
    if (!this.#isOpen || !isEnough) return;
    this.#lastCutMs = nowMs;
    this.#watch.tick();
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#opening++;
    this.#watch.open();
    this.#planTick();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#watch.close();
  }

  tick(opening: number): void {
    if (!this.#isOpen || opening !== this.#opening) return;
    this.#watch.tick();
    this.#planTick();
  }

  #planTick(): void {
    this.#world.engine.after(this.#stretchMs, tick, { window: this, opening: this.#opening });
  }

  get #stretchMs(): number {
    if (this.#window.kind !== 'between') return this.#plannedMs / STRETCHES;
    const { fromMs, toMs } = this.#window;
    const endMs = Math.min(this.#plannedMs, toMs?.value ?? this.#plannedMs);
    return Math.max(1, (endMs - (fromMs?.value ?? 0)) / STRETCHES);
  }
}

function open(window: WatchedWindow): void {
  window.open();
}

function close(window: WatchedWindow): void {
  window.close();
}

function tick({ opening, window }: { window: WatchedWindow; opening: number }): void {
  window.tick(opening);
}
