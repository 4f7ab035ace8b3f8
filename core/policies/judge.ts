import type { Verdict } from '../live/index.ts';
import { CircuitOpenError, databaseErrorKind, RejectedError } from '../patterns/index.ts';

/**
 * What a retry makes of an error when the call must not be made twice: it is tried again only when
 * it never reached the callee, because a pool or a limit was full, or nobody was there.
 */
export function judgeWhatMayHaveBeenDone(error: unknown): Verdict {
  if (error instanceof CircuitOpenError) return 'ignore';
  const wasNotMade =
    error instanceof RejectedError || databaseErrorKind(error) === 'connection-refused';
  return wasNotMade ? 'failure' : 'ignore';
}
