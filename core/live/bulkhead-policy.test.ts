import { describe, expect, it } from 'vitest';
import { BulkheadFullError, BulkheadManager, CircuitOpenError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import { FallbackPolicy } from './fallback-policy.ts';
import type { Judge } from './judge.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

function bulkhead(size = 1, queueSize = 2) {
  const clock = new VirtualClock();
  const pool = { name: 'external', size, queueSize, maxWaitMs: 500 };
  return { clock, policy: new BulkheadPolicy({ pool, clock }) };
}

describe('BulkheadPolicy', () => {
  it('lets so many run at once, lets some wait in turn, and rejects the rest', async () => {
    const { policy, clock } = bulkhead();
    const { operation, run, runs } = controlled();
    const watched = [1, 2, 3, 4].map(() => watch(policy.execute(operation)));
    await clock.advance(0);
    expect(runs).toHaveLength(1);
    expect(watched[3]?.error).toBeInstanceOf(BulkheadFullError);
    expect(watched[3]?.error).toMatchObject({ pool: 'external', utilisation: 1 });
    run(1).resolve('first');
    await clock.advance(0);
    run(2).reject('second');
    await clock.advance(0);
    run(3).resolve('third');
    await clock.advance(0);
    expect(watched.map(({ value, error }) => value ?? error).slice(0, 3)).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(policy.stats).toMatchObject({ requests: 4, admitted: 3, rejected: 1, peakInUse: 1 });
  });

  it('rejects who has waited in vain, each at the end of its own wait', async () => {
    const { policy, clock } = bulkhead();
    const { operation, runs } = controlled();
    watch(policy.execute(operation));
    const second = watch(policy.execute(operation));
    await clock.advance(200);
    const third = watch(policy.execute(operation));
    await clock.advance(300);
    expect([second.state, third.state]).toEqual(['rejected', 'pending']);
    await clock.advance(200);
    expect(third.error).toBeInstanceOf(BulkheadFullError);
    expect(runs).toHaveLength(1);
    expect(policy.stats.timeouts).toBe(2);
    expect(clock.pendingTimers).toBe(0);
  });

  it('leaves no timer behind when nobody waits any more', async () => {
    const { policy, clock } = bulkhead();
    const { operation, run } = controlled();
    watch(policy.execute(operation));
    const controller = new AbortController();
    watch(policy.execute(operation));
    watch(policy.execute(operation, { signal: controller.signal }));
    run(1).resolve('done');
    await clock.advance(0);
    controller.abort();
    expect(clock.pendingTimers).toBe(0);
  });

  it('works on a pool of a manager', async () => {
    const manager = new BulkheadManager();
    const pool = manager.createPool({ name: 'critical', size: 2 });
    const policy = new BulkheadPolicy({ pool, clock: new VirtualClock() });
    await policy.execute(() => {
      expect(manager.health().averageUtilisation).toBe(0.5);
    });
    expect(policy.name).toBe('critical');
    expect(manager.health().averageUtilisation).toBe(0);
  });

  it('has a slot free for a retry that follows at once', async () => {
    const { policy, clock } = bulkhead(1, 0);
    const backoff = { initialMs: 0, maxMs: 0, jitter: 'none' } as const;
    const whole = compose(new RetryPolicy({ attempts: 2, backoff, clock }), policy);
    const results = [Promise.reject('broken'), Promise.resolve('done')];
    await expect(whole.execute(() => results.shift())).resolves.toBe('done');
  });
});

describe('The queue of a bulkhead', () => {
  it('does not pile up the stack when those who get a slot are rejected at once', async () => {
    const clock = new VirtualClock();
    const pool = { name: 'pool', size: 1, queueSize: 20_000 };
    const policy = new BulkheadPolicy({ pool, clock });
    const breaker = new BreakerPolicy({ clock });
    const whole = compose(policy, breaker);
    const { operation, run } = controlled();
    const first = watch(whole.execute(operation));
    const waiting = Array.from({ length: 20_000 }, () => watch(whole.execute(operation)));
    breaker.isolate();
    run(1).resolve('done');
    await clock.advance(0);
    expect(first.value).toBe('done');
    expect(waiting.every(({ error }) => error instanceof CircuitOpenError)).toBe(true);
    expect(policy.stats.admitted).toBe(20_001);
  });

  it('gives the slot on of one that is cancelled after it got it and before it went on', async () => {
    const { policy, clock } = bulkhead(1, 3);
    const breaker = new BreakerPolicy({ clock });
    const caller = new AbortController();
    const judge: Judge = {
      error: () => {
        caller.abort('gone');
        return 'ignore';
      },
    };
    const cancelling = compose(new FallbackPolicy({ alternatives: [], judge }), policy, breaker);
    breaker.isolate();
    const { operation, run, runs } = controlled();
    watch(policy.execute(operation));
    const rejected = watch(cancelling.execute(operation));
    const cancelled = watch(policy.execute(operation, { signal: caller.signal }));
    watch(policy.execute(operation));
    run(1).resolve('done');
    await clock.advance(0);
    expect([rejected.error, cancelled.error]).toEqual([expect.any(CircuitOpenError), 'gone']);
    expect(runs).toHaveLength(2);
    run(2).resolve('done');
    await clock.advance(0);
    await expect(policy.execute(() => 'free')).resolves.toBe('free');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('A slot of a bulkhead', () => {
  it.each(['abort', 'abandon'] as const)(
    'is held while the call really runs, after a timeout that is to %s',
    async (onTimeout) => {
      const { policy, clock } = bulkhead(1, 0);
      const whole = compose(policy, new TimeoutPolicy({ timeoutMs: 50, onTimeout, clock }));
      const { operation, run } = controlled();
      watch(whole.execute(operation));
      await clock.advance(50);
      const next = watch(whole.execute(() => 'next'));
      await clock.advance(0);
      expect(next.state).toBe('rejected');
      run(1).resolve('late');
      await clock.advance(0);
      await expect(whole.execute(() => 'next')).resolves.toBe('next');
    },
  );

  it('is held over all attempts inside it, until the last of them has ended', async () => {
    const { policy, clock } = bulkhead(1, 0);
    const backoff = { initialMs: 10, maxMs: 10, jitter: 'none' } as const;
    const whole = compose(
      policy,
      new RetryPolicy({ attempts: 2, backoff, clock }),
      new TimeoutPolicy({ timeoutMs: 50, clock }),
    );
    const { operation, run } = controlled();
    const watched = watch(whole.execute(operation));
    await clock.advance(70);
    run(2).resolve('done');
    await clock.advance(0);
    expect(watched.value).toBe('done');
    await expect(policy.execute(() => 1)).rejects.toThrow(BulkheadFullError);
    run(1).reject('late');
    await clock.advance(0);
    await expect(policy.execute(() => 1)).resolves.toBe(1);
  });

  it('is free when the attempt that ran on ends before its call does', async () => {
    const { policy, clock } = bulkhead(1, 0);
    const backoff = { initialMs: 10, maxMs: 10, jitter: 'none' } as const;
    const whole = compose(
      policy,
      new RetryPolicy({ attempts: 2, backoff, clock }),
      new TimeoutPolicy({ timeoutMs: 50, clock }),
    );
    const { operation, run } = controlled();
    watch(whole.execute(operation));
    await clock.advance(55);
    run(1).reject('late');
    await clock.advance(5);
    await expect(policy.execute(() => 1)).rejects.toThrow(BulkheadFullError);
    run(2).resolve('done');
    await clock.advance(0);
    await expect(policy.execute(() => 1)).resolves.toBe(1);
  });
});
