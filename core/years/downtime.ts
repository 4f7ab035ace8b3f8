/** Why a group went down. */
export const OUTAGE_CAUSES = [
  /** Members failed until too few were left. */
  'failures',
  /** A standby had yet to take over. */
  'takeover',
  /** A takeover did not work. */
  'coverage',
  /** One cause struck all running members. */
  'common-cause',
  'zone',
  'region',
  'network',
] as const;
export type OutageCause = (typeof OUTAGE_CAUSES)[number];

/** Outages of one thing: how many, how long, and why. */
export class Downtime {
  isUp = true;
  outages = 0;
  longestMs = 0;
  readonly causes = new Map<string, number>();
  #sinceMs = 0;
  #downMs = 0;

  /** @param cause of an outage that begins */
  set(isUp: boolean, nowMs: number, cause: string): void {
    if (isUp === this.isUp) return;
    if (isUp) {
      const ms = nowMs - this.#sinceMs;
      this.#downMs += ms;
      if (ms > this.longestMs) this.longestMs = ms;
    } else {
      this.outages++;
      this.causes.set(cause, (this.causes.get(cause) ?? 0) + 1);
    }
    this.isUp = isUp;
    this.#sinceMs = nowMs;
  }

  /** In all, up to now. */
  downMs(nowMs: number): number {
    return this.#downMs + (this.isUp ? 0 : nowMs - this.#sinceMs);
  }

  /** With the present outage. */
  longestUpTo(nowMs: number): number {
    return this.isUp ? this.longestMs : Math.max(this.longestMs, nowMs - this.#sinceMs);
  }
}
