/** What limits the retries of all calls to one place together, beyond the attempts of each. */
export interface RetryLimit {
  /** A call was made: a first try, not a retry. */
  recordCall(nowMs: number): void;
  /** Takes a retry, if there is one left. */
  tryRetry(nowMs: number): boolean;
}
