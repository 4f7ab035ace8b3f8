import { RejectedError } from '../common/rejected-error.ts';

/**
 * - `no-member`: none is healthy, or for a write none has room.
 * - `no-quorum`: too few copies of the data are up.
 */
export type GroupUnavailableReason = 'no-member' | 'no-quorum';

const MESSAGES: Readonly<Record<GroupUnavailableReason, string>> = {
  'no-member': 'has no healthy member for the call',
  'no-quorum': 'has too few copies up for the call',
};

/** A call was not made because no member of the group could do it. */
export class GroupUnavailableError extends RejectedError {
  static {
    GroupUnavailableError.prototype.name = 'GroupUnavailableError';
  }

  /** Name of the group. */
  readonly group: string;
  readonly reason: GroupUnavailableReason;

  constructor(group: string, reason: GroupUnavailableReason) {
    super(`Group '${group}' ${MESSAGES[reason]}`);
    this.group = group;
    this.reason = reason;
  }
}
