import { requireInteger, requireNumber } from '../common/options.ts';

export interface StaleCacheOptions {
  /** Answers are used while they are younger than this; ms, 0 or more. */
  readonly maxAgeMs: number;
  /** Answers kept at most; 1 or more. The one not used for longest makes room. */
  readonly maxEntries: number;
}

/** An answer from earlier, to be marked as such. */
export interface StaleAnswer<Value> {
  readonly value: Value;
  /** How long ago it was good, ms. */
  readonly ageMs: number;
}

/**
 * Remembers good answers for when there is no new one: the breaker is open, or the call failed.
 * When there is nothing here either, the caller gives its default if it has one, else the original
 * error.
 */
export class StaleCache<Value> {
  readonly #maxAgeMs: number;
  readonly #maxEntries: number;
  /** In order of use, because a map keeps the order in which keys were set. */
  readonly #entries = new Map<string, { readonly value: Value; readonly storedAtMs: number }>();

  /** @throws RangeError when an option is out of range. */
  constructor({ maxAgeMs, maxEntries }: StaleCacheOptions) {
    this.#maxAgeMs = requireNumber('maxAgeMs', maxAgeMs);
    this.#maxEntries = requireInteger('maxEntries', maxEntries, 1);
  }

  put(key: string, value: Value, nowMs: number): void {
    this.#use(key, { value, storedAtMs: nowMs });
    if (this.#entries.size <= this.#maxEntries) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  get(key: string, nowMs: number): StaleAnswer<Value> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const { value } = entry;
    // An entry from the future, left by a clock that stepped back, ages from now on.
    const storedAtMs = Math.min(entry.storedAtMs, nowMs);
    const ageMs = nowMs - storedAtMs;
    if (ageMs >= this.#maxAgeMs) {
      this.#entries.delete(key);
      return undefined;
    }
    this.#use(key, { value, storedAtMs });
    return { value, ageMs };
  }

  #use(key: string, entry: { readonly value: Value; readonly storedAtMs: number }): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }
}

/**
 * The key of a request: the same for the same endpoint and parameters, in whatever order they are
 * written, and different for all others.
 *
 * @param params plain JSON data.
 */
export function canonicalKey(endpoint: string, params: unknown): string {
  return JSON.stringify([endpoint, params], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
