// Over 400 lines: what becomes of a connection in each way that a call can end, in one place.
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  CircuitOpenError,
  ConnectionPoolClosedError,
  ConnectionPoolExhaustedError,
  ConnectionPoolTimeoutError,
  TimeoutError,
} from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { compose } from './compose.ts';
import {
  ConnectionPoolPolicy,
  type ConnectionPoolPolicyOptions,
} from './connection-pool-policy.ts';
import { FallbackPolicy } from './fallback-policy.ts';
import { HedgePolicy } from './hedge-policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { connector, type TestConnection } from './testing/connector.ts';
import { controlled, watch } from './testing/controlled.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

expectNoUnhandledRejections();

function create(options: Partial<ConnectionPoolPolicyOptions<TestConnection>> = {}) {
  const clock = new VirtualClock();
  const connections = connector();
  const pool = new ConnectionPoolPolicy<TestConnection>({
    name: 'database',
    max: 2,
    acquireTimeoutMs: 1_000,
    idleTimeoutMs: 5_000,
    ...connections.handling,
    clock,
    ...options,
  });
  const events: string[] = [];
  pool.subscribe((event) => {
    const said = 'reason' in event ? ` ${event.reason}` : '';
    events.push(event.kind + said);
  });
  return { clock, connections, pool, events };
}

describe('ConnectionPoolPolicy', () => {
  it('gives an operation a connection, and keeps that for the next', async () => {
    const { pool, connections } = create();
    const number = await pool.execute(({ connection }) => connection.number);
    const again = await pool.use((connection, { attempt }) => [connection.number, attempt]);
    expect([number, again]).toEqual([1, [1, 1]]);
    expect(connections.open).toEqual([1]);
    expect(pool.stats).toMatchObject({ created: 1, idle: 1, inUse: 0, peakInUse: 1 });
  });

  it('has nothing for an operation that keeps its context for too long', async () => {
    const { pool } = create();
    const context = await pool.execute((own) => own);
    expect(context.connection).toBeUndefined();
  });

  it('opens no more than there may be, and lets the others wait in turn', async () => {
    const { pool, clock, connections } = create();
    const { operation, run, runs } = controlled<string>();
    const order: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      watch(pool.execute(operation).then((value) => order.push(`${name}: ${value}`)));
    }
    await clock.advance(0);
    expect(runs).toHaveLength(2);
    run(2).resolve('second');
    await clock.advance(0);
    run(3).resolve('third');
    await clock.advance(0);
    expect(order).toEqual(['b: second', 'c: third']);
    expect(runs).toHaveLength(4);
    expect(connections.open).toEqual([1, 2]);
  });

  it('rejects who finds no place to wait in, and who waits in vain', async () => {
    const { pool, clock, events } = create({ max: 1, queueSize: 1 });
    watch(pool.execute(controlled().operation));
    await clock.advance(0);
    const [waits, rejected] = [watch(pool.use(() => 1)), watch(pool.use(() => 1))];
    await clock.advance(999);
    expect(clock.aliveTimers).toBe(1);
    expect(rejected.error).toBeInstanceOf(ConnectionPoolExhaustedError);
    expect(waits.state).toBe('pending');
    await clock.advance(1);
    expect(waits.error).toBeInstanceOf(ConnectionPoolTimeoutError);
    expect(waits.error).toMatchObject({ pool: 'database', waitedMs: 1_000 });
    expect(clock.pendingTimers).toBe(0);
    expect(events.filter((kind) => kind === 'rejected')).toHaveLength(2);
  });

  it('fails with the error of who could not connect, and the next may try', async () => {
    const { pool, clock, connections, events } = create({ max: 1 });
    connections.waits = true;
    const [first, second] = [watch(pool.use(() => 1)), watch(pool.use(() => 2))];
    connections.openings.run(1).reject('refused');
    await clock.advance(0);
    expect(first.error).toBe('refused');
    connections.openings.run(2).resolve();
    await clock.advance(0);
    expect(second.value).toBe(2);
    expect(events).toContain('connection-failed');
    expect(pool.stats).toMatchObject({ failed: 1, created: 1 });
  });

  it('says that it was the other side when that does not answer in time', async () => {
    const { pool, clock, connections, events } = create();
    connections.waits = true;
    const watched = watch(pool.use(() => 1));
    await clock.advance(1_000);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(watched.error).toMatchObject({ what: "opening a connection of 'database'" });
    expect(events).toEqual(['timed-out', 'call-ended']);
    connections.openings.run(1).resolve();
    await clock.advance(0);
    expect(await pool.use(({ number }) => number)).toBe(1);
  });

  it('aborts the opening of a connection that takes too long', async () => {
    const { clock, connections, pool } = create({ openTimeoutMs: 3_000 });
    connections.waits = true;
    watch(pool.use(() => 1));
    await clock.advance(2_999);
    expect(connections.signals[0]?.aborted).toBe(false);
    expect([clock.pendingTimers, clock.aliveTimers]).toEqual([1, 0]);
    await clock.advance(1);
    expect(connections.signals[0]?.reason).toBeInstanceOf(TimeoutError);
    connections.openings.run(1).reject('aborted');
    await clock.advance(0);
    expect(pool.stats).toMatchObject({ opening: 0, failed: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on after an `open` that throws at once', async () => {
    const { pool } = create({
      open: () => {
        throw new Error('no driver');
      },
    });
    await expect(pool.use(() => 1)).rejects.toThrow('no driver');
    expect(pool.stats).toMatchObject({ opening: 0, failed: 1 });
  });
});

describe('An idle connection', () => {
  it('is closed when nobody has needed it for long enough, with one timer for all', async () => {
    const { pool, clock, connections, events } = create();
    const { operation, run } = controlled();
    for (const _ of [1, 2]) watch(pool.execute(operation));
    await clock.advance(0);
    run(1).resolve('done');
    await clock.advance(2_000);
    run(2).resolve('done');
    await clock.advance(2_999);
    expect(connections.open).toEqual([1, 2]);
    expect([clock.pendingTimers, clock.aliveTimers]).toEqual([1, 0]);
    await clock.advance(1);
    expect(connections.open).toEqual([2]);
    await clock.advance(2_000);
    expect(connections.open).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
    expect(events.filter((kind) => kind === 'connection-closed idle')).toHaveLength(2);
  });

  it('is not closed while it is used now and then', async () => {
    const { pool, clock, connections } = create();
    for (let i = 0; i < 10; i += 1) {
      await pool.use(() => 1);
      await clock.advance(4_999);
    }
    expect(connections.open).toEqual([1]);
  });

  it('is closed when its pool has done with it, and can be asked how it is', async () => {
    const idle: number[] = [];
    const { pool, clock } = create({
      maxLifetimeMs: 10_000,
      idleTimeoutMs: 60_000,
      close: () => idle.push(pool.stats.idle),
    });
    const { operation, run } = controlled();
    watch(pool.execute(operation));
    await clock.advance(1_000);
    watch(pool.execute(operation));
    await clock.advance(0);
    run(1).resolve('done');
    await clock.advance(0);
    run(2).resolve('done');
    await clock.advance(9_000);
    expect(idle).toEqual([1]);
  });

  it('is closed at the end of its life, also when others are kept for longer', async () => {
    const { pool, clock, connections } = create({ idleTimeoutMs: 60_000, maxLifetimeMs: 10_000 });
    await pool.use(() => 1);
    await clock.advance(9_999);
    expect(connections.open).toEqual([1]);
    await clock.advance(1);
    expect(connections.open).toEqual([]);
  });

  it('is there before it is needed, where that is asked for', async () => {
    const { pool, clock, connections } = create({ max: 3, minIdle: 2, maxLifetimeMs: 10_000 });
    expect(connections.open).toEqual([]);
    await pool.prepare();
    expect(connections.open).toEqual([1, 2]);
    await clock.advance(10_000);
    expect(connections.open).toEqual([3, 4]);
    await pool.use(() => Promise.reject('broken')).catch(() => {});
    await clock.advance(0);
    expect(connections.open).toEqual([3, 5]);
  });

  it('that cannot be opened in advance is told to who asked, and is not tried in a loop', async () => {
    const { pool, clock, connections, events } = create({ minIdle: 1 });
    connections.waits = true;
    const prepared = watch(pool.prepare());
    connections.openings.run(1).reject('refused');
    await clock.advance(60_000);
    expect(prepared.error).toBe('refused');
    expect(connections.openings.runs).toHaveLength(1);
    expect(events).toEqual(['connection-failed']);
  });

  it('goes to who has come meanwhile, when it was opened in advance', async () => {
    const { pool, clock, connections } = create({ max: 1, minIdle: 1 });
    connections.waits = true;
    watch(pool.prepare());
    const watched = watch(pool.use(({ number }) => number));
    connections.openings.run(1).resolve();
    await clock.advance(0);
    expect(watched.value).toBe(1);
  });
});

describe('A broken connection', () => {
  it('is closed and never used again, after any error of an operation', async () => {
    const { pool, connections } = create();
    await expect(pool.use(() => Promise.reject('broken'))).rejects.toBe('broken');
    expect(await pool.use(({ number }) => number)).toBe(2);
    expect(connections.open).toEqual([2]);
    expect(pool.stats.broken).toBe(1);
  });

  it('is what the predicate says that it is', async () => {
    const { pool, connections } = create({ isBroken: (error) => error !== 'duplicate key' });
    await expect(pool.use(() => Promise.reject('duplicate key'))).rejects.toBe('duplicate key');
    expect(await pool.use(({ number }) => number)).toBe(1);
    await expect(pool.use(() => Promise.reject('reset'))).rejects.toBe('reset');
    expect(connections.open).toEqual([]);
  });

  it('is not one that a policy further in has let nobody use', async () => {
    const { pool, clock, connections } = create();
    const breaker = new BreakerPolicy({ clock });
    breaker.isolate();
    await expect(compose(pool, breaker).execute(() => 1)).rejects.toThrow(CircuitOpenError);
    expect(connections.open).toEqual([1]);
  });

  it('is one on which the operation has used a timeout of its own', async () => {
    const { pool, clock, connections } = create();
    const limit = new TimeoutPolicy({ timeoutMs: 50, clock });
    const { operation } = controlled();
    watch(pool.use(() => limit.execute(operation)));
    await clock.advance(50);
    expect(connections.open).toEqual([]);
  });

  it('does not hold up those who wait: the next opens another', async () => {
    const { pool, clock } = create({ max: 1 });
    const { operation, run } = controlled();
    watch(pool.execute(operation));
    const next = watch(pool.use(({ number }) => number));
    await clock.advance(0);
    run(1).reject('broken');
    await clock.advance(0);
    expect(next.value).toBe(2);
  });

  it('that cannot even be closed is told to listeners, and troubles nobody', async () => {
    const { pool, clock } = create({ close: () => Promise.reject('stuck') });
    const errors: unknown[] = [];
    pool.subscribe((event) => {
      if (event.kind === 'connection-closed') errors.push(event.error);
    });
    await expect(pool.use(() => Promise.reject('broken'))).rejects.toBe('broken');
    await clock.advance(0);
    expect(errors).toEqual(['stuck']);
  });
});

describe('A connection whose operation was given up', () => {
  it.each([
    { onTimeout: 'abort', end: 'resolve', isKept: true },
    { onTimeout: 'abort', end: 'reject', isKept: false },
    { onTimeout: 'abandon', end: 'resolve', isKept: true },
    { onTimeout: 'abandon', end: 'reject', isKept: false },
  ] as const)(
    'is free when that really ends: after a timeout to $onTimeout and a late $end, kept is $isKept',
    async ({ onTimeout, end, isKept }) => {
      const { pool, clock, connections } = create({ max: 1 });
      const limit = new TimeoutPolicy({ timeoutMs: 50, onTimeout, clock });
      const { operation, run } = controlled();
      const watched = watch(compose(pool, limit).execute(operation));
      await clock.advance(50);
      expect(watched.error).toBeInstanceOf(TimeoutError);
      const next = watch(pool.use(({ number }) => number));
      await clock.advance(10);
      expect(next.state).toBe('pending');
      run(1)[end]('late');
      await clock.advance(0);
      expect(next.value).toBe(isKept ? 1 : 2);
      expect(connections.open).toEqual([isKept ? 1 : 2]);
    },
  );

  it('by its caller is held for as long as that runs', async () => {
    const { pool, clock } = create({ max: 1 });
    const { operation, run } = controlled();
    const caller = new AbortController();
    watch(pool.execute(operation, { signal: caller.signal }));
    await clock.advance(0);
    caller.abort();
    expect(pool.stats).toMatchObject({ inUse: 1 });
    run(1).reject('aborted');
    await clock.advance(0);
    expect(pool.stats).toMatchObject({ inUse: 0, broken: 1 });
  });
});

describe('Who waits for a connection', () => {
  it('may cancel, and leaves nothing behind', async () => {
    const { pool, clock } = create({ max: 1 });
    const { operation, run, runs } = controlled();
    watch(pool.execute(operation));
    await clock.advance(0);
    const caller = new AbortController();
    const watched = watch(pool.execute(operation, { signal: caller.signal }));
    caller.abort('gone');
    await clock.advance(0);
    expect(watched.error).toBe('gone');
    expect(clock.pendingTimers).toBe(0);
    run(1).resolve('done');
    await clock.advance(0);
    expect(runs).toHaveLength(1);
    expect(pool.stats).toMatchObject({ cancelled: 1, waiting: 0, idle: 1 });
  });

  it('may cancel while the connection is being opened, which is then for others', async () => {
    const { pool, clock, connections } = create();
    connections.waits = true;
    const caller = new AbortController();
    watch(pool.use(() => 1, { signal: caller.signal }));
    caller.abort();
    expect(connections.signals[0]?.aborted).toBe(false);
    connections.openings.run(1).resolve();
    await clock.advance(0);
    expect(pool.stats).toMatchObject({ idle: 1, cancelled: 1 });
    expect(await pool.use(({ number }) => number)).toBe(1);
  });

  it('is given up by a deadline around the pool', async () => {
    const { pool, clock } = create({ max: 1 });
    watch(pool.execute(controlled().operation));
    await clock.advance(0);
    const deadline = new TimeoutPolicy({ timeoutMs: 100, clock });
    const watched = watch(compose(deadline, pool).execute(() => 1));
    await clock.advance(100);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    expect(pool.stats).toMatchObject({ waiting: 0, cancelled: 1 });
  });
});

describe('A pool that is closed', () => {
  it('closes idle connections at once, and the others as they come back', async () => {
    const { pool, clock, connections, events } = create();
    const { operation, run } = controlled();
    const uses = [1, 2].map(() => watch(pool.execute(operation)));
    await clock.advance(0);
    run(1).resolve('done');
    await clock.advance(0);
    const closed = watch(pool.close());
    await clock.advance(0);
    expect([connections.open, closed.state]).toEqual([[2], 'pending']);
    run(2).resolve('done');
    await clock.advance(0);
    expect(uses.map(({ value }) => value)).toEqual(['done', 'done']);
    expect([connections.open, closed.state]).toEqual([[], 'resolved']);
    expect(events.filter((kind) => kind === 'connection-closed closed')).toHaveLength(2);
    expect(clock.pendingTimers).toBe(0);
  });

  it('turns away who waits and who comes', async () => {
    const { pool, clock } = create({ max: 1 });
    const { operation, run } = controlled();
    watch(pool.execute(operation));
    await clock.advance(0);
    const waits = watch(pool.use(() => 1));
    const closed = pool.close();
    const comes = watch(pool.use(() => 1));
    await clock.advance(0);
    expect(waits.error).toBeInstanceOf(ConnectionPoolClosedError);
    expect(comes.error).toBeInstanceOf(ConnectionPoolClosedError);
    run(1).resolve('done');
    await closed;
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not closed until its last connection is', async () => {
    const { operation, run } = controlled<void>();
    const { pool, clock } = create({ close: () => operation(undefined as never) });
    await pool.use(() => 1);
    const closed = watch(pool.close());
    await clock.advance(0);
    expect(closed.state).toBe('pending');
    run(1).resolve();
    await clock.advance(0);
    expect(closed.state).toBe('resolved');
  });

  it('is closed also when the last that was being opened could not be', async () => {
    const { pool, clock, connections } = create();
    connections.waits = true;
    watch(pool.use(() => 1));
    const closed = watch(pool.close());
    connections.openings.run(1).reject('aborted');
    await clock.advance(0);
    expect(closed.state).toBe('resolved');
  });

  it('aborts what is being opened, and closes what comes all the same', async () => {
    const { pool, clock, connections } = create({ max: 3, minIdle: 1 });
    connections.waits = true;
    const watched = watch(pool.use(() => 1));
    watch(pool.prepare());
    const closed = watch(pool.close());
    await clock.advance(0);
    expect(watched.error).toBeInstanceOf(ConnectionPoolClosedError);
    expect(connections.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(clock.pendingTimers).toBe(0);
    connections.openings.run(1).reject('aborted');
    await clock.advance(0);
    expect(closed.state).toBe('pending');
    connections.openings.run(2).resolve();
    await clock.advance(0);
    expect([connections.open, closed.state]).toEqual([[], 'resolved']);
  });

  it('is closed once, however often that is asked for, and also when it has never been used', async () => {
    const { pool } = create({ minIdle: 1 });
    await Promise.all([pool.close(), pool.close()]);
    await pool.prepare();
    await pool.close();
    expect(pool.stats).toMatchObject({ created: 0 });
  });
});

describe('The connection in the context', () => {
  it('is there through layers further in, and has its type through a composition', async () => {
    const { pool, clock } = create();
    const backoff = { initialMs: 0, maxMs: 0, jitter: 'none' } as const;
    const whole = compose(
      new FallbackPolicy({ alternatives: [() => 'fallback' as const], clock }),
      pool,
      new TimeoutPolicy({ timeoutMs: 100, clock }),
      new HedgePolicy({ delayMs: 50, attempts: 2, clock }),
      new RetryPolicy({ attempts: 2, backoff, clock }),
    );
    const answer = await whole.execute(({ connection, attempt }) => {
      expectTypeOf(connection).toEqualTypeOf<TestConnection>();
      if (attempt === 1) throw new Error('again');
      return connection.number;
    });
    expectTypeOf(answer).toEqualTypeOf<number | 'fallback'>();
    expect(answer).toBe(1);
  });

  it('is what each of several pools gives, the nearest first', async () => {
    const [outer, inner] = [create(), create()];
    await expect(outer.pool.use(() => Promise.reject('broken'))).rejects.toBe('broken');
    const numberIn = ({ connection }: { connection: TestConnection }) => connection.number;
    expect(await compose(outer.pool, inner.pool).execute(numberIn)).toBe(1);
    expect(await compose(inner.pool, outer.pool).execute(numberIn)).toBe(2);
  });

  it('is of no type without a pool', async () => {
    const { clock } = create();
    const alone = compose(new TimeoutPolicy({ timeoutMs: 1, clock }));
    await alone.execute((context) => {
      // @ts-expect-error There is no pool.
      expect(context.connection).toBeUndefined();
    });
  });
});
