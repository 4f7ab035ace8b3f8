import { requireInteger } from '../common/options.ts';
import { RateLimits, type RateLimitsOptions } from './rate-limits.ts';
import { readText } from './saved-data.ts';
import type { Trip } from './trip.ts';

export interface CountWindowTripOptions extends RateLimitsOptions {
  readonly kind: 'count-window';
  /** How many calls the window holds; 1 or more. */
  readonly size: number;
  /** 1 to `size`, by default `size`: the window must be full. */
  readonly minimumCalls?: number;
}

export interface SavedCountWindowTrip {
  readonly kind: 'count-window';
  /** A letter for each call, the oldest first: `s`uccess or `f`ailure; in capitals if slow. */
  readonly calls: string;
}

const FAILED = 1;
const SLOW = 2;
/** The letter of a call, by its marks. */
const LETTERS = 'sfSF';

/**
 * Opens by the rates of failed and slow calls among the last `size` ones, however long ago they
 * were. A ring of one byte a call: what a new call drives out is taken off the counts.
 */
export class CountWindowTrip implements Trip {
  readonly kind = 'count-window';
  readonly #limits: RateLimits;
  readonly #marks: Uint8Array;
  /** The place of the next call, which is the oldest one's once the ring is full. */
  #next = 0;
  #calls = 0;
  #failures = 0;
  #slowCalls = 0;

  /** @throws RangeError when an option is out of range. */
  constructor(options: CountWindowTripOptions) {
    const size = requireInteger('size', options.size, 1);
    if (options.minimumCalls !== undefined && options.minimumCalls > size) {
      throw new RangeError(`minimumCalls (${options.minimumCalls}) cannot exceed size (${size})`);
    }
    this.#limits = new RateLimits(options, size);
    this.#marks = new Uint8Array(size);
  }

  get failureCount(): number {
    return this.#failures;
  }

  succeed(_nowMs: number, durationMs: number): boolean {
    this.#add(this.isSlow(durationMs) ? SLOW : 0);
    return this.#limits.areReached(this.#calls, this.#failures, this.#slowCalls);
  }

  fail(_nowMs: number, durationMs: number): boolean {
    this.#add(this.isSlow(durationMs) ? FAILED | SLOW : FAILED);
    return this.#limits.areReached(this.#calls, this.#failures, this.#slowCalls);
  }

  isSlow(durationMs: number): boolean {
    return this.#limits.isSlow(durationMs);
  }

  clear(): void {
    this.#marks.fill(0);
    this.#calls = 0;
    this.#failures = 0;
    this.#slowCalls = 0;
  }

  save(): SavedCountWindowTrip {
    const ordered = [...this.#marks.subarray(this.#next), ...this.#marks.subarray(0, this.#next)];
    const calls = ordered.slice(ordered.length - this.#calls);
    return { kind: this.kind, calls: calls.map((marks) => LETTERS[marks]).join('') };
  }

  restore({ calls }: Readonly<Record<string, unknown>>): void {
    const letters = readText('snapshot.trip.calls', calls, this.#marks.length, /^[sfSF]*$/);
    for (const letter of letters) this.#add(LETTERS.indexOf(letter));
  }

  /** Places not used yet hold no marks, so that taking them off changes nothing. */
  #add(marks: number): void {
    const old = this.#marks[this.#next] ?? 0;
    this.#marks[this.#next] = marks;
    this.#failures += (marks & FAILED) - (old & FAILED);
    this.#slowCalls += ((marks & SLOW) - (old & SLOW)) / SLOW;
    this.#next += 1;
    if (this.#next === this.#marks.length) this.#next = 0;
    if (this.#calls < this.#marks.length) this.#calls += 1;
  }
}
