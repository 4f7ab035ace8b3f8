import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimitedError, RateLimiter, REJECTED } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { compose } from './compose.ts';
import { RateLimitPolicy, type RateLimitPolicyOptions } from './rate-limit-policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { watch } from './testing/controlled.ts';

function limiter(options: Partial<RateLimitPolicyOptions> = {}) {
  const clock = new VirtualClock();
  const policy = new RateLimitPolicy({
    name: 'partners',
    ratePerSecond: 10,
    burst: 2,
    maxWaitMs: 250,
    clock,
    ...options,
  });
  const startedMs: number[] = [];
  const operation = () => startedMs.push(clock.nowMs());
  return { clock, policy, operation, startedMs };
}

describe('RateLimitPolicy', () => {
  it('lets a burst through, then one at a time, and rejects who would wait for too long', async () => {
    const { policy, clock, operation, startedMs } = limiter();
    const watched = [1, 2, 3, 4, 5].map(() => watch(policy.execute(operation)));
    await clock.advance(1_000);
    expect(startedMs).toEqual([0, 0, 100, 200]);
    expect(watched[4]?.error).toBeInstanceOf(RateLimitedError);
    expect(watched[4]?.error).toMatchObject({ limiter: 'partners', retryAfterMs: 50 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets those behind move up when one stops waiting', async () => {
    const { policy, clock, operation, startedMs } = limiter({ maxWaitMs: 10_000 });
    const caller = new AbortController();
    for (let i = 0; i < 3; i += 1) watch(policy.execute(operation));
    const gone = watch(policy.execute(operation, { signal: caller.signal }));
    for (let i = 0; i < 2; i += 1) watch(policy.execute(operation));
    await clock.advance(150);
    caller.abort('gone');
    watch(policy.execute(operation));
    await clock.advance(1_000);
    expect(gone.error).toBe('gone');
    expect(startedMs).toEqual([0, 0, 100, 200, 300, 400]);
    await clock.advance(10_000 - 1_150);
    for (let i = 0; i < 4; i += 1) watch(policy.execute(operation));
    await clock.advance(1_000);
    expect(startedMs.slice(6)).toEqual([10_000, 10_000, 10_100, 10_200]);
  });

  it('leaves no timer behind when nobody waits any more', async () => {
    const { policy, clock, operation } = limiter();
    const caller = new AbortController();
    for (let i = 0; i < 2; i += 1) watch(policy.execute(operation));
    watch(policy.execute(operation, { signal: caller.signal }));
    expect(clock.pendingTimers).toBe(1);
    caller.abort();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(0);
  });

  it('has a retry come back when it may', async () => {
    const { policy, clock, operation, startedMs } = limiter({ maxWaitMs: 0 });
    const backoff = { initialMs: 1, maxMs: 1, jitter: 'none' } as const;
    const whole = compose(new RetryPolicy({ attempts: 2, backoff, clock }), policy);
    for (let i = 0; i < 3; i += 1) watch(whole.execute(operation));
    await clock.advance(1_000);
    expect(startedMs).toEqual([0, 0, 100]);
  });

  it('is passed on by a cancellation once it has let a call through', async () => {
    const { policy, clock } = limiter({ burst: 1 });
    const caller = new AbortController();
    const signals: boolean[] = [];
    const never = ({ signal }: { signal: AbortSignal }) => {
      signal.addEventListener('abort', () => signals.push(true));
      return new Promise(() => {});
    };
    for (let i = 0; i < 2; i += 1) watch(policy.execute(never, { signal: caller.signal }));
    await clock.advance(100);
    caller.abort();
    expect(signals).toEqual([true, true]);
  });

  it('says what it rejects to who listens', async () => {
    const { policy, clock, operation } = limiter({ maxWaitMs: 0, burst: 1 });
    const kinds: string[] = [];
    policy.subscribe(({ kind }) => kinds.push(kind));
    for (let i = 0; i < 2; i += 1) watch(policy.execute(operation));
    await clock.advance(0);
    expect(kinds).toContain('rejected');
  });

  it('starts the same calls at the same times as its machine says', async () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.nat(300)), { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(gaps, async (gapsMs) => {
        const options = { ratePerSecond: 8, burst: 2, maxWaitMs: 400 };
        const { policy, clock, operation, startedMs } = limiter(options);
        const machine = new RateLimiter(options);
        const expectedMs: number[] = [];
        for (const gapMs of gapsMs) {
          await clock.advance(gapMs);
          watch(policy.execute(operation));
          const waitMs = machine.take(clock.nowMs());
          if (waitMs !== REJECTED) expectedMs.push(clock.nowMs() + waitMs);
        }
        await clock.advance(1_000);
        expect(startedMs.length).toBe(expectedMs.length);
        for (const [i, ms] of startedMs.entries()) expect(ms).toBeCloseTo(expectedMs[i] ?? -1, 2);
      }),
    );
  });
});
