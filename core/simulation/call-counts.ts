/** What the policies around one kind of call did with it during the run. */
export class CallCounts {
  /** Calls that were made, each once however often it was tried. */
  made = 0;
  /** Tries that left the caller: not held back by a policy, nor answered by a cache. */
  sent = 0;
  /** Tries that followed a failure, held back or not. */
  retries = 0;
  /** Copies of a call that was late or had failed, beside what already ran. */
  copies = 0;
  /** Answered by the cache, without a call. */
  freshAnswers = 0;
  /** Answered by the cache in place of a failed call. */
  staleAnswers = 0;
  /** Answered by the fallback in place of a failed call. */
  fallbackAnswers = 0;
}
