import { TimeoutError } from '../patterns/index.ts';
import type { Clock, Timer } from '../time/index.ts';
import { type Controller, createController, type Signal } from './signal.ts';

/** A connection that is being opened: for so long, then it is aborted. */
export class Opening {
  readonly #controller: Controller = createController();
  readonly #timer: Timer;

  constructor(clock: Clock, pool: string, timeoutMs: number) {
    const error = new TimeoutError(`opening a connection of '${pool}'`, timeoutMs);
    this.#timer = clock.after(timeoutMs, () => this.#controller.abort(error));
    this.#timer.keepAlive(false);
  }

  get signal(): Signal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.end();
    this.#controller.abort(reason);
  }

  end(): void {
    this.#timer.cancel();
  }
}
