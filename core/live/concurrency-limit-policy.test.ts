import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit, ConcurrencyLimitedError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import {
  ConcurrencyLimitPolicy,
  type ConcurrencyLimitPolicyOptions,
} from './concurrency-limit-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

const aimd = { kind: 'aimd', backoffRatio: 0.5 } as const;

function limit(options: Partial<ConcurrencyLimitPolicyOptions> = {}) {
  const clock = new VirtualClock();
  const policy = new ConcurrencyLimitPolicy({
    name: 'search',
    algorithm: aimd,
    initial: 4,
    min: 1,
    max: 10,
    clock,
    ...options,
  });
  return { clock, policy };
}

/** Runs one call to its end while enough others run that its outcome is taken seriously. */
async function underLoad(
  { clock, policy }: ReturnType<typeof limit>,
  operation: () => unknown,
): Promise<void> {
  const others = controlled();
  while (policy.inFlight < policy.limit - 1) watch(policy.execute(others.operation));
  await policy.execute(operation).catch(() => undefined);
  for (const { resolve } of others.runs) resolve('done');
  await clock.advance(0);
}

describe('ConcurrencyLimitPolicy', () => {
  it('lets so many run at once, and rejects the rest', async () => {
    const { policy, clock } = limit({ initial: 2 });
    const { operation, run } = controlled();
    for (let i = 0; i < 2; i += 1) watch(policy.execute(operation));
    const rejected = policy.execute(operation);
    await expect(rejected).rejects.toThrow(ConcurrencyLimitedError);
    await expect(rejected).rejects.toMatchObject({ limiter: 'search', limit: 2 });
    run(1).resolve('done');
    await clock.advance(0);
    expect(policy.inFlight).toBe(1);
  });

  it('goes down when a call times out inside it, and counts it until it has really ended', async () => {
    const { policy, clock } = limit();
    const whole = compose(policy, new TimeoutPolicy({ timeoutMs: 100, clock }));
    const { operation, run } = controlled();
    watch(whole.execute(operation));
    await clock.advance(100);
    expect(policy.inFlight).toBe(1);
    run(1).reject('aborted');
    await clock.advance(0);
    expect([policy.inFlight, policy.limit]).toEqual([0, 2]);
  });

  it('goes down when an outer deadline gives up what runs, not what still waits', async () => {
    for (const [size, expected] of [
      [1, 2],
      [0, 4],
    ] as const) {
      const { policy, clock } = limit();
      const pool = new BulkheadPolicy({ pool: { name: 'pool', size: 1, queueSize: 1 }, clock });
      const busy = controlled();
      if (size === 0) watch(pool.execute(busy.operation));
      const { operation, runs } = controlled();
      watch(compose(new TimeoutPolicy({ timeoutMs: 50, clock }), policy, pool).execute(operation));
      await clock.advance(50);
      for (const { resolve } of runs) resolve('late');
      await clock.advance(0);
      expect([policy.inFlight, policy.limit]).toEqual([0, expected]);
    }
  });

  it('learns nothing from errors, nor from what its caller gives up', async () => {
    const { policy, clock } = limit();
    await underLoad({ clock, policy }, () => Promise.reject('broken'));
    const { operation, run } = controlled();
    const caller = new AbortController();
    watch(policy.execute(operation, { signal: caller.signal }));
    caller.abort();
    expect(policy.inFlight).toBe(1);
    run(1).reject('aborted');
    await clock.advance(0);
    expect([policy.inFlight, policy.limit]).toEqual([0, 4]);
  });

  it('leaves it to the judge what shows that there is too much to do', async () => {
    const judge = {
      error: (error: unknown) => (error === 429 ? 'failure' : 'ignore'),
      result: (value: unknown) => (value === 503 ? 'failure' : 'success'),
    } as const;
    for (const operation of [() => Promise.reject(429), () => 503]) {
      const setup = limit({ judge });
      await underLoad(setup, operation);
      expect(setup.policy.limit).toBe(2);
    }
    const bug = new Error('judge');
    const throwing = limit({
      judge: {
        result: () => {
          throw bug;
        },
      },
    });
    await expect(throwing.policy.execute(() => 1)).rejects.toBe(bug);
    expect(throwing.policy.inFlight).toBe(0);
  });

  it('says what it rejects to who listens', async () => {
    const { policy, clock } = limit({ initial: 1 });
    const kinds: string[] = [];
    policy.subscribe(({ kind }) => kinds.push(kind));
    watch(policy.execute(controlled().operation));
    watch(policy.execute(() => 1));
    await clock.advance(0);
    expect(kinds).toEqual(['rejected', 'call-ended']);
  });

  it('has the same limit as its machine at any time', async () => {
    const step = fc.record({ start: fc.boolean(), which: fc.nat(20), ms: fc.nat(200) });
    const algorithm = fc.constantFrom(aimd, { kind: 'gradient' } as const);
    await fc.assert(
      fc.asyncProperty(
        algorithm,
        fc.array(step, { minLength: 30, maxLength: 100 }),
        async (algorithm, steps) => {
          const options = { algorithm, initial: 4, min: 1, max: 10 };
          const { policy, clock } = limit(options);
          const machine = new ConcurrencyLimit(options);
          const { operation, runs, run } = controlled();
          const underway: { readonly number: number; readonly startedMs: number }[] = [];
          for (const { start, which, ms } of steps) {
            await clock.advance(ms);
            if (start) {
              watch(policy.execute(operation));
              if (machine.tryAcquire()) {
                underway.push({ number: runs.length, startedMs: clock.nowMs() });
              }
            } else {
              const [call] = underway.splice(which % Math.max(1, underway.length), 1);
              if (call === undefined) continue;
              run(call.number).resolve('done');
              machine.release(clock.nowMs(), clock.nowMs() - call.startedMs, 'success');
            }
            await clock.advance(0);
            expect([policy.inFlight, policy.limit]).toEqual([machine.inFlight, machine.limit]);
          }
        },
      ),
    );
  });
});
