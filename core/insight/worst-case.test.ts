import { describe, expect, it } from 'vitest';
import { callSites } from '../rules/facts/calls.ts';
import { loadTest, modelOf, oneCaller } from '../simulation/testing/model.ts';
import { worstCaseOf } from './worst-case.ts';

/** A client whose callee hangs; its call has a default, so that each request gets an answer. */
const config = (call: string, retry = 'jitter: none') => `
retries: { again: { attempts: 3, backoff: { initial: 100ms, ${retry} } } }
bulkheads: { pool: { size: 1, queue: 5, maxWait: 700ms } }
rateLimiters: { limit: { rate: 100/s, maxWait: 40ms } }
connectionPools: { connections: { max: 1, acquireTimeout: 300ms, connect: 20ms } }
services:
  client: { latency: 0s, calls: [{ to: slow, fallback: { default: none }, ${call} }] }
  slow: { latency: 1h }
  other: { latency: 1h }
`;

function worstCase(call: string, retry?: string) {
  const [site] = callSites(modelOf(config(call, retry)));
  if (!site) throw new Error('The call cannot be read.');
  return worstCaseOf(site);
}

describe('the worst case of a call', () => {
  it.each([
    ['timeout: 1s', 1_000],
    ['deadline: 2s', 2_000],
    // 3 × 1 s, and waits of 100 ms and 200 ms.
    ['timeout: 1s, retry: again', 3_300],
    ['timeout: 1s, retry: again, deadline: 2500ms', 2_500],
    // Each attempt alone has no end, so the first one takes all the time.
    ['deadline: 2s, retry: again', 2_000],
    // Copies start after 0 ms, 200 ms and 400 ms; the last one runs into its timeout.
    ['timeout: 1s, hedge: { after: 200ms, attempts: 3 }', 1_400],
    ['timeout: 1s, hedge: { after: 5s }', 2_000],
    ['timeout: 1s, retry: again, hedge: { after: 500ms }', 3 * 1_500 + 300],
    ['timeout: 1s, retry: again, order: [fallback, timeout, retry]', 1_000],
    ['timeout: 1s, retry: again, idempotent: false', 1_300],
    ['timeout: 1s, hedge: { after: 200ms }, idempotent: false', 1_000],
    ['timeout: 1s, onTimeout: abandon', 1_000],
  ])('with %s is %d ms, as it is in a simulation', (call, expectedMs) => {
    const isRetriedInVain = call.includes('retry') && call.includes('idempotent: false');
    expect(worstCase(call).ms).toBe(expectedMs);
    const measuredMs = loadTest(config(call) + oneCaller(20)).latencyMs?.p99 ?? 0;
    // What was asked is not asked again, so the waits between are not waited for.
    if (isRetriedInVain) expect(measuredMs).toBeLessThanOrEqual(expectedMs);
    else expect(measuredMs / expectedMs).toBeCloseTo(1, 1);
  });

  it.each([
    // Waits for tokens, slots and connections come before the time of each attempt.
    ['timeout: 1s, bulkhead: pool', 1_700],
    ['timeout: 1s, rateLimiter: limit', 1_040],
    ['timeout: 1s, connectionPool: connections', 1_320],
    ['timeout: 1s, bulkhead: pool, retry: again', 3 * 1_700 + 300],
    // A timeout around the pool covers the wait for it.
    ['timeout: 1s, bulkhead: pool, order: [fallback, timeout, bulkhead]', 1_000],
    // Not tried again once it was asked: two waits in vain, then one that is let in.
    ['timeout: 1s, bulkhead: pool, retry: again, idempotent: false', 2 * 700 + 300 + 1_700],
    ['timeout: 1s, fallback: { call: other, timeout: 300ms }', 1_300],
    ['timeout: 1s, fallback: { call: other }', Number.POSITIVE_INFINITY],
    ['retry: again', Number.POSITIVE_INFINITY],
  ])('with %s is %d ms', (call, expectedMs) => {
    const [site] = callSites(modelOf(config('').replace('fallback: { default: none }, ', call)));
    expect(site && worstCaseOf(site).ms).toBe(expectedMs);
  });

  it('says how it comes about', () => {
    expect(worstCase('timeout: 1s, bulkhead: pool, retry: again, deadline: 3s')).toEqual({
      ms: 3_000,
      attempts: { count: 3, eachMs: 1_700, inQueuesMs: 700, waitsMs: 300 },
      withoutDeadlineMs: 5_400,
      fallbackMs: 0,
    });
  });

  it('has the longest waits that jitter can make', () => {
    expect(worstCase('timeout: 1s, retry: again', 'jitter: full').ms).toBe(3_300);
  });
});
