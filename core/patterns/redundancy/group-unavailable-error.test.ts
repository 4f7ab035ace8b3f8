import { expect, it } from 'vitest';
import { RejectedError } from '../common/rejected-error.ts';
import { GroupUnavailableError } from './group-unavailable-error.ts';

it.each([
  ['no-member', "Group 'orders' has no healthy member for the call"],
  ['no-quorum', "Group 'orders' has too few copies up for the call"],
] as const)('a group that is unavailable says why: %s', (reason, message) => {
  const error = new GroupUnavailableError('orders', reason);
  expect(error).toBeInstanceOf(RejectedError);
  expect(error).toMatchObject({ name: 'GroupUnavailableError', message, group: 'orders', reason });
});
