import { expect, it } from 'vitest';
import { DatabaseCallError } from './database-call-error.ts';
import { databaseErrorKind } from './database-error.ts';

const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

it('a call that failed says where it was tried, how often, and why each time', () => {
  const error = new DatabaseCallError('orders', 'write', [
    { node: 'db-1', failure: 'connection-refused', error: refused },
    { node: undefined, failure: 'unavailable', error: 'nobody' },
  ]);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'DatabaseCallError',
    message:
      "Database 'orders' could not write, tried 2 times (db-1: connection-refused, unavailable)",
    database: 'orders',
    kind: 'write',
    retries: 1,
    cause: 'nobody',
  });
});

it('a call that was tried once says so, and is of the kind that its last error is', () => {
  const tries = [{ node: 'db-1', failure: 'connection-refused', error: refused }] as const;
  const error = new DatabaseCallError('orders', 'read', tries);
  expect(error.message).toBe(
    "Database 'orders' could not read, tried once (db-1: connection-refused)",
  );
  expect(databaseErrorKind(error)).toBe('connection-refused');
});
