import { describe, expect, it } from 'vitest';
import { BulkheadFullError } from '../bulkhead/bulkhead-full-error.ts';
import { TimeoutError } from '../deadline/timeout-error.ts';
import { databaseErrorKind } from './database-error.ts';

const named = (name: string) => Object.assign(new Error('It did not work.'), { name });
const coded = (code: string) => Object.assign(new Error('It did not work.'), { code });

describe('databaseErrorKind', () => {
  it.each([
    ['connection-refused', coded('ECONNREFUSED')],
    ['connection-refused', coded('EHOSTUNREACH')],
    ['timeout', coded('ETIMEDOUT')],
    ['timeout', coded('UND_ERR_HEADERS_TIMEOUT')],
    ['timeout', named('TimeoutError')],
    ['timeout', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
    ['timeout', new TimeoutError("call 'database'", 1_000)],
    ['cancelled', new DOMException('This operation was aborted', 'AbortError')],
    ['rejected', new BulkheadFullError('database', 1)],
    ['other', coded('ECONNRESET')],
    ['other', new SyntaxError('syntax error at or near "SELCT"')],
  ])('finds %s by type or code in %s', (kind, error) => {
    expect(databaseErrorKind(error)).toBe(kind);
  });

  it.each([
    ['connection-refused', new Error('Connection refused by db-1')],
    ['connection-refused', 'connect ECONNREFUSED 127.0.0.1:5432'],
    ['timeout', new Error('Query read Timeout')],
    ['timeout', { message: 'the request timed out' }],
    ['other', new Error('deadlock detected')],
    ['other', undefined],
    ['other', null],
    ['other', 42],
    ['other', { message: 42 }],
  ])('finds %s by text in %s', (kind, error) => {
    expect(databaseErrorKind(error)).toBe(kind);
  });

  it('believes a type before a text', () => {
    const aborted = new DOMException('timeout: connection refused', 'AbortError');
    expect(databaseErrorKind(aborted)).toBe('cancelled');
    const wrapped = new Error('timeout', { cause: coded('ECONNREFUSED') });
    expect(databaseErrorKind(wrapped)).toBe('connection-refused');
  });

  it('looks into causes and into errors that stand for several', () => {
    const fetchFailed = new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });
    expect(databaseErrorKind(fetchFailed)).toBe('connection-refused');
    const both = new AggregateError([new Error('no'), coded('ETIMEDOUT')], 'all failed');
    expect(databaseErrorKind(new Error('no', { cause: both }))).toBe('timeout');
    expect(databaseErrorKind(new Error('no', { cause: 'connection refused' }))).toBe(
      'connection-refused',
    );
  });

  it('ends with causes that go round in a circle, and with causes without end', () => {
    const circle = new Error('a');
    circle.cause = new Error('b', { cause: circle });
    expect(databaseErrorKind(circle)).toBe('other');
    const endless = (): object => ({
      get cause() {
        return endless();
      },
    });
    expect(databaseErrorKind(endless())).toBe('other');
  });
});
