/** How a limit follows from how calls end. */
export interface LimitAlgorithm {
  /**
   * A call has ended.
   *
   * @param limit as it was so far; the part after the point is on its way to the next whole call.
   * @param inFlight calls that ran when this one ended, itself included.
   * @param elapsedMs a time that never steps back.
   * @param isOverload whether it ended because there was too much work: refused or timed out.
   * @returns the new limit, which may lie outside the bounds.
   */
  next(
    limit: number,
    inFlight: number,
    elapsedMs: number,
    durationMs: number,
    isOverload: boolean,
  ): number;
}
