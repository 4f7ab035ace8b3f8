/** How the end of a call counts; what is ignored counts neither way. */
export type Verdict = 'success' | 'failure' | 'ignore';

/**
 * Says what is a failure, for every policy that cares, each with defaults of its own. Only failures
 * are counted against a callee, tried again, or replaced; what is ignored goes on to the caller like
 * a success.
 *
 * What a judge throws fails the call in place of what it was asked about.
 */
export interface Judge {
  readonly error?: (error: unknown) => Verdict;
  /** By default every result is a success. */
  readonly result?: (value: unknown) => Verdict;
}
