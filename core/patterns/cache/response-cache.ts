import { requireInteger, requireNumber } from '../common/options.ts';

export interface ResponseCacheOptions {
  /** An answer is fresh while it is younger than this; ms, 0 or more, 0: never. */
  readonly maxAgeMs: number;
  /** For how much longer it may stand in for an answer that could not be had; ms, 0 or more. */
  readonly staleIfErrorMs: number;
  /** Answers kept at most; 1 or more. The one not used for longest makes room. */
  readonly maxEntries: number;
}

/** An answer from earlier, to be marked as such. */
export interface CachedAnswer<Value> {
  readonly value: Value;
  /** How long ago it was good, ms. */
  readonly ageMs: number;
}

interface Entry<Value> {
  readonly value: Value;
  storedAtMs: number;
}

/**
 * Remembers good answers, for two uses: a `fresh` one saves the call, and a `stale` one stands in
 * when there is no new one, because the breaker is open or the call failed. When there is nothing
 * here either, the caller gives its default if it has one, else the original error.
 *
 * Fresh and stale are meant as in HTTP: younger than the freshness lifetime (RFC 9111, 4.2), and
 * younger than that and `stale-if-error` together (RFC 5861, 4).
 */
export class ResponseCache<Value> {
  readonly #maxAgeMs: number;
  readonly #lastAgeMs: number;
  readonly #maxEntries: number;
  /** In order of use, because a map keeps the order in which keys were set. */
  readonly #entries = new Map<string, Entry<Value>>();
  /** The last in that order, which needs not be moved there again. */
  #newest: Entry<Value> | undefined = undefined;

  /** @throws RangeError when an option is out of range. */
  constructor({ maxAgeMs, staleIfErrorMs, maxEntries }: ResponseCacheOptions) {
    this.#maxAgeMs = requireNumber('maxAgeMs', maxAgeMs);
    this.#lastAgeMs = maxAgeMs + requireNumber('staleIfErrorMs', staleIfErrorMs);
    this.#maxEntries = requireInteger('maxEntries', maxEntries, 1);
  }

  /** Remembers an answer, in place of an earlier one to the same request. */
  put(key: string, value: Value, nowMs: number): void {
    this.#use(key, { value, storedAtMs: nowMs });
    if (this.#entries.size <= this.#maxEntries) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** The answer to give without making the call. */
  fresh(key: string, nowMs: number): CachedAnswer<Value> | undefined {
    return this.#youngerThan(this.#maxAgeMs, key, nowMs);
  }

  /** The answer to give when the call could not be made or has failed; a fresh one too. */
  stale(key: string, nowMs: number): CachedAnswer<Value> | undefined {
    return this.#youngerThan(this.#lastAgeMs, key, nowMs);
  }

  #youngerThan(limitMs: number, key: string, nowMs: number): CachedAnswer<Value> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // An entry from the future, left by a clock that stepped back, ages from now on.
    entry.storedAtMs = Math.min(entry.storedAtMs, nowMs);
    const ageMs = nowMs - entry.storedAtMs;
    if (ageMs >= this.#lastAgeMs) this.#entries.delete(key);
    if (ageMs >= limitMs) return undefined;
    this.#use(key, entry);
    return { value: entry.value, ageMs };
  }

  #use(key: string, entry: Entry<Value>): void {
    if (entry === this.#newest) return;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#newest = entry;
  }
}
