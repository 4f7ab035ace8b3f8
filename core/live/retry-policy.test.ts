import { describe, expect, it } from 'vitest';
import {
  CircuitOpenError,
  RejectedError,
  RetryBudget,
  type RetryOptions,
  TimeoutError,
} from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { compose } from './compose.ts';
import { RetryPolicy, type RetryPolicyOptions } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const backoff = { initialMs: 100, maxMs: 1_000, jitter: 'none' } as const;

function retry(options: Partial<RetryPolicyOptions & RetryOptions> = {}) {
  const clock = new VirtualClock();
  return { clock, policy: new RetryPolicy({ attempts: 3, backoff, clock, ...options }) };
}

/** Fails as often as there are errors, and notes when it is started. */
function failing(clock: VirtualClock, errors: readonly unknown[]) {
  const startedMs: number[] = [];
  const operation = async (): Promise<string> => {
    const index = startedMs.push(clock.nowMs()) - 1;
    if (index < errors.length) throw errors[index];
    return 'done';
  };
  return { operation, startedMs };
}

class SlowDown extends RejectedError {
  readonly retryAfterMs = 700;
}

describe('RetryPolicy', () => {
  it('tries again after each wait, and answers with the first success', async () => {
    const { policy, clock } = retry();
    const { operation, startedMs } = failing(clock, ['first', 'second']);
    const watched = watch(policy.execute(operation));
    await clock.advance(10_000);
    expect(watched.value).toBe('done');
    expect(startedMs).toEqual([0, 100, 300]);
  });

  it('answers with the last error when all attempts are used', async () => {
    const { policy, clock } = retry();
    const { operation, startedMs } = failing(clock, ['first', 'second', 'third', 'fourth']);
    const watched = watch(policy.execute(operation));
    await clock.advance(10_000);
    expect(watched.error).toBe('third');
    expect(startedMs).toHaveLength(3);
  });

  it('leaves it to the judge what is tried again', async () => {
    const judge = {
      error: (error: unknown) => (error === 'wrong request' ? 'ignore' : 'failure'),
      result: (value: unknown) => (value === 503 ? 'failure' : 'success'),
    } as const;
    const { policy, clock } = retry({ judge });
    const late: unknown[] = [];
    const results = [503, 503, 200];
    const watched = watch(
      policy.execute(() => results.shift(), { onLateResult: (value) => late.push(value) }),
    );
    await clock.advance(10_000);
    expect(watched.value).toBe(200);
    expect(late).toEqual([503, 503]);
    await expect(policy.execute(() => Promise.reject('wrong request'))).rejects.toBe(
      'wrong request',
    );
    const always = watch(policy.execute(() => 503));
    await clock.advance(10_000);
    expect(always.value).toBe(503);
  });

  it('comes back when the callee wants it, as far as it says when', async () => {
    const retryAfterMs = (failure: unknown) => (failure === 'busy' ? 2_500 : undefined);
    const { policy, clock } = retry({ retryAfterMs });
    const { operation, startedMs } = failing(clock, ['busy', 'broken']);
    watch(policy.execute(operation));
    await clock.advance(10_000);
    expect(startedMs).toEqual([0, 2_500, 2_700]);
  });

  it('knows how long other policies want it to wait', async () => {
    const { policy, clock } = retry();
    const { operation, startedMs } = failing(clock, [new SlowDown('slow down')]);
    watch(policy.execute(operation));
    await clock.advance(10_000);
    expect(startedMs).toEqual([0, 700]);
  });

  it('keeps to its budget', async () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 0 });
    const { policy, clock } = retry({ budget, attempts: 2 });
    const { operation, startedMs } = failing(clock, new Array(100).fill('broken'));
    for (let i = 0; i < 10; i += 1) watch(policy.execute(operation));
    await clock.advance(1_000);
    expect(startedMs).toHaveLength(15);
  });

  it('does not wait for a try that would come after the deadline', async () => {
    const { policy, clock } = retry({ attempts: 9 });
    const whole = compose(new TimeoutPolicy({ timeoutMs: 650, clock }), policy);
    const { operation, startedMs } = failing(clock, ['first', 'second', 'third', 'fourth']);
    const watched = watch(whole.execute(operation));
    await clock.advance(300);
    expect(watched).toEqual({ state: 'rejected', error: 'third' });
    expect(startedMs).toEqual([0, 100, 300]);
  });

  it('takes a rejection of a try for what it is, however many there are', async () => {
    const { policy, clock } = retry({ attempts: 100_000, backoff: { ...backoff, maxMs: 0 } });
    const stubborn = new RetryPolicy({
      attempts: 100_000,
      backoff: { initialMs: 0, maxMs: 0, jitter: 'none' },
      judge: { error: () => 'failure' },
      retryAfterMs: () => undefined,
      clock,
    });
    const breaker = new BreakerPolicy({ clock });
    breaker.isolate();
    await expect(compose(policy, breaker).execute(() => 1)).rejects.toThrow(CircuitOpenError);
    await expect(compose(stubborn, breaker).execute(() => 1)).rejects.toThrow(CircuitOpenError);
  });

  it('says what it does to who listens', async () => {
    const { policy, clock } = retry({ attempts: 2 });
    const events: unknown[] = [];
    policy.subscribe((event) => events.push(event));
    watch(policy.execute(() => Promise.reject('broken')));
    await clock.advance(1_000);
    expect(events).toEqual([
      { kind: 'retry', policy: 'retry', failedAttempts: 1, delayMs: 100 },
      { kind: 'gave-up', policy: 'retry', failedAttempts: 2 },
      { kind: 'call-ended', policy: 'retry', outcome: 'failure', durationMs: 100, attempts: 2 },
    ]);
  });

  it('has its attempts aborted one by one by a timeout inside', async () => {
    const { policy, clock } = retry();
    const whole = compose(policy, new TimeoutPolicy({ timeoutMs: 50, clock }));
    const { operation, run } = controlled();
    const watched = watch(whole.execute(operation));
    await clock.advance(200);
    expect(run(1).context.signal.aborted).toBe(true);
    expect(run(2).context.signal.aborted).toBe(true);
    await clock.advance(1_000);
    expect(watched.error).toBeInstanceOf(TimeoutError);
  });
});
