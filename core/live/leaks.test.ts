import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bulkhead } from '../patterns/index.ts';
import { createRandom, VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { CachePolicy } from './cache-policy.ts';
import { compose } from './compose.ts';
import { ConcurrencyLimitPolicy } from './concurrency-limit-policy.ts';
import { ConnectionPoolPolicy } from './connection-pool-policy.ts';
import { DatabasePolicy } from './database-policy.ts';
import { FallbackPolicy } from './fallback-policy.ts';
import { GroupPolicy } from './group-policy.ts';
import { HedgePolicy } from './hedge-policy.ts';
import type { CallContext, Policy } from './policy.ts';
import { RateLimitPolicy } from './rate-limit-policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { watch } from './testing/controlled.ts';
import { countingSignal } from './testing/counting-signal.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

// Policies in any order, calls with any fate: whatever happens, nothing may be left behind.

const SIZE = 2;
const IDS = ['a', 'b', 'c'];

function setup(seed: number) {
  const clock = new VirtualClock();
  const backoff = { initialMs: 20, maxMs: 100, jitter: 'full' } as const;
  const trip = { kind: 'consecutive', failureThreshold: 3 } as const;
  const pool = new Bulkhead({ name: 'pool', size: SIZE, queueSize: 3, maxWaitMs: 80 });
  const breaker = new BreakerPolicy({ trip, recoveryTimeoutMs: 150, halfOpenLimit: 1, clock });
  const limit = new ConcurrencyLimitPolicy({
    algorithm: { kind: 'aimd' },
    initial: 4,
    min: 2,
    max: 8,
    clock,
  });
  const connections = new ConnectionPoolPolicy({
    name: 'connections',
    max: 2,
    acquireTimeoutMs: 80,
    open: async () => ({}),
    close: () => {},
    clock,
  });
  const group = {
    name: 'group',
    componentType: 'node',
    members: IDS.map((id) => ({ id })),
    recovery: { timeMs: 50, maxAttempts: 1_000 },
    healthCheckMs: 60,
    random: createRandom(seed),
    clock,
  };
  const members = new GroupPolicy(group);
  const database = new DatabasePolicy({ ...group, retry: { attempts: 3, backoff } });
  const layers: Readonly<Record<string, Policy<unknown>>> = {
    fallback: new FallbackPolicy({ alternatives: [() => 'default'], clock }),
    cache: new CachePolicy({ maxAgeMs: 50, staleIfErrorMs: 200, maxEntries: 2, clock }),
    deadline: new TimeoutPolicy({ timeoutMs: 300, clock }),
    retry: new RetryPolicy({ attempts: 3, backoff, random: createRandom(seed), clock }),
    hedge: new HedgePolicy({ delayMs: 40, attempts: 3, clock }),
    rateLimiter: new RateLimitPolicy({ ratePerSecond: 50, burst: 3, maxWaitMs: 60, clock }),
    limit,
    breaker,
    pool: new BulkheadPolicy({ pool, clock }),
    connections,
    members,
    database,
    timeout: new TimeoutPolicy({ timeoutMs: 100, clock }),
    abandoning: new TimeoutPolicy({ timeoutMs: 100, onTimeout: 'abandon', clock }),
  };
  return { clock, pool, breaker, limit, connections, groups: [members, database], layers };
}

const LAYERS = Object.keys(setup(0).layers);

const step = fc.record({
  do: fc.constantFrom('start', 'start', 'resolve', 'reject', 'cancel'),
  which: fc.nat(50),
  ms: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(120)),
});

describe('Any composition, after any calls', () => {
  it('has answered every caller, holds nothing, and has lost no result', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(LAYERS, { minLength: 1 }),
        fc.array(step, { minLength: 20, maxLength: 60 }),
        fc.nat(),
        async (names, steps, seed) => {
          const { clock, pool, breaker, limit, connections, groups, layers } = setup(seed);
          const whole = compose(...names.flatMap((name) => layers[name] ?? []));
          const running: { resolve: (value: string) => void; reject: (error: string) => void }[] =
            [];
          const given: string[] = [];
          const taken: string[] = [];
          let most = 0;
          const operation = ({ signal }: CallContext) =>
            new Promise<string>((resolve, reject) => {
              expect(signal.aborted).toBe(false);
              running.push({ resolve, reject });
              most = Math.max(most, running.length);
            });
          const callers: ReturnType<typeof countingSignal>[] = [];
          const answers: ReturnType<typeof watch>[] = [];

          for (const { do: action, which, ms } of steps) {
            await clock.advance(ms);
            if (action === 'start') {
              const caller = countingSignal();
              const { signal } = caller;
              // Every third without a signal, which takes another path; every second with a key.
              const options = {
                ...(which % 3 > 0 && { signal }),
                ...(which % 2 > 0 && { key: `${which % 5}` }),
                onLateResult: (value: string) => taken.push(value),
              };
              const promise = whole.execute(operation, options);
              promise.then(
                (value) => taken.push(value as string),
                () => {},
              );
              callers.push(caller);
              answers.push(watch(promise));
            } else if (action === 'cancel') {
              callers[which % Math.max(1, callers.length)]?.controller.abort('gone');
            } else {
              const [run] = running.splice(which % Math.max(1, running.length), 1);
              if (action === 'reject') run?.reject('broken');
              else if (run) run.resolve(`result ${given.push(`result ${given.length}`) - 1}`);
            }
            await clock.advance(0);
          }
          do {
            for (const { reject } of running.splice(0)) reject('the end');
            await clock.advance(10_000);
          } while (running.length > 0);

          expect(answers.filter(({ state }) => state === 'pending')).toEqual([]);
          expect([pool.inUse, pool.queued, limit.inFlight]).toEqual([0, 0, 0]);
          const { inUse, waiting } = connections.stats;
          expect([inUse, waiting]).toEqual([0, 0]);
          const { state } = breaker;
          expect(state.kind === 'half-open' ? state.trialsInFlight : 0).toBe(0);
          expect(callers.map(({ counter }) => counter.listeners)).toEqual(callers.map(() => 0));
          const loads = groups.flatMap((one) => IDS.map((id) => one.member(id)?.load));
          expect(loads).toEqual(loads.map(() => 0));
          expect(clock.aliveTimers).toBe(0);
          if (names.includes('pool')) expect(most).toBeLessThanOrEqual(SIZE * perSlot(names));
          // A cache gives an answer several times.
          const results = taken.filter((value) => value !== 'default');
          const distinct = names.includes('cache') ? [...new Set(results)] : results;
          expect(distinct.sort()).toEqual(given.sort());
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** How many operations may run in one slot: several, where some are started again inside it. */
function perSlot(names: readonly string[]): number {
  const inside = names.slice(names.indexOf('pool'));
  return inside.some((name) => ['hedge', 'retry', 'database'].includes(name))
    ? Number.POSITIVE_INFINITY
    : 1;
}
