import { describe, expect, it } from 'vitest';
import { readTrip } from './trip.ts';

describe('the failures at which a breaker opens', () => {
  it.each([
    ['consecutiveFailures > 5', 'consecutiveFailures', 6],
    ['consecutiveFailures >= 5', 'consecutiveFailures', 5],
    ['(totalFailures>20)', 'totalFailures', 21],
    ['consecutiveFailures == 3', 'consecutiveFailures', 3],
  ])('%s', (text, count, failures) => {
    expect(readTrip(text).opensAfter).toEqual({ count, failures });
  });

  it.each([
    'requests > 5',
    'consecutiveFailures < 5',
    'consecutiveFailures > 5 && requests > 9',
    '5',
  ])('are not said by %s', (text) => expect(readTrip(text).opensAfter).toBeUndefined());
});

describe('names that Dapr does not know', () => {
  it.each([
    ['failures > 5', ['failures']],
    ['consecutiveFailures > max && max > x.y', ['max', 'x']],
    ['double(totalFailures) / double(requests) > 0.5', []],
    ['"a name" == "failures" || true', []],
    ['requests in [1, 2]', []],
  ])('%s', (text, names) => {
    expect(readTrip(text).unknownNames).toEqual(names);
  });
});

describe('a quotient of whole numbers', () => {
  it.each([
    ['totalFailures / requests > 0.5', 'totalFailures / requests'],
    ['requests > 10 && (totalFailures/requests) >= 0.6', 'totalFailures / requests'],
    ['double(totalFailures) / double(requests) > 0.5', undefined],
    ['double(totalFailures) / requests > 0.5', undefined],
    ['totalFailures / 2 > 5', undefined],
  ])('%s', (text, quotient) => {
    expect(readTrip(text).wholeQuotient).toBe(quotient);
  });
});
