import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { Composition, compose } from './compose.ts';
import type { Policy } from './policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { watch } from './testing/controlled.ts';

const backoff = { initialMs: 0, maxMs: 0, jitter: 'none' } as const;

describe('compose', () => {
  it('puts the first outermost: a retry outside counts each attempt, one inside counts once', async () => {
    const clock = new VirtualClock();
    const retry = new RetryPolicy({ attempts: 3, backoff, clock });
    const [seesAll, seesOne] = [new BreakerPolicy({ clock }), new BreakerPolicy({ clock })];
    watch(compose(seesOne, retry, seesAll).execute(() => Promise.reject('broken')));
    await clock.advance(0);
    expect([seesAll.metrics.totalCalls, seesOne.metrics.totalCalls]).toEqual([3, 1]);
  });

  it('lays compositions open', () => {
    const [a, b, c] = [new BreakerPolicy(), new BreakerPolicy(), new BreakerPolicy()];
    const nested = compose(a, compose(b, compose(c), compose()));
    expect(nested.layers).toEqual([a, b, c]);
  });

  it('is nothing around the operation when nothing is composed', async () => {
    await expect(compose().execute(() => 1)).resolves.toBe(1);
  });

  it('refuses a policy that it cannot see into', () => {
    const foreign: Policy = {
      execute: async (operation) => operation as never,
      subscribe: () => () => {},
    };
    expect(() => compose(foreign)).toThrow(TypeError);
  });

  it('shares a layer that is in several compositions', async () => {
    const shared = new BulkheadPolicy({ pool: { name: 'pool', size: 1 } });
    const [one, other] = [compose(shared), compose(new BreakerPolicy(), shared)];
    await one.execute(async () => {
      await expect(other.execute(() => 1)).rejects.toThrow('exhausted');
    });
    await expect(other.execute(() => 1)).resolves.toBe(1);
  });
});

describe('Who listens to a composition', () => {
  it('hears how its calls end, and what its layers do for others, each once', async () => {
    const clock = new VirtualClock();
    const breaker = new BreakerPolicy({ name: 'breaker', clock });
    const whole = new Composition([breaker, breaker], { name: 'whole', clock });
    const events: string[] = [];
    const end = whole.subscribe((event) => events.push(`${event.policy}: ${event.kind}`));
    await whole.execute(() => 1);
    await breaker.execute(() => 1);
    breaker.isolate();
    await clock.advance(0);
    expect(events).toEqual(['whole: call-ended', 'breaker: call-ended', 'breaker: state-changed']);
    end();
    breaker.reset();
    await clock.advance(0);
    expect(events).toHaveLength(3);
  });

  it('hears the end of every call that it has heard the beginning of, and how long it took', async () => {
    const clock = new VirtualClock();
    const whole = compose(new BreakerPolicy({ clock }));
    const controller = new AbortController();
    const events: unknown[] = [];
    const timed = new Composition([whole], { clock });
    timed.subscribe((event) => events.push(event));
    const never = () => new Promise(() => {});
    watch(timed.execute(never, { signal: controller.signal }));
    await clock.advance(70);
    controller.abort();
    await clock.advance(0);
    expect(events).toEqual([
      { kind: 'call-ended', policy: 'call', outcome: 'cancelled', durationMs: 70, attempts: 1 },
    ]);
  });

  it('may subscribe twice, and leave once', async () => {
    const policy = new BreakerPolicy();
    let heard = 0;
    const listener = () => {
      heard += 1;
    };
    policy.subscribe(listener);
    policy.subscribe(listener)();
    await policy.execute(() => 1);
    await Promise.resolve();
    expect(heard).toBe(1);
  });
});

describe('A listener that throws', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  afterEach(() => process.off('unhandledRejection', note));

  it('is reported to the host, and disturbs nobody', async () => {
    process.on('unhandledRejection', note);
    const policy = new BreakerPolicy();
    const heard: string[] = [];
    policy.subscribe(() => {
      throw new Error('listener');
    });
    policy.subscribe(({ kind }) => heard.push(kind));
    await expect(policy.execute(() => 1)).resolves.toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(['call-ended']);
    expect(unhandled).toEqual([new Error('listener')]);
  });
});
