import type { ResponseCache } from '../patterns/index.ts';
import type { RandomStream } from '../time/index.ts';

/** What answers in place of a failed call. */
export class FallbackPlan {
  readonly #cache: ResponseCache<true> | undefined;
  readonly #hasDefault: boolean;
  readonly #keys: number;
  readonly #random: RandomStream;

  /** @param keys how many different requests there are, each as likely as the others */
  constructor(
    cache: ResponseCache<true> | undefined,
    hasDefault: boolean,
    keys: number,
    random: RandomStream,
  ) {
    this.#cache = cache;
    this.#hasDefault = hasDefault;
    this.#keys = keys;
    this.#random = random;
  }

  /** Which of the different requests a new one is. */
  drawKey(): number {
    return Math.floor(this.#random.next() * this.#keys);
  }

  remember(key: number, nowMs: number): void {
    this.#cache?.put(String(key), true, nowMs);
  }

  /** Whether there is an answer for the request. */
  answers(key: number, nowMs: number): boolean {
    return this.#hasDefault || this.#cache?.stale(String(key), nowMs) !== undefined;
  }
}
