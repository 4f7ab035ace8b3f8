import { describe, expect, it } from 'vitest';
import { BulkheadFullError, CircuitOpenError, TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy, type BreakerPolicyOptions } from './breaker-policy.ts';
import { compose } from './compose.ts';
import type { Judge } from './judge.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const trip = { kind: 'consecutive', failureThreshold: 2 } as const;
const broken = new Error('broken');
const fails = () => Promise.reject(broken);

function breaker(options: BreakerPolicyOptions = {}) {
  const clock = new VirtualClock();
  const policy = new BreakerPolicy({
    name: 'payments',
    trip,
    recoveryTimeoutMs: 30_000,
    successThreshold: 1,
    clock,
    ...options,
  });
  return { clock, policy };
}

async function open(policy: BreakerPolicy): Promise<void> {
  while (policy.state.kind === 'closed') await policy.execute(fails).catch(() => undefined);
}

describe('BreakerPolicy', () => {
  it('opens after failures, rejects without starting the operation, and tries again in time', async () => {
    const { policy, clock } = breaker();
    await open(policy);
    await clock.advance(10_000);
    let started = 0;
    const rejected = policy.execute(() => {
      started += 1;
    });
    await expect(rejected).rejects.toThrow(CircuitOpenError);
    await expect(rejected).rejects.toMatchObject({ breaker: 'payments', retryAfterMs: 20_000 });
    expect(started).toBe(0);
    await clock.advance(20_000);
    await expect(policy.execute(() => 'back')).resolves.toBe('back');
    expect(policy.state.kind).toBe('closed');
  });

  it('tells how the calls went and how long they took', async () => {
    const { policy, clock } = breaker();
    const { operation, run } = controlled();
    watch(policy.execute(operation));
    watch(policy.execute(operation));
    await clock.advance(40);
    run(1).resolve('done');
    await clock.advance(20);
    run(2).reject(broken);
    await clock.advance(0);
    expect(policy.metrics).toMatchObject({
      state: 'closed',
      averageResponseMs: 40,
      averageFailureMs: 60,
      recentCalls: 2,
    });
  });

  it('leaves it to the judge what is a failure', async () => {
    const judge: Judge = {
      error: (error) => (error instanceof RangeError ? 'ignore' : 'success'),
      result: (value) => (value === 503 ? 'failure' : 'success'),
    };
    const { policy } = breaker({ judge });
    for (let i = 0; i < 5; i += 1) await policy.execute(fails).catch(() => undefined);
    expect(policy.metrics).toMatchObject({ successRatePercent: 100, totalCalls: 5 });
    const ignored = policy.execute(() => Promise.reject(new RangeError('asked wrongly')));
    await expect(ignored).rejects.toThrow(RangeError);
    expect(policy.metrics.totalCalls).toBe(5);
    await expect(policy.execute(() => 503)).resolves.toBe(503);
    await expect(policy.execute(() => 503)).resolves.toBe(503);
    expect(policy.state.kind).toBe('open');
  });

  it('can be isolated and reset by hand', async () => {
    const { policy, clock } = breaker();
    policy.isolate();
    await clock.advance(1e9);
    await expect(policy.execute(() => 1)).rejects.toMatchObject({ state: 'isolated' });
    policy.reset();
    await expect(policy.execute(() => 1)).resolves.toBe(1);
  });

  it('goes on where another left off', async () => {
    const first = breaker();
    await open(first.policy);
    await first.clock.advance(29_000);
    const restore = first.policy.snapshot();
    const { policy, clock } = breaker({ restore });
    await expect(policy.execute(() => 1)).rejects.toMatchObject({ retryAfterMs: 1_000 });
    await clock.advance(1_000);
    await expect(policy.execute(() => 1)).resolves.toBe(1);
  });

  it('says what it does to who listens, after the fact', async () => {
    const { policy, clock } = breaker();
    const events: unknown[] = [];
    const end = policy.subscribe((event) => events.push(event));
    await open(policy);
    const rejected = policy.execute(() => 1);
    await expect(rejected).rejects.toThrow(CircuitOpenError);
    const error: unknown = await rejected.catch((caught: unknown) => caught);
    await clock.advance(0);
    const failed = { outcome: 'failure', durationMs: 0, policy: 'payments', kind: 'call-ended' };
    expect(events).toEqual([
      { ...failed, attempts: 1 },
      { kind: 'state-changed', policy: 'payments', from: 'closed', to: 'open' },
      { ...failed, attempts: 1 },
      { kind: 'rejected', policy: 'payments', error },
      { ...failed, attempts: 0 },
    ]);
    end();
    await policy.execute(() => 1).catch(() => undefined);
    await clock.advance(0);
    expect(events).toHaveLength(5);
  });
});

describe('What says nothing about the callee', () => {
  it('is a rejection by another policy', async () => {
    const { policy } = breaker();
    for (let i = 0; i < 5; i += 1) {
      const promise = policy.execute(() => Promise.reject(new BulkheadFullError('pool', 1)));
      await expect(promise).rejects.toThrow(BulkheadFullError);
    }
    expect(policy.metrics.totalCalls).toBe(0);
  });

  it('is a call that its caller gives up, whatever comes of it later', async () => {
    const { policy, clock } = breaker();
    for (const end of ['result', 'error']) {
      const { operation, run } = controlled();
      const controller = new AbortController();
      watch(policy.execute(operation, { signal: controller.signal }));
      controller.abort();
      if (end === 'result') run(1).resolve('late');
      else run(1).reject(broken);
      await clock.advance(0);
    }
    expect(policy.metrics.totalCalls).toBe(0);
    expect(policy.state).toEqual({ kind: 'closed', failureCount: 0 });
  });
});

describe('A breaker inside a deadline', () => {
  it('counts an operation that hangs until the deadline as a failure, once', async () => {
    const { policy, clock } = breaker();
    const whole = compose(new TimeoutPolicy({ timeoutMs: 100, clock }), policy);
    const { operation, run } = controlled();
    const watched = watch(whole.execute(operation));
    await clock.advance(100);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(policy.state).toEqual({ kind: 'closed', failureCount: 1 });
    run(1).reject(broken);
    await clock.advance(0);
    expect(policy.state).toEqual({ kind: 'closed', failureCount: 1 });
  });
});
