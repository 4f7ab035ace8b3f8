import { TimeoutError } from '../patterns/index.ts';
import type { Clock, Timer } from '../time/index.ts';
import { createController, type Signal } from './signal.ts';

export interface TrialOptions {
  /** What a `TimeoutError` calls it. */
  readonly what: string;
  /** Answers with anything but `false`, or with a promise of that, when it has gone well. */
  readonly run: (signal: Signal) => unknown;
  /** After this time it has failed, and is aborted; ms. */
  readonly limitMs: number;
  readonly clock: Clock;
  /** Told once how it went, unless it is cancelled before; with the error if there was one. */
  readonly onEnd: (passed: boolean, error: unknown) => void;
}

/** Something that may go well or not, such as a health check, but not for ever. */
export class Trial {
  readonly #options: TrialOptions;
  readonly #controller = createController();
  readonly #timer: Timer;
  #isOver = false;

  constructor(options: TrialOptions) {
    const { clock, limitMs, what } = options;
    this.#options = options;
    this.#timer = clock.after(limitMs, () => {
      const error = new TimeoutError(what, limitMs);
      this.#end(false, error);
      this.#controller.abort(error);
    });
    this.#timer.keepAlive(false);
    void this.#run();
  }

  /** Nobody wants to know any more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer.cancel();
    this.#controller.abort();
  }

  async #run(): Promise<void> {
    let passed: boolean;
    try {
      passed = (await this.#options.run(this.#controller.signal)) !== false;
    } catch (error) {
      this.#end(false, error);
      return;
    }
    this.#end(passed, undefined);
  }

  #end(passed: boolean, error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer.cancel();
    this.#options.onEnd(passed, error);
  }
}
