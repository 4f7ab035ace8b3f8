import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakerOptions,
  bulkheadOptions,
  concurrencyLimitOptions,
  connectionPoolOptions,
  rateLimiterOptions,
} from '../../model/machine-options.ts';
import type { ConnectionPoolPolicy, Model } from '../../model/model.ts';
import {
  Bulkhead,
  CircuitBreaker,
  ConcurrencyLimit,
  ConnectionPool,
  RateLimiter,
} from '../../patterns/index.ts';
import { planFault } from '../faults.ts';
import { type Followed, recordHistories, replay } from '../testing/history.ts';
import { modelOf } from '../testing/model.ts';
import { randomConfig } from '../testing/random-config.ts';
import { World } from '../world.ts';

/** Sends requests to `web` at the given times and lets everything run until nothing is left. */
function play(yaml: string, timesMs: readonly number[], seed: number) {
  const model = modelOf(yaml);
  const world = new World(model, {
    seed,
    replication: 0,
    bucketMs: 1000,
    buckets: 120,
    journal: () => {},
  });
  const { engine } = world;
  for (const [index, fault] of (model.scenarios.get('load')?.faults ?? []).entries()) {
    const stream = (purpose: string) => world.random('scenario load', `fault ${index} ${purpose}`);
    planFault(world, model, fault, stream, () => true);
  }
  let answers = 0;
  const client = { answered: () => answers++ };
  for (const atMs of timesMs) engine.at(atMs, () => world.station('web').take(client, true), null);
  engine.run(24 * 3600_000, () => true);
  return { answers, model, world };
}

const times = fc.array(fc.integer({ min: 0, max: 2000 }), {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});

describe('whatever happens to requests', () => {
  it('each is answered once, and every permit, slot, token and place in a queue is given back', () => {
    fc.assert(
      fc.property(randomConfig, times, fc.nat(1000), (yaml, timesMs, seed) => {
        const { answers, world } = play(yaml, timesMs, seed);
        expect(answers).toBe(timesMs.length);
        for (const { machine } of world.pools.values()) {
          expect([machine.inUse, machine.queued]).toEqual([0, 0]);
        }
        for (const { machine } of world.connectionPools.values()) {
          const { inUse, opening, waiting } = machine.stats;
          expect([inUse, opening, waiting]).toEqual([0, 0, 0]);
        }
        for (const { machine } of world.concurrencyLimits.values()) {
          expect(machine.inFlight).toBe(0);
        }
        for (const limiter of world.rateLimiters.values()) expect(limiter.queued).toBe(0);
        for (const { machine } of world.breakers.values()) {
          const { state } = machine;
          if (state.kind === 'half-open') expect(state.trialsInFlight).toBe(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Plays a random history, then what one of its machines was told once more on a new one. */
function expectSameStates<Machine extends object, Policy>(
  followed: Followed<Machine>,
  machineOf: (world: World) => Machine | undefined,
  policyOf: (model: Model) => Policy | undefined,
  create: (policy: Policy) => Machine,
): void {
  let longest = 0;
  fc.assert(
    fc.property(randomConfig, times, fc.nat(1000), (yaml, timesMs, seed) => {
      let played: ReturnType<typeof play> | undefined;
      const histories = recordHistories(followed, () => {
        played = play(yaml, timesMs, seed);
      });
      const machine = played && machineOf(played.world);
      const policy = played && policyOf(played.model);
      const history = machine && histories.get(machine);
      if (!history || !policy) return;
      longest = Math.max(longest, history.length);
      expect(replay(history, create(policy), followed)).toEqual(history.map(({ state }) => state));
    }),
    { numRuns: 200 },
  );
  // Chance may draw quiet systems, but never only those.
  expect(longest).toBeGreaterThan(50);
}

describe('what the simulator tells a machine, told to another one, leads to the same states', () => {
  it('of a circuit breaker', () =>
    expectSameStates(
      {
        type: CircuitBreaker,
        gives: 'acquire',
        takes: ['succeed', 'fail', 'cancel'],
        look: ({ state }) => state,
      },
      ({ breakers }) => breakers.get('b')?.machine,
      ({ breakers }) => breakers.get('b'),
      (policy) => new CircuitBreaker(breakerOptions(policy)),
    ));

  it('of a bulkhead', () =>
    expectSameStates(
      {
        type: Bulkhead,
        gives: 'request',
        takes: ['release', 'expire', 'cancel'],
        look: ({ inUse, queued, stats }) => ({ inUse, queued, ...stats }),
      },
      ({ pools }) => pools.get('p')?.machine,
      ({ bulkheads }) => bulkheads.get('p'),
      (policy) => new Bulkhead(bulkheadOptions(policy)),
    ));

  it('of a connection pool', () =>
    expectSameStates<ConnectionPool<true>, ConnectionPoolPolicy>(
      {
        type: ConnectionPool,
        gives: 'acquire',
        takes: ['opened', 'release', 'expire', 'cancel'],
        look: ({ stats }) => stats,
      },
      ({ connectionPools }) => connectionPools.get('n')?.machine,
      ({ connectionPools }) => connectionPools.get('n'),
      (policy) => new ConnectionPool({ ...connectionPoolOptions(policy), onDiscard: () => {} }),
    ));

  it('of a rate limiter', () =>
    expectSameStates(
      {
        type: RateLimiter,
        gives: 'take',
        takes: ['giveBack'],
        look: (limiter, [nowMs]) => limiter.retryAfterMs(nowMs as number),
      },
      ({ rateLimiters }) => rateLimiters.get('l')?.machine,
      ({ rateLimiters }) => rateLimiters.get('l'),
      (policy) => new RateLimiter(rateLimiterOptions(policy)),
    ));

  it('of a concurrency limit', () =>
    expectSameStates(
      {
        type: ConcurrencyLimit,
        gives: 'tryAcquire',
        takes: ['release'],
        look: ({ inFlight, limit }) => ({ inFlight, limit }),
      },
      ({ concurrencyLimits }) => concurrencyLimits.get('c')?.machine,
      ({ concurrencyLimits }) => concurrencyLimits.get('c'),
      (policy) => new ConcurrencyLimit(concurrencyLimitOptions(policy)),
    ));
});
