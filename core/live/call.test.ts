import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { countingSignal } from './testing/counting-signal.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const backoff = { initialMs: 100, maxMs: 100, jitter: 'none' } as const;

function stack(clock = new VirtualClock()) {
  return {
    clock,
    policy: compose(
      new TimeoutPolicy({ name: 'deadline', timeoutMs: 10_000, clock }),
      new RetryPolicy({ attempts: 3, backoff, clock }),
      new BreakerPolicy({ clock }),
      new BulkheadPolicy({ pool: { name: 'pool', size: 2, queueSize: 2 }, clock }),
      new TimeoutPolicy({ name: 'attempt', timeoutMs: 1_000, clock }),
    ),
  };
}

const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe('Any call', () => {
  it('answers with what the operation gives, be it a promise, a thenable or a value', async () => {
    const { policy } = stack();
    await expect(policy.execute(async () => 1)).resolves.toBe(1);
    await expect(policy.execute(() => 2)).resolves.toBe(2);
    const promise = Promise.resolve(3);
    // Like the promise of another library.
    const thenable = Object.fromEntries([
      ['then', promise.then.bind(promise)],
    ]) as unknown as PromiseLike<number>;
    await expect(policy.execute(() => thenable)).resolves.toBe(3);
    await expect(new BreakerPolicy().execute(() => thenable)).resolves.toBe(3);
  });

  it('fails with the very error of the operation, thrown at once or later', async () => {
    const error = new Error('broken');
    const operations = [
      () => Promise.reject(error),
      () => {
        throw error;
      },
    ];
    for (const operation of operations) {
      const { policy, clock } = stack();
      const watched = watch(policy.execute(operation));
      await clock.advance(1_000);
      expect(watched.error).toBe(error);
    }
  });

  it('never throws itself', async () => {
    const throws = (): never => {
      throw new Error('broken');
    };
    const promise = new BreakerPolicy().execute(throws);
    await expect(promise).rejects.toThrow('broken');
  });

  it('keeps its caller in the stack of an error, where nothing interrupts it', async () => {
    const policy = compose(new RetryPolicy({ attempts: 1, backoff }), new BreakerPolicy());
    async function failing() {
      await null;
      throw new Error('deep');
    }
    async function theCaller() {
      return await policy.execute(failing);
    }
    const error = await theCaller().catch((caught: unknown) => caught);
    expect((error as Error).stack).toContain('theCaller');
  });

  it('tells the operation which attempt it is, what its caller said, and how much time is left', async () => {
    const { policy, clock } = stack();
    const { operation, run } = controlled();
    const promise = policy.execute(operation, { key: 'user-7' });
    expect(run(1).context).toMatchObject({
      attempt: 1,
      options: { key: 'user-7' },
      remainingMs: 1_000,
    });
    await clock.advance(9_950 - 8_000);
    expect(run(2).context.attempt).toBe(2);
    expect(run(2).context.remainingMs).toBe(150);
    run(2).resolve('done');
    await expect(promise).resolves.toBe('done');
    await new BreakerPolicy().execute((context) => {
      expect(context).toMatchObject({ options: undefined, remainingMs: Number.POSITIVE_INFINITY });
    });
  });

  it('makes a signal only for who asks, and always the same', async () => {
    const { signal } = await new BreakerPolicy().execute((context) => {
      expect(context.signal).toBe(context.signal);
      return context;
    });
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(signal.aborted).toBe(false);
  });
});

describe('A call that its caller cancels', () => {
  it('is rejected at once with the reason, and the operation is told', async () => {
    const { policy } = stack();
    const { controller, signal, counter } = countingSignal();
    const { operation, run } = controlled();
    const watched = watch(policy.execute(operation, { signal }));
    const inner = run(1).context.signal;
    expect(inner.aborted).toBe(false);
    const reason = new Error('user went away');
    controller.abort(reason);
    await Promise.resolve();
    expect(watched).toEqual({ state: 'rejected', error: reason });
    expect(inner.reason).toBe(reason);
    expect(counter.listeners).toBe(0);
  });

  it('tells also an operation that asks for its signal only afterwards', async () => {
    const { policy } = stack();
    const { controller, signal } = countingSignal();
    const { operation, run } = controlled();
    watch(policy.execute(operation, { signal }));
    controller.abort('stop');
    expect(run(1).context.signal).toMatchObject({ aborted: true, reason: 'stop' });
  });

  it('is not even started when the signal is aborted before', async () => {
    const { policy } = stack();
    const { operation, runs } = controlled();
    const signal = AbortSignal.abort('too late');
    await expect(policy.execute(operation, { signal })).rejects.toBe('too late');
    expect(runs).toHaveLength(0);
  });

  it('may be cancelled by the operation itself while it starts', async () => {
    const { policy } = stack();
    const { controller, signal, counter } = countingSignal();
    const promise = policy.execute(
      async () => {
        controller.abort('from inside');
        return 'late';
      },
      { signal },
    );
    await expect(promise).rejects.toBe('from inside');
    expect(counter.listeners).toBe(0);
  });

  it('may be cancelled even by a judge of its answer, and ends once', async () => {
    const { controller, signal } = countingSignal();
    const policy = new BreakerPolicy({
      judge: {
        result: () => {
          controller.abort('judged');
          return 'success';
        },
      },
    });
    const ends: unknown[] = [];
    policy.subscribe((event) => event.kind === 'call-ended' && ends.push(event.outcome));
    await expect(policy.execute(() => 1, { signal })).rejects.toBe('judged');
    await Promise.resolve();
    expect(ends).toEqual(['cancelled']);
  });

  it.each(['a result', 'an error', 'a throw', 'a cancellation', 'a timeout', 'a rejection'])(
    'leaves no listener on the signal after %s',
    async (end) => {
      const { policy, clock } = stack();
      const { controller, signal, counter } = countingSignal();
      const { operation } = controlled();
      const operations: Record<string, () => unknown> = {
        'a result': () => 'done',
        'an error': () => Promise.reject(new Error('broken')),
        'a throw': () => {
          throw new Error('broken');
        },
      };
      if (end === 'a rejection')
        for (let i = 0; i < 4; i += 1) watch(policy.execute(operation)).state;
      const watched = watch(policy.execute<unknown>(operations[end] ?? operation, { signal }));
      expect(counter.listeners).toBe(1);
      if (end === 'a cancellation') controller.abort();
      await clock.advance(20_000);
      expect(watched.state).toBe(end === 'a result' ? 'resolved' : 'rejected');
      expect(counter.listeners).toBe(0);
    },
  );
});

describe('A late result', () => {
  it('goes to whoever wants to close what it holds', async () => {
    const { policy, clock } = stack();
    const { operation, run } = controlled();
    const late: string[] = [];
    const onLateResult = (value: string) => late.push(value);
    const watched = watch(policy.execute(operation, { onLateResult }));
    await clock.advance(1_100);
    run(1).resolve('connection 1');
    run(2).resolve('connection 2');
    await clock.advance(0);
    expect(watched).toEqual({ state: 'resolved', value: 'connection 2' });
    expect(late).toEqual(['connection 1']);
  });

  it('after a cancellation, too; and a late error is nobody’s concern', async () => {
    const { policy, clock } = stack();
    const late: unknown[] = [];
    for (const end of ['result', 'error']) {
      const { controller, signal } = countingSignal();
      const { operation, run } = controlled();
      watch(policy.execute(operation, { signal, onLateResult: (value) => late.push(value) }));
      controller.abort();
      if (end === 'result') run(1).resolve('late');
      else run(1).reject(new Error('late'));
      await clock.advance(0);
    }
    expect(late).toEqual(['late']);
  });

  it('is dropped when nobody wants it', async () => {
    const { policy, clock } = stack();
    const { operation, run } = controlled();
    const watched = watch(new TimeoutPolicy({ timeoutMs: 5, clock }).execute(operation));
    await clock.advance(5);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    run(1).resolve('late');
    await clock.advance(0);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    await expect(policy.execute(() => 1)).resolves.toBe(1);
  });
});
