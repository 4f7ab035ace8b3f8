// What connection pools get wrong. Each test is named after its trap, as in traps.test.ts.
import { describe, expect, it } from 'vitest';
import { ConnectionPoolExhaustedError, TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { compose } from './compose.ts';
import {
  ConnectionPoolPolicy,
  type ConnectionPoolPolicyOptions,
} from './connection-pool-policy.ts';
import { connector, type TestConnection } from './testing/connector.ts';
import { controlled, watch } from './testing/controlled.ts';
import { SetbackClock } from './testing/setback-clock.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

expectNoUnhandledRejections();

/** A pool of one connection. */
function setup<Time extends VirtualClock | SetbackClock>(
  clock: Time,
  options: Partial<ConnectionPoolPolicyOptions<TestConnection>> = {},
) {
  const connections = connector();
  const pool = new ConnectionPoolPolicy<TestConnection>({
    name: 'pool',
    max: 1,
    acquireTimeoutMs: 500,
    ...connections.handling,
    clock,
    ...options,
  });
  const breaker = new BreakerPolicy({
    trip: { kind: 'consecutive', failureThreshold: 1 },
    clock,
  });
  return { clock, connections, pool, breaker };
}

describe('The trap of', () => {
  it('permit leak: an opening that fails gives its place back', async () => {
    const { clock, connections, pool } = setup(new VirtualClock());
    connections.waits = true;
    watch(pool.use(() => 1));
    connections.openings.run(1).reject('refused');
    await clock.advance(0);
    connections.waits = false;
    await expect(pool.use(() => 'back')).resolves.toBe('back');
  });

  it('permit leak: what was opened for one who has given up is not lost', async () => {
    const { clock, connections, pool } = setup(new VirtualClock());
    connections.waits = true;
    const caller = new AbortController();
    watch(pool.use(() => 1, { signal: caller.signal }));
    const next = watch(pool.use(({ number }) => number));
    caller.abort();
    connections.openings.run(1).resolve();
    await clock.advance(0);
    expect(next.value).toBe(1);
  });

  it('over-grant: two who end at once do not make room for three', async () => {
    const { clock, pool } = setup(new VirtualClock(), { max: 2 });
    const { operation, run, runs } = controlled();
    for (let i = 0; i < 6; i += 1) watch(pool.execute(operation));
    await clock.advance(0);
    run(1).resolve('done');
    run(2).reject('broken');
    await clock.advance(0);
    expect(runs).toHaveLength(4);
    expect(pool.stats).toMatchObject({ inUse: 2, waiting: 2 });
  });

  it('clock backwards: nobody waits for a day, and no connection is kept for one', async () => {
    const { clock, connections, pool } = setup(new SetbackClock(), { idleTimeoutMs: 2_000 });
    const { operation, run } = controlled();
    watch(pool.execute(operation));
    await clock.advance(0);
    const waits = watch(pool.use(() => 1));
    clock.setBack(86_400_000);
    await clock.advance(500 * 2);
    expect(waits.state).toBe('rejected');
    run(1).resolve('done');
    await clock.advance(0);
    clock.setBack(86_400_000);
    await clock.advance(2_000 * 2);
    expect([connections.open, clock.pendingTimers]).toEqual([[], 0]);
  });

  it('timeout: a connection that comes too late is kept for others, not lost, not lent twice', async () => {
    const { clock, connections, pool } = setup(new VirtualClock());
    connections.waits = true;
    const late = watch(pool.use(() => 1));
    await clock.advance(500);
    connections.openings.run(1).resolve();
    await clock.advance(0);
    expect(late.error).toBeInstanceOf(TimeoutError);
    expect(pool.stats).toMatchObject({ idle: 1, inUse: 0, created: 1 });
  });

  it('timeout: the connection is held while the call really runs', async () => {
    const { clock, pool } = setup(new VirtualClock(), { queueSize: 0 });
    const whole = compose(pool, new TimeoutPolicy({ timeoutMs: 100, clock }));
    const { operation, run } = controlled();
    watch(whole.execute(operation));
    await clock.advance(100);
    await expect(pool.use(() => 1)).rejects.toThrow(ConnectionPoolExhaustedError);
    run(1).resolve('late');
    await clock.advance(0);
    await expect(pool.use(() => 1)).resolves.toBe(1);
  });

  it('bulkhead: calls that find no connection do not count as failures of the dependency', async () => {
    const { clock, pool, breaker } = setup(new VirtualClock(), { queueSize: 1 });
    watch(pool.execute(controlled().operation));
    await clock.advance(0);
    for (const _ of [1, 2]) watch(compose(breaker, pool).execute(() => 1));
    await clock.advance(500);
    expect(pool.stats).toMatchObject({ rejected: 1, timeouts: 1 });
    expect(breaker.state).toEqual({ kind: 'closed', failureCount: 0 });
  });

  it('bulkhead: but those that cannot connect do, be it refused or without an answer', async () => {
    for (const end of ['refused', 'no answer']) {
      const { clock, connections, pool, breaker } = setup(new VirtualClock());
      connections.waits = true;
      watch(compose(breaker, pool).execute(() => 1));
      if (end === 'refused') connections.openings.run(1).reject('refused');
      await clock.advance(500);
      expect(breaker.state.kind).toBe('open');
    }
  });

  it('bulkhead queue: an aborted waiter does not eat a connection', async () => {
    const { clock, pool } = setup(new VirtualClock());
    const { operation, run, runs } = controlled();
    const caller = new AbortController();
    watch(pool.execute(operation));
    watch(pool.execute(operation, { signal: caller.signal }));
    watch(pool.execute(operation));
    await clock.advance(0);
    caller.abort();
    run(1).resolve('done');
    await clock.advance(0);
    expect(runs).toHaveLength(2);
    run(2).resolve('done');
    await clock.advance(0);
    await expect(pool.use(() => 1)).resolves.toBe(1);
  });

  it('bulkhead queue: who is next does not lose its connection to a newcomer', async () => {
    const { clock, pool } = setup(new VirtualClock());
    const order: string[] = [];
    const first = pool.use(async () => order.push('first'));
    watch(pool.use(() => order.push('waiting')));
    // Asks at the very moment at which the connection becomes free, from inside the answer.
    watch(first.then(() => pool.use(() => order.push('newcomer'))));
    await clock.advance(0);
    expect(order).toEqual(['first', 'waiting', 'newcomer']);
  });

  it('throw inside the call: the connection comes back', async () => {
    const { pool } = setup(new VirtualClock());
    const throws = () => {
      throw new Error('at once');
    };
    await expect(pool.use(throws)).rejects.toThrow('at once');
    await expect(pool.use(() => 1)).resolves.toBe(1);
  });

  it('throw in predicates: the call fails with it, and the connection is not trusted', async () => {
    const bug = new Error('isBroken');
    const { clock, connections, pool } = setup(new VirtualClock(), {
      isBroken: () => {
        throw bug;
      },
    });
    await expect(pool.use(() => Promise.reject('broken'))).rejects.toBe(bug);
    await clock.advance(0);
    expect(connections.open).toEqual([]);
    await expect(pool.use(() => 1)).resolves.toBe(1);
  });

  it('reload while calls are in flight: they end as they would have, and then all is closed', async () => {
    const { clock, connections, pool } = setup(new VirtualClock());
    const { operation, run } = controlled();
    const watched = watch(pool.execute(operation));
    await clock.advance(0);
    const closed = pool.close();
    await clock.advance(10_000);
    expect(connections.open).toEqual([1]);
    run(1).resolve('done');
    await closed;
    expect([watched.value, connections.open]).toEqual(['done', []]);
  });
});
