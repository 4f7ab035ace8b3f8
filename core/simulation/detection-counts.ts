/** What a group found out about its members during the run. */
export class DetectionCounts {
  /** Failures that were found out. */
  found = 0;
  /** The longest time from a failure to when it was found out, ms. */
  slowestMs = 0;
  /** Failures that were over before anybody knew. */
  unnoticed = 0;
  /** Members that were taken for failed though they were up. */
  mistakes = 0;
  /** Members that were given no new work because they seemed to weaken. */
  weakenings = 0;
  /** Requests that went to a member of which nobody knew that it was down. */
  refused = 0;
}
