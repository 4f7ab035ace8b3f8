import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../patterns/index.ts';
import { type Timer, VirtualClock } from '../time/index.ts';
import { compose } from './compose.ts';
import type { Policy } from './policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy, type TimeoutPolicyOptions } from './timeout-policy.ts';

function timeout(options: Partial<TimeoutPolicyOptions> = {}) {
  const clock = new VirtualClock();
  return { clock, policy: new TimeoutPolicy({ name: 'call', timeoutMs: 100, clock, ...options }) };
}

describe('TimeoutPolicy', () => {
  it('fails at its time, not before', async () => {
    const { policy, clock } = timeout();
    const { operation } = controlled();
    const watched = watch(policy.execute(operation));
    await clock.advance(99);
    expect(watched.state).toBe('pending');
    await clock.advance(1);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(watched.error).toMatchObject({ what: 'call', timeoutMs: 100 });
  });

  it('lets through what comes in time', async () => {
    const { policy, clock } = timeout();
    const { operation, run } = controlled();
    const outcomes = [watch(policy.execute(operation)), watch(policy.execute(operation))];
    await clock.advance(99);
    run(1).resolve('done');
    run(2).reject('broken');
    await clock.advance(1_000);
    expect(outcomes).toEqual([
      { state: 'resolved', value: 'done' },
      { state: 'rejected', error: 'broken' },
    ]);
    expect(run(1).context.signal.aborted).toBe(false);
  });

  it('aborts the operation with the very error that the caller gets', async () => {
    const { policy, clock } = timeout();
    const { operation, run } = controlled();
    const watched = watch(policy.execute(operation));
    const { signal } = run(1).context;
    await clock.advance(100);
    expect(signal.reason).toBe(watched.error);
  });

  it('lets an abandoned operation run on undisturbed, and tries no further', async () => {
    const { clock, policy } = timeout({ onTimeout: 'abandon' });
    const backoff = { initialMs: 10, maxMs: 10, jitter: 'none' } as const;
    const whole = compose(policy, new RetryPolicy({ attempts: 5, backoff, clock }));
    const { operation, run, runs } = controlled();
    const late: string[] = [];
    watch(whole.execute(operation, { onLateResult: (value) => late.push(value) }));
    const other = watch(whole.execute(operation));
    await clock.advance(100);
    expect(other.error).toBeInstanceOf(TimeoutError);
    expect(run(1).context.signal.aborted).toBe(false);
    run(1).resolve('written');
    run(2).reject('broken');
    await clock.advance(1_000);
    expect(late).toEqual(['written']);
    expect(runs).toHaveLength(2);
  });

  it('tells the operation how long it has, whichever limit is the nearest', async () => {
    const clock = new VirtualClock();
    const long = new TimeoutPolicy({ timeoutMs: 300, clock });
    const short = new TimeoutPolicy({ timeoutMs: 100, clock });
    const { operation, run } = controlled();
    for (const whole of [compose(long, short), compose(short, long)])
      watch(whole.execute(operation));
    await clock.advance(40);
    expect([run(1), run(2)].map(({ context }) => context.remainingMs)).toEqual([60, 60]);
  });

  it('says which of several it was', async () => {
    const clock = new VirtualClock();
    const events: unknown[] = [];
    const [outer, inner] = [
      new TimeoutPolicy({ name: 'deadline', timeoutMs: 100, clock }),
      new TimeoutPolicy({ name: 'attempt', timeoutMs: 100, clock }),
    ] as const;
    const whole = compose(outer, inner);
    whole.subscribe((event) => events.push(event));
    const watched = watch(whole.execute(controlled().operation));
    await clock.advance(100);
    expect(watched.error).toMatchObject({ what: 'deadline' });
    expect(events[0]).toEqual({ kind: 'timed-out', policy: 'deadline', timeoutMs: 100 });
    expect(events).toHaveLength(2);
  });
});

/** Counts the timers that the host is asked for, and knows whether they keep it alive. */
class CountingClock extends VirtualClock {
  made = 0;
  keepsAlive = false;

  override after(delayMs: number, callback: () => void): Timer {
    this.made += 1;
    this.keepsAlive = true;
    const timer = super.after(delayMs, () => {
      this.keepsAlive = false;
      callback();
    });
    return {
      cancel: () => timer.cancel(),
      keepAlive: (on) => {
        this.keepsAlive = on;
      },
    };
  }
}

describe('The timer of all calls through a TimeoutPolicy', () => {
  it('is one, for any number of calls', async () => {
    const clock = new CountingClock();
    const policy = new TimeoutPolicy({ timeoutMs: 100, clock });
    for (let i = 0; i < 1_000; i += 1) await policy.execute(() => i);
    expect(clock.made).toBe(1);
    await clock.advance(1_000);
    expect(clock.made).toBe(1);
  });

  it('keeps the process alive while a call waits, and only then', async () => {
    const clock = new CountingClock();
    const policy = new TimeoutPolicy({ timeoutMs: 100, clock });
    const { operation, run } = controlled();
    const first = policy.execute(operation);
    const second = policy.execute(operation);
    expect(clock.keepsAlive).toBe(true);
    run(1).resolve('done');
    await first;
    expect(clock.keepsAlive).toBe(true);
    run(2).resolve('done');
    await second;
    expect(clock.keepsAlive).toBe(false);
    watch(policy.execute(operation));
    expect(clock.keepsAlive).toBe(true);
  });

  it('is on time for each call, also when another that times out is tried again at once', async () => {
    const clock = new CountingClock();
    const timeout = new TimeoutPolicy({ timeoutMs: 100, clock });
    const backoff = { initialMs: 0, maxMs: 0, jitter: 'none' } as const;
    const twice = compose(new RetryPolicy({ attempts: 2, backoff, clock }), timeout);
    const endedMs: number[] = [];
    const hang = (policy: Policy) =>
      policy.execute(controlled().operation).catch(() => endedMs.push(clock.nowMs()));
    void hang(twice);
    await clock.advance(40);
    void hang(timeout);
    await clock.advance(1_000);
    expect(endedMs).toEqual([140, 200]);
    expect(clock.made).toBe(3);
    expect(clock.pendingTimers).toBe(0);
  });
});
