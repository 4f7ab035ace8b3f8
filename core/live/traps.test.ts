// What libraries get wrong when they put promises around a breaker, a retry, a timeout or a pool.
// Each test is named after its trap.
import { describe, expect, it } from 'vitest';
import { BulkheadFullError, CircuitOpenError, TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy, type BreakerPolicyOptions } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import { FallbackPolicy } from './fallback-policy.ts';
import type { Judge } from './judge.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const OPEN_MS = 1_000;
const fails = () => Promise.reject('broken');

/** Everything on one virtual clock; a breaker opens at the first failure and closes at one success. */
function setup() {
  const clock = new VirtualClock();
  return {
    clock,
    breaker: (options: BreakerPolicyOptions = {}) =>
      new BreakerPolicy({
        trip: { kind: 'consecutive', failureThreshold: 1 },
        recoveryTimeoutMs: OPEN_MS,
        successThreshold: 1,
        clock,
        ...options,
      }),
    retry: (attempts: number, initialMs: number, judge: Judge = {}) =>
      new RetryPolicy({
        attempts,
        backoff: { initialMs, maxMs: 60_000, jitter: 'none' },
        clock,
        judge,
      }),
    bulkhead: (size: number, queueSize = 0) =>
      new BulkheadPolicy({ pool: { name: 'pool', size, queueSize, maxWaitMs: 500 }, clock }),
    timeout: (timeoutMs: number) => new TimeoutPolicy({ timeoutMs, clock }),
  };
}

/** Takes a breaker to half-open, with nothing in flight. */
async function halfOpen(clock: VirtualClock, policy: BreakerPolicy): Promise<void> {
  watch(policy.execute(fails));
  await clock.advance(OPEN_MS);
  const caller = new AbortController();
  watch(policy.execute(controlled().operation, { signal: caller.signal }));
  caller.abort();
  expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
}

describe('The trap of', () => {
  it('late result after a state change: a call from before counts neither way', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const { clock, breaker } = setup();
      const policy = breaker();
      const { operation, run } = controlled();
      watch(policy.execute(operation));
      await halfOpen(clock, policy);
      run(1)[end]('late');
      await clock.advance(0);
      expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
    }
  });

  it('permit leak: a cancelled trial gives its place back, though its operation hangs', async () => {
    const { clock, breaker } = setup();
    const policy = breaker();
    await halfOpen(clock, policy);
    await expect(policy.execute(() => 'back')).resolves.toBe('back');
    expect(policy.state.kind).toBe('closed');
  });

  it('permit leak: a trial that finds no slot gives its place back', async () => {
    const { clock, breaker, bulkhead } = setup();
    const [policy, pool] = [breaker(), bulkhead(1)];
    await halfOpen(clock, policy);
    watch(pool.execute(controlled().operation));
    await expect(compose(policy, pool).execute(() => 1)).rejects.toThrow(BulkheadFullError);
    expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
  });

  it('cancellation in half-open is neither success nor failure, whatever the operation makes of it', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const { clock, breaker } = setup();
      const policy = breaker();
      await halfOpen(clock, policy);
      const { operation, run } = controlled();
      const caller = new AbortController();
      watch(policy.execute(operation, { signal: caller.signal }));
      run(1).context.signal.addEventListener('abort', () => run(1)[end]('aborted'));
      caller.abort();
      await clock.advance(0);
      expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
    }
  });

  it('ignored error in half-open is neither success nor failure', async () => {
    const { clock, breaker } = setup();
    const policy = breaker({ judge: { error: (e) => (e === 'ours' ? 'ignore' : 'failure') } });
    await halfOpen(clock, policy);
    await expect(policy.execute(() => Promise.reject('ours'))).rejects.toBe('ours');
    expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
  });

  it('attempt accounting: three attempts are the first try and two retries', async () => {
    const { clock, retry } = setup();
    const attempts: number[] = [];
    const operation = ({ attempt }: { attempt: number }) => {
      attempts.push(attempt);
      return fails();
    };
    watch(retry(3, 10).execute(operation));
    await clock.advance(1_000);
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('attempt accounting: nothing is waited for after the last attempt', async () => {
    const { clock, retry } = setup();
    const watched = watch(retry(2, 10).execute(fails));
    await clock.advance(10);
    expect(watched.error).toBe('broken');
    expect(clock.pendingTimers).toBe(0);
  });

  it('attempt accounting: a cancellation during the wait ends it, and stops', async () => {
    const { clock, retry } = setup();
    const caller = new AbortController();
    let started = 0;
    const operation = () => {
      started += 1;
      return fails();
    };
    const watched = watch(retry(9, 100).execute(operation, { signal: caller.signal }));
    await clock.advance(50);
    caller.abort('gone');
    await clock.advance(0);
    expect(watched.error).toBe('gone');
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(10_000);
    expect(started).toBe(1);
  });

  it('attempt accounting: a wait of nothing does not wait', async () => {
    const { clock, retry } = setup();
    const results = [fails, fails, () => 'done'];
    await expect(retry(3, 0).execute(() => results.shift()?.())).resolves.toBe('done');
    expect(clock.pendingTimers).toBe(0);
  });

  it('retry outside breaker: an open circuit is permanent, and stops the retries', async () => {
    const { clock, breaker, retry } = setup();
    let started = 0;
    const operation = () => {
      started += 1;
      return fails();
    };
    const watched = watch(compose(retry(9, 10), breaker()).execute(operation));
    await clock.advance(10);
    expect(watched.error).toBeInstanceOf(CircuitOpenError);
    expect(started).toBe(1);
  });

  it('retry outside breaker: it may be retried by who wants to, when the circuit wants it', async () => {
    const { clock, breaker, retry } = setup();
    const results = [fails, () => 'back'];
    const stubborn = retry(9, 10, { error: () => 'failure' });
    const watched = watch(compose(stubborn, breaker()).execute(() => results.shift()?.()));
    await clock.advance(OPEN_MS - 1);
    expect(watched.state).toBe('pending');
    await clock.advance(1);
    expect(watched.value).toBe('back');
  });

  it('retry inside breaker: all attempts together are one failure', async () => {
    const { clock, breaker, retry } = setup();
    const policy = breaker();
    watch(compose(policy, retry(3, 10)).execute(fails));
    await clock.advance(1_000);
    expect(policy.metrics.totalCalls).toBe(1);
  });

  it('timeout: a late success is disposed of, not returned, not counted', async () => {
    const { clock, breaker, timeout } = setup();
    const policy = breaker();
    const { operation, run } = controlled();
    const late: string[] = [];
    const onLateResult = (value: string) => late.push(value);
    const watched = watch(compose(policy, timeout(100)).execute(operation, { onLateResult }));
    await clock.advance(100);
    run(1).resolve('late');
    await clock.advance(0);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(late).toEqual(['late']);
    expect(policy.metrics).toMatchObject({ totalCalls: 1, successRatePercent: 0 });
  });

  it('timeout: a cancellation by the caller is not one', async () => {
    const { clock, breaker, timeout } = setup();
    const policy = breaker();
    const caller = new AbortController();
    const { signal } = caller;
    const whole = compose(policy, timeout(100));
    const watched = watch(whole.execute(controlled().operation, { signal }));
    await clock.advance(50);
    caller.abort('gone');
    await clock.advance(1_000);
    expect(watched.error).toBe('gone');
    expect(policy.metrics.totalCalls).toBe(0);
  });

  it('timeout: the slot is held while the call really runs', async () => {
    const { clock, bulkhead, timeout } = setup();
    const whole = compose(bulkhead(1), timeout(100));
    const { operation, run, runs } = controlled();
    watch(whole.execute(operation));
    await clock.advance(100);
    const meanwhile = watch(whole.execute(operation));
    await clock.advance(0);
    expect(meanwhile.error).toBeInstanceOf(BulkheadFullError);
    run(1).reject('aborted');
    await clock.advance(0);
    watch(whole.execute(operation));
    expect(runs).toHaveLength(2);
  });

  it('timeout: an operation that is cancelled holds its slot as well', async () => {
    const { clock, bulkhead } = setup();
    const pool = bulkhead(1);
    const caller = new AbortController();
    const { operation, run } = controlled();
    watch(pool.execute(operation, { signal: caller.signal }));
    caller.abort();
    await expect(pool.execute(() => 1)).rejects.toThrow(BulkheadFullError);
    run(1).resolve('late');
    await clock.advance(0);
    await expect(pool.execute(() => 1)).resolves.toBe(1);
  });

  it('bulkhead: rejected calls do not count as failures of the dependency', async () => {
    const { clock, breaker, bulkhead } = setup();
    const [policy, pool] = [breaker(), bulkhead(1, 1)];
    const whole = compose(policy, pool);
    const { operation } = controlled();
    const [, waits, rejected] = [1, 2, 3].map(() => watch(whole.execute(operation)));
    await clock.advance(500);
    expect(rejected?.error).toBeInstanceOf(BulkheadFullError);
    expect(waits?.error).toBeInstanceOf(BulkheadFullError);
    expect(policy.state).toEqual({ kind: 'closed', failureCount: 0 });
  });

  it('bulkhead: a wait that a deadline cuts short does not count as a failure either', async () => {
    const { clock, breaker, bulkhead, timeout } = setup();
    const [policy, pool] = [breaker(), bulkhead(1, 1)];
    watch(pool.execute(controlled().operation));
    const watched = watch(compose(timeout(100), policy, pool).execute(() => 1));
    await clock.advance(100);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(policy.state).toEqual({ kind: 'closed', failureCount: 0 });
    expect(pool.stats.cancelled).toBe(1);
  });

  it('bulkhead queue: an aborted waiter does not eat a slot', async () => {
    const { clock, bulkhead } = setup();
    const pool = bulkhead(1, 2);
    const { operation, run, runs } = controlled();
    const caller = new AbortController();
    watch(pool.execute(operation));
    watch(pool.execute(operation, { signal: caller.signal }));
    watch(pool.execute(operation));
    caller.abort();
    run(1).resolve('done');
    await clock.advance(0);
    expect(runs).toHaveLength(2);
    run(2).resolve('done');
    await clock.advance(0);
    expect(pool.stats).toMatchObject({ admitted: 2, cancelled: 1 });
    await expect(pool.execute(() => 1)).resolves.toBe(1);
  });

  it('bulkhead queue: who is next does not lose its slot to a newcomer', async () => {
    const { clock, bulkhead } = setup();
    const pool = bulkhead(1, 1);
    const order: string[] = [];
    const first = pool.execute(async () => order.push('first'));
    watch(pool.execute(() => order.push('waiting')));
    // Asks at the very moment at which the slot becomes free, from inside the answer.
    const newcomer = first.then(() => pool.execute(() => order.push('newcomer')));
    watch(newcomer);
    await clock.advance(0);
    expect(order).toEqual(['first', 'waiting', 'newcomer']);
  });

  it('throw inside the call: it is counted, and the slot is free', async () => {
    const { breaker, bulkhead } = setup();
    const [policy, pool] = [breaker(), bulkhead(1)];
    const throws = () => {
      throw new Error('at once');
    };
    await expect(compose(policy, pool).execute(throws)).rejects.toThrow('at once');
    expect(policy.state.kind).toBe('open');
    await expect(pool.execute(() => 1)).resolves.toBe(1);
  });

  it('throw in predicates: the call fails with it, nothing is counted, and the slot is free', async () => {
    const bug = new Error('judge');
    const judges: Judge[] = [
      {
        error: () => {
          throw bug;
        },
      },
      {
        result: () => {
          throw bug;
        },
      },
    ];
    for (const judge of judges) {
      const { clock, breaker, bulkhead, retry } = setup();
      const [policy, pool] = [breaker({ judge }), bulkhead(1)];
      const operation = () => (judge.error ? fails() : 'done');
      const policies = [
        compose(pool, policy),
        compose(pool, retry(3, 10, judge)),
        compose(pool, new FallbackPolicy({ alternatives: [() => 1], judge, clock })),
      ];
      for (const whole of policies) await expect(whole.execute(operation)).rejects.toBe(bug);
      expect(policy.metrics.totalCalls).toBe(0);
      await expect(pool.execute(() => 1)).resolves.toBe(1);
    }
  });

  it('throw in predicates: a trial gives its place back', async () => {
    const { clock, breaker } = setup();
    const judge: Judge = {
      result: () => {
        throw new Error('judge');
      },
    };
    const policy = breaker({ judge, halfOpenLimit: 1 });
    await halfOpen(clock, policy);
    await expect(policy.execute(() => 1)).rejects.toThrow('judge');
    expect(policy.state).toEqual({ kind: 'half-open', trialsInFlight: 0, successCount: 0 });
  });

  it('throw in predicates: a hook that reads a header included', async () => {
    const { clock } = setup();
    const bug = new Error('hook');
    const policy = new RetryPolicy({
      attempts: 3,
      backoff: { initialMs: 10, maxMs: 10, jitter: 'none' },
      clock,
      retryAfterMs: () => {
        throw bug;
      },
    });
    await expect(policy.execute(fails)).rejects.toBe(bug);
  });
});
