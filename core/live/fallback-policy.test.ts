import { describe, expect, expectTypeOf, it } from 'vitest';
import { CircuitOpenError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { compose } from './compose.ts';
import { type Alternative, FallbackPolicy } from './fallback-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const broken = new Error('broken');
const fails = () => Promise.reject(broken);

function fallback(...alternatives: Alternative<string>[]) {
  return new FallbackPolicy({ alternatives, clock: new VirtualClock() });
}

describe('FallbackPolicy', () => {
  it('answers with the first alternative that does not fail, and tries no further', async () => {
    const asked: string[] = [];
    const policy = fallback(
      (failure) => {
        asked.push('first');
        throw failure;
      },
      async (failure) => {
        asked.push('second');
        return `instead of ${(failure as Error).message}`;
      },
      () => {
        asked.push('third');
        return 'third';
      },
    );
    await expect(policy.execute(fails)).resolves.toBe('instead of broken');
    expect(asked).toEqual(['first', 'second']);
  });

  it('stays out of the way of a success', async () => {
    await expect(fallback(() => 'default').execute(() => 'answer')).resolves.toBe('answer');
  });

  it('fails with the original error when nothing answers', async () => {
    const policy = fallback(() => Promise.reject(new Error('no default either')));
    const events: unknown[] = [];
    policy.subscribe((event) => events.push(event));
    await expect(policy.execute(fails)).rejects.toBe(broken);
    await expect(fallback().execute(fails)).rejects.toBe(broken);
    expect(events[0]).toEqual({
      kind: 'fallback-failed',
      policy: 'fallback',
      errors: [new Error('no default either')],
    });
  });

  it('replaces what the judge takes for a failure, a result too', async () => {
    const late: unknown[] = [];
    const policy = new FallbackPolicy({
      alternatives: [(failure) => `instead of ${failure}`],
      judge: {
        error: (error) => (error === broken ? 'ignore' : 'failure'),
        result: (value) => (value === 503 ? 'failure' : 'success'),
      },
    });
    const onLateResult = (value: unknown) => late.push(value);
    await expect(policy.execute(() => 503, { onLateResult })).resolves.toBe('instead of 503');
    expect(late).toEqual([503]);
    await expect(policy.execute(() => 200)).resolves.toBe(200);
    await expect(policy.execute(fails)).rejects.toBe(broken);
    const none = new FallbackPolicy({ alternatives: [], judge: { result: () => 'failure' } });
    await expect(none.execute(() => 503)).resolves.toBe(503);
  });

  it('has an answer where a breaker has none, and the breaker does not learn of it', async () => {
    const breaker = new BreakerPolicy();
    breaker.isolate();
    const seen: unknown[] = [];
    const policy = fallback((failure) => {
      seen.push(failure);
      return 'default';
    });
    await expect(compose(policy, breaker).execute(() => 1)).resolves.toBe('default');
    expect(seen[0]).toBeInstanceOf(CircuitOpenError);
    expect(breaker.metrics.totalCalls).toBe(0);
  });

  it('is cancelled together with the alternative that it is at', async () => {
    const clock = new VirtualClock();
    const { operation, run } = controlled();
    const policy = fallback((_, context) => operation(context));
    const whole = compose(new TimeoutPolicy({ timeoutMs: 10, clock }), policy);
    const watched = watch(whole.execute(fails));
    await clock.advance(10);
    expect(watched.state).toBe('rejected');
    expect(run(1).context.signal.aborted).toBe(true);
    expect(run(1).context.attempt).toBe(2);
  });

  it('knows which types it may answer with, inside a composition too', async () => {
    const policy = fallback(() => 'default');
    expectTypeOf(policy.execute(() => 1)).toEqualTypeOf<Promise<number | string>>();
    const other = new FallbackPolicy({ alternatives: [() => true] });
    const whole = compose(policy, new BreakerPolicy(), other);
    expectTypeOf(whole.execute(() => 1)).toEqualTypeOf<Promise<number | string | boolean>>();
    expectTypeOf(compose(new BreakerPolicy()).execute(() => 1)).toEqualTypeOf<Promise<number>>();
  });
});
