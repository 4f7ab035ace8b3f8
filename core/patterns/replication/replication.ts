import { requireInteger, requireNumber } from '../common/options.ts';
import { Copy } from './copy.ts';

interface CopiesOptions {
  /** Ids of the members that hold a copy, at least one, the first to be failed over to in front. */
  readonly copies: readonly string[];
}

/**
 * - `async`: a write is done when one copy has it; the others get it within `lagMs`.
 * - `sync`: a write is done when every copy that is up has it. A copy that goes down is no longer
 *   waited for, as in Patroni's synchronous mode (not its strict one), so one copy can go on alone.
 * - `quorum`: a write is done when `write` copies have it, a read when `read` copies answered; both
 *   are majorities by default. The copies that were not waited for get a write within `lagMs`, by
 *   default at once. Who takes over asks all copies that are up to date. (Gifford, "Weighted Voting
 *   for Replicated Data", 1979; DeCandia et al., "Dynamo", 2007.)
 */
export type ReplicationOptions = CopiesOptions &
  (
    | { readonly mode: 'async'; readonly lagMs: number }
    | { readonly mode: 'sync' }
    | {
        readonly mode: 'quorum';
        readonly write?: number;
        readonly read?: number;
        readonly lagMs?: number;
      }
  );
export type ReplicationMode = ReplicationOptions['mode'];

/** What a failover would do. */
export type Failover =
  /** No other copy is up. */
  | { readonly kind: 'impossible' }
  | {
      readonly kind: 'possible';
      /** The copy that is most up to date; among equals the first. */
      readonly to: string;
      /** The latest writes, as time, that may be missing there; ms. */
      readonly lostMs: number;
      /** How many of the recorded writes these are, at most. */
      readonly lostWrites: number;
    };

/**
 * Copies of the same data, and what is left of it when some are down: whether writes and reads can
 * be served, whether reads see the last write, and what a failover loses (the recovery point).
 *
 * It knows a copy by whether it is up and by the lag that was promised, not by its log: what it says
 * to be lost is the most that can be. A copy that comes back gets what it missed within the lag.
 *
 * Writes are counted in a window of the lag for each copy, so memory is the same at any rate.
 */
export class Replication {
  readonly mode: ReplicationMode;
  /** Whether a read is sure to see the last write that was done. */
  readonly readsSeeLastWrite: boolean;
  readonly #copies: ReadonlyMap<string, Copy>;
  readonly #writeQuorum: number;
  readonly #readQuorum: number;
  readonly #lagMs: number;
  #upCount: number;
  #writes = 0;

  /** @throws RangeError when an option is out of range. */
  constructor(options: ReplicationOptions) {
    const count = options.copies.length;
    const majority = Math.floor(count / 2) + 1;
    const isQuorum = options.mode === 'quorum';
    this.mode = options.mode;
    this.#lagMs = requireNumber('lagMs', options.mode === 'sync' ? 0 : (options.lagMs ?? 0));
    this.#writeQuorum = isQuorum ? requireUpTo('write', options.write ?? majority, count) : 1;
    this.#readQuorum = isQuorum ? requireUpTo('read', options.read ?? majority, count) : 1;
    this.#copies = new Map(options.copies.map((id) => [id, new Copy(id, this.#lagMs)]));
    if (count === 0 || this.#copies.size < count) {
      throw new RangeError(`copies must be different ids, at least one, not [${options.copies}]`);
    }
    this.#upCount = count;
    this.readsSeeLastWrite = isQuorum
      ? this.#readQuorum + this.#writeQuorum > count
      : this.#lagMs === 0 || count === 1;
  }

  /** How many copies have a write before it is done. */
  get acknowledgements(): number {
    return this.mode === 'sync' ? this.#upCount : this.#writeQuorum;
  }

  /** Whether enough copies are up to write. */
  get canWrite(): boolean {
    return this.#upCount >= this.#writeQuorum;
  }

  /** Whether enough copies are up to read. */
  get canRead(): boolean {
    return this.#upCount >= this.#readQuorum;
  }

  /** A write was done that the member `id` took. */
  recordWrite(id: string, nowMs: number): void {
    this.#writes += 1;
    this.#copies.get(id)?.recordWrite(nowMs);
  }

  /** A copy went down; does nothing if it is down already, or the member holds none. */
  fail(id: string, nowMs: number): void {
    const copy = this.#copies.get(id);
    if (!copy?.isUp) return;
    const ofOthers = this.#recentWrites(nowMs) - copy.recentWrites(nowMs);
    copy.fail(nowMs, this.#writes - ofOthers);
    this.#upCount -= 1;
  }

  /** A copy is back; does nothing if it is up already, or the member holds none. */
  recover(id: string, nowMs: number): void {
    const copy = this.#copies.get(id);
    if (copy === undefined || copy.isUp) return;
    copy.recover(nowMs);
    this.#upCount += 1;
  }

  /** What would happen if `from`, which has taken writes until now, failed at this moment. */
  failover(from: string, nowMs: number): Failover {
    let current: Copy | undefined;
    let currentCount = 0;
    let latest: Copy | undefined;
    for (const copy of this.#copies.values()) {
      if (copy.id === from || !copy.isUp) continue;
      if (copy.isUpToDate(nowMs)) {
        current ??= copy;
        currentCount += 1;
      } else if (latest === undefined || copy.heldUntilMs > latest.heldUntilMs) {
        latest = copy;
      }
    }
    if (current === undefined) {
      if (latest === undefined) return { kind: 'impossible' };
      return {
        kind: 'possible',
        to: latest.id,
        lostMs: Math.max(0, nowMs - latest.heldUntilMs),
        lostWrites: this.#writes - latest.heldWrites,
      };
    }
    const to = current.id;
    // A write is on more copies than are out of reach, so at least one that is left has it.
    const isSafe = this.#copies.size - currentCount < this.#writeQuorum;
    if (isSafe) return { kind: 'possible', to, lostMs: 0, lostWrites: 0 };
    // It may be the last that confirmed what others took, too.
    const lostWrites =
      this.#writeQuorum > 1
        ? this.#recentWrites(nowMs)
        : (this.#copies.get(from)?.recentWrites(nowMs) ?? 0);
    return { kind: 'possible', to, lostMs: this.#lagMs, lostWrites };
  }

  /** Recorded writes, whoever took them, that copies may not have yet which were not waited for. */
  #recentWrites(nowMs: number): number {
    let writes = 0;
    for (const copy of this.#copies.values()) writes += copy.recentWrites(nowMs);
    return writes;
  }
}

function requireUpTo(name: string, value: number, maximum: number): number {
  if (requireInteger(name, value, 1) <= maximum) return value;
  throw new RangeError(`${name} must be at most the number of copies, ${maximum}, not ${value}`);
}
