import { MOST_STATES, TooMuchWork } from './too-much-work.ts';

export interface LoggedState<State extends string> {
  readonly atMs: number;
  readonly state: State;
}

/** The states of something over a run: each entry holds until the next one. */
export class StateLog<State extends string> {
  readonly #entries: { atMs: number; state: State }[] = [];

  get entries(): readonly LoggedState<State>[] {
    return this.#entries;
  }

  /** A state that is left at the moment it was entered has no length and is not kept. */
  add(atMs: number, state: State): void {
    while (this.#entries.at(-1)?.atMs === atMs) this.#entries.pop();
    if (this.#entries.at(-1)?.state === state) return;
    if (this.#entries.length >= MOST_STATES) {
      throw new TooMuchWork(atMs, 'something has changed its state 2 million times');
    }
    this.#entries.push({ atMs, state });
  }
}
