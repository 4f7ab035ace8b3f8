import { requireNumber } from '../common/options.ts';

export interface RecoveryTimeOptions {
  /** How long the breaker stays open before it lets a trial through; ms, by default 60 s. */
  readonly recoveryTimeoutMs?: number;
  /**
   * How much longer it stays open each time that it opens again without having closed in between;
   * 1 or more, by default 1: as long as before.
   */
  readonly recoveryFactor?: number;
  /**
   * The longest that it stays open; ms, `recoveryTimeoutMs` or more. By default 5 min, or
   * `recoveryTimeoutMs` if that is longer, as Envoy limits the time for which it ejects a host.
   */
  readonly maxRecoveryTimeoutMs?: number;
}

const MAX_RECOVERY_TIMEOUT_MS = 300_000;

/** How long a breaker stays open. */
export class RecoveryTime {
  readonly #recoveryTimeoutMs: number;
  readonly #factor: number;
  readonly #maxMs: number;

  /** @throws RangeError when an option is out of range. */
  constructor(options: RecoveryTimeOptions) {
    const { recoveryTimeoutMs = 60_000, recoveryFactor = 1 } = options;
    this.#recoveryTimeoutMs = requireNumber('recoveryTimeoutMs', recoveryTimeoutMs);
    this.#factor = requireNumber('recoveryFactor', recoveryFactor, 1);
    const { maxRecoveryTimeoutMs = Math.max(MAX_RECOVERY_TIMEOUT_MS, recoveryTimeoutMs) } = options;
    this.#maxMs = requireNumber('maxRecoveryTimeoutMs', maxRecoveryTimeoutMs, recoveryTimeoutMs);
  }

  /** @param reopenings how often in a row the breaker has opened again; ms, always finite. */
  openMs(reopenings: number): number {
    // Kept finite, because 0 ms times infinity is not a number.
    const growth = Math.min(this.#factor ** reopenings, Number.MAX_VALUE);
    return Math.min(this.#maxMs, this.#recoveryTimeoutMs * growth);
  }
}
