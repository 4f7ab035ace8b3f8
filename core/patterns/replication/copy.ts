import { SlidingWindow } from '../common/sliding-window.ts';

const BUCKETS = 16;
/** The only column of the window. */
const WRITES = 0;

/** One copy of the data: whether it is up, and up to where it has what was written. */
export class Copy {
  readonly id: string;
  readonly #lagMs: number;
  readonly #windowMs: number;
  readonly #recent: SlidingWindow | undefined;
  #lastWriteMs = Number.NEGATIVE_INFINITY;
  #isUp = true;
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  #heldWrites = 0;
  #backAtMs = Number.NEGATIVE_INFINITY;

  constructor(id: string, lagMs: number) {
    this.id = id;
    this.#lagMs = lagMs;
    // A bucket longer than the lag, because the window may forget one early.
    this.#windowMs = (lagMs * BUCKETS) / (BUCKETS - 1);
    if (lagMs > 0) this.#recent = new SlidingWindow(this.#windowMs, BUCKETS, 1);
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** While it is not up to date: it has what others took until then. */
  get heldUntilMs(): number {
    return this.#heldUntilMs;
  }

  /** While it is not up to date: how many of all recorded writes it has, at least. */
  get heldWrites(): number {
    return this.#heldWrites;
  }

  recordWrite(nowMs: number): void {
    this.#recent?.advance(nowMs);
    this.#recent?.add(WRITES, 1);
    this.#lastWriteMs = nowMs;
  }

  /** How many writes it took that other copies may not have yet, at most. */
  recentWrites(nowMs: number): number {
    // Years may pass without a write: then there is no window to look through.
    if (nowMs - this.#lastWriteMs >= this.#windowMs) return 0;
    this.#recent?.advance(nowMs);
    return this.#recent?.total(WRITES) ?? 0;
  }

  /** Whether it is no further behind than the lag. */
  isUpToDate(nowMs: number): boolean {
    // A clock that steps back must not put off the end of catching up.
    if (nowMs < this.#backAtMs) this.#backAtMs = nowMs;
    return this.#isUp && nowMs - this.#backAtMs >= this.#lagMs;
  }

  /** @param heldWrites how many of all recorded writes it has at least, if it is up to date. */
  fail(nowMs: number, heldWrites: number): void {
    if (this.isUpToDate(nowMs)) {
      this.#heldUntilMs = nowMs - this.#lagMs;
      this.#heldWrites = heldWrites;
    }
    this.#isUp = false;
  }

  recover(nowMs: number): void {
    this.#isUp = true;
    this.#backAtMs = nowMs;
  }
}
