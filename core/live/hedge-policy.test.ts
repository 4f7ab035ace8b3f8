import { describe, expect, it } from 'vitest';
import { BulkheadFullError, CircuitOpenError, RetryBudget } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { CachePolicy } from './cache-policy.ts';
import { compose } from './compose.ts';
import { HedgePolicy, type HedgePolicyOptions } from './hedge-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

function hedge(options: Partial<HedgePolicyOptions> = {}) {
  const clock = new VirtualClock();
  return { clock, policy: new HedgePolicy({ delayMs: 100, attempts: 3, clock, ...options }) };
}

describe('HedgePolicy', () => {
  it('sends a copy after each delay without an answer, and takes the first that there is', async () => {
    const { policy, clock } = hedge();
    const { operation, run, runs } = controlled();
    const watched = watch(policy.execute(operation));
    await clock.advance(99);
    expect(runs).toHaveLength(1);
    await clock.advance(101);
    expect(runs).toHaveLength(3);
    run(2).resolve('second');
    await clock.advance(0);
    expect(watched.value).toBe('second');
    expect(runs.map(({ context }) => context.signal.aborted)).toEqual([true, false, true]);
    await clock.advance(1_000);
    expect(runs).toHaveLength(3);
    expect(clock.pendingTimers).toBe(0);
  });

  it('sends no copy of a call that is answered in time', async () => {
    const { policy, clock } = hedge();
    const { operation, run, runs } = controlled();
    const watched = watch(policy.execute(operation));
    await clock.advance(50);
    run(1).resolve('first');
    await clock.advance(1_000);
    expect(watched.value).toBe('first');
    expect(runs).toHaveLength(1);
  });

  it('sends the next copy at once when one fails, and fails with the last when all have', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const { operation, run, runs } = controlled();
    const watched = watch(policy.execute(operation));
    run(1).reject('first');
    await clock.advance(0);
    expect(runs).toHaveLength(2);
    expect(watched.state).toBe('pending');
    run(2).reject('second');
    await clock.advance(0);
    expect(watched.error).toBe('second');
  });

  it('waits for the copies that run when one fails and none is left to send', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const { operation, run } = controlled();
    const watched = watch(policy.execute(operation));
    await clock.advance(100);
    run(2).reject('second');
    await clock.advance(0);
    expect(watched.state).toBe('pending');
    run(1).resolve('first');
    await clock.advance(0);
    expect(watched.value).toBe('first');
  });

  it('hands over what the slower copies still give', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const { operation, run } = controlled();
    const late: string[] = [];
    watch(policy.execute(operation, { onLateResult: (value) => late.push(value) }));
    await clock.advance(100);
    run(1).resolve('connection 1');
    run(2).resolve('connection 2');
    await clock.advance(0);
    expect(late).toEqual(['connection 2']);
  });

  it('leaves it to the judge what has lost, and what decides', async () => {
    const judge = {
      error: (error: unknown) => (error === 'wrong request' ? 'ignore' : 'failure'),
      result: (value: unknown) => (value === '503' ? 'failure' : 'success'),
    } as const;
    const { policy, clock } = hedge({ judge });
    const { operation, run, runs } = controlled();
    const late: string[] = [];
    const first = watch(policy.execute(operation, { onLateResult: (value) => late.push(value) }));
    run(1).resolve('503');
    await clock.advance(0);
    run(2).resolve('200');
    await clock.advance(0);
    expect(first.value).toBe('200');
    expect(late).toEqual(['503']);
    const second = watch(policy.execute(operation));
    run(3).reject('wrong request');
    await clock.advance(0);
    expect(second.error).toBe('wrong request');
    const third = watch(policy.execute(async () => '503'));
    await clock.advance(0);
    expect(third.value).toBe('503');
    expect(runs).toHaveLength(3);
    const bug = new Error('judge');
    const throwing = hedge({
      judge: {
        error: () => {
          throw bug;
        },
      },
    });
    await expect(throwing.policy.execute(() => Promise.reject('broken'))).rejects.toBe(bug);
  });

  it('does not pile up the stack when many copies are rejected at once', async () => {
    const { policy, clock } = hedge({ attempts: 100_000 });
    const breaker = new BreakerPolicy({ clock });
    breaker.isolate();
    await expect(compose(policy, breaker).execute(() => 1)).rejects.toThrow(CircuitOpenError);
  });

  it('keeps to its budget', async () => {
    const budget = new RetryBudget({ ratio: 0.2, minRetriesPerSecond: 0 });
    const { policy, clock } = hedge({ attempts: 2, budget });
    const { operation, runs } = controlled();
    for (let i = 0; i < 10; i += 1) watch(policy.execute(operation));
    await clock.advance(1_000);
    expect(runs).toHaveLength(12);
  });

  it('is cancelled with all its copies', async () => {
    const { policy, clock } = hedge();
    const { operation, runs } = controlled();
    const caller = new AbortController();
    const watched = watch(policy.execute(operation, { signal: caller.signal }));
    await clock.advance(100);
    caller.abort('gone');
    await clock.advance(10_000);
    expect(watched.error).toBe('gone');
    expect(runs.map(({ context }) => context.signal.reason)).toEqual(['gone', 'gone']);
  });

  it('costs the breaker inside nothing: a copy that is not needed counts neither way', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const breaker = new BreakerPolicy({ clock });
    const { operation, run } = controlled();
    watch(compose(policy, breaker).execute(operation));
    await clock.advance(100);
    run(2).resolve('second');
    run(1).reject('aborted');
    await clock.advance(0);
    expect(breaker.metrics).toMatchObject({ totalCalls: 1, successRatePercent: 100 });
  });

  it('keeps a slot outside it until the slowest copy has ended', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const bulkhead = new BulkheadPolicy({ pool: { name: 'pool', size: 1 }, clock });
    const { operation, run } = controlled();
    const whole = compose(bulkhead, policy);
    const watched = watch(whole.execute(operation));
    await clock.advance(100);
    run(1).resolve('first');
    await clock.advance(0);
    expect(watched.value).toBe('first');
    await expect(whole.execute(() => 'next')).rejects.toThrow(BulkheadFullError);
    run(2).resolve('second');
    await clock.advance(0);
    await expect(whole.execute(() => 'next')).resolves.toBe('next');
  });

  it('is answered once when the copy that gets the slot of another finds its answer in a cache', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const pool = { name: 'pool', size: 1, queueSize: 1 };
    const bulkhead = new BulkheadPolicy({ pool, clock });
    const cache = new CachePolicy({ maxAgeMs: 1e6, staleIfErrorMs: 0, maxEntries: 1, clock });
    const { operation, run, runs } = controlled();
    const ends: unknown[] = [];
    const whole = compose(policy, bulkhead, cache);
    whole.subscribe((event) => event.kind === 'call-ended' && ends.push(event.outcome));
    const watched = watch(whole.execute(operation, { key: 'a' }));
    await clock.advance(100);
    run(1).resolve('first');
    await clock.advance(0);
    expect(watched.value).toBe('first');
    expect(ends).toEqual(['success']);
    expect(runs).toHaveLength(1);
    expect(bulkhead.inUse).toBe(0);
  });

  it('gives a slot outside it back when copies have failed before one succeeds', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const bulkhead = new BulkheadPolicy({ pool: { name: 'pool', size: 1 }, clock });
    const whole = compose(bulkhead, policy);
    const results = [() => Promise.reject('broken'), () => 'second'];
    await expect(whole.execute(() => results.shift()?.())).resolves.toBe('second');
    await expect(whole.execute(() => 'next')).resolves.toBe('next');
  });

  it('knows the deadline outside it, and says what it does to who listens', async () => {
    const { policy, clock } = hedge({ attempts: 2 });
    const events: unknown[] = [];
    policy.subscribe((event) => events.push(event));
    const { operation, run } = controlled();
    watch(compose(new TimeoutPolicy({ timeoutMs: 500, clock }), policy).execute(operation));
    await clock.advance(100);
    expect(run(2).context.remainingMs).toBe(400);
    expect(events).toEqual([{ kind: 'hedged', policy: 'hedge', copies: 2 }]);
  });
});
