import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.ts';
import { retryOptions } from '../../model/machine-options.ts';
import type { RetryPolicy } from '../../model/model.ts';
import { Retry } from '../../patterns/index.ts';
import { createRandom } from '../../time/index.ts';
import { callSites } from './calls.ts';
import { attemptMs, attemptsWithin, sum, waitsMs } from './schedule.ts';

function policy(backoff: string, attempts = 4): RetryPolicy {
  const text = `version: 1\nretries: { it: { attempts: ${attempts}, backoff: ${backoff} } }\n`;
  return readConfig(text, 'a.yaml').model.retries.get('it') as RetryPolicy;
}

describe('the waits of a retry policy', () => {
  it.each([
    ['{ initial: 2s, factor: 2, jitter: none }', [2000, 4000, 8000], [2000, 4000, 8000]],
    [
      '{ initial: 1s, growth: linear, max: 2s, jitter: none }',
      [1000, 2000, 2000],
      [1000, 2000, 2000],
    ],
    ['{ initial: 1s, growth: constant, jitter: equal }', [1000, 1000, 1000], [500, 500, 500]],
    ['{ initial: 1s, jitter: full }', [1000, 2000, 4000], [0, 0, 0]],
    ['{ initial: 1s, jitter: decorrelated, max: 20s }', [3000, 9000, 20_000], [1000, 1000, 1000]],
  ])('%s are at most %j and at least %j', (backoff, longest, shortest) => {
    expect(waitsMs(policy(backoff), 'longest')).toEqual(longest);
    expect(waitsMs(policy(backoff), 'shortest')).toEqual(shortest);
  });

  it('are never beyond what the machine waits', () => {
    const growths = fc.constantFrom('constant', 'linear', 'exponential');
    const jitters = fc.constantFrom('none', 'full', 'equal', 'decorrelated');
    fc.assert(
      fc.property(growths, jitters, fc.integer({ min: 1, max: 9 }), (growth, jitter, seed) => {
        const one = policy(
          `{ initial: 100ms, growth: ${growth}, jitter: ${jitter}, max: 700ms }`,
          9,
        );
        const retry = new Retry(retryOptions(one));
        const random = createRandom(seed);
        let previousMs = 0;
        for (let tries = 1; tries < 9; tries += 1) {
          previousMs = retry.nextDelayMs(tries, previousMs, random, 0);
          expect(previousMs).toBeLessThanOrEqual(waitsMs(one, 'longest')[tries - 1] ?? 0);
          expect(previousMs).toBeGreaterThanOrEqual(waitsMs(one, 'shortest')[tries - 1] ?? 0);
        }
      }),
    );
  });

  it('are bounded however many there are', () => {
    expect(waitsMs(policy('{}', 1e9), 'longest').length).toBe(1000);
  });
});

describe('attempts that fit', () => {
  it('are counted with the waits between them', () => {
    // 4 × 10 s and 2 s, 4 s, 8 s: two end after 22 s, the third would after 36 s.
    expect(attemptsWithin(30_000, 10_000, [2000, 4000, 8000])).toBe(2);
    expect(attemptsWithin(54_000, 10_000, [2000, 4000, 8000])).toBe(4);
    expect(attemptsWithin(9_999, 10_000, [2000])).toBe(0);
    expect(attemptsWithin(0.3, 0.1, [0, 0])).toBe(3);
    expect(sum([2000, 4000])).toBe(6000);
  });

  it.each([
    ['{ to: b, timeout: 1s }', 1000],
    ['{ to: b }', undefined],
    ['{ to: b, timeout: 1s, retry: it, order: [timeout, retry] }', undefined],
    ['{ to: b, timeout: 1s, order: [timeout, retry] }', 1000],
    ['{ to: b, timeout: 1s, hedge: { after: 200ms, attempts: 3 } }', 1400],
    ['{ to: b, timeout: 1s, hedge: { after: 5s } }', 2000],
    ['{ to: b, timeout: 1s, hedge: { after: 5s }, order: [timeout, hedge] }', 1000],
  ])('one attempt of %s takes %s ms', (call, expected) => {
    const { model } = readConfig(
      `version: 1\nretries: { it: {} }\nservices: { a: { calls: [${call}] }, b: {} }\n`,
      'a.yaml',
    );
    const [site] = callSites(model);
    expect(site && attemptMs(site)).toBe(expected);
  });
});
