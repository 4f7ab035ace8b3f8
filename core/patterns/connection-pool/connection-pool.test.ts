import { describe, expect, it } from 'vitest';
import { ConnectionPool, type ConnectionPoolOptions } from './connection-pool.ts';
import {
  ConnectionPoolClosedError,
  ConnectionPoolExhaustedError,
  ConnectionPoolTimeoutError,
} from './connection-pool-errors.ts';
import type { ConnectionTicket } from './connection-ticket.ts';

type Options = Partial<ConnectionPoolOptions<string>>;

/** A pool, and the connections that it has discarded with the reason. */
function create(options: Options = {}) {
  const discarded: string[] = [];
  const pool = new ConnectionPool<string>({
    name: 'database',
    max: 2,
    onDiscard: (connection, reason) => discarded.push(`${connection} ${reason}`),
    ...options,
  });
  return { pool, discarded };
}

/** Acquires and opens a connection. */
function opened(pool: ConnectionPool<string>, connection: string, nowMs = 0) {
  const ticket = pool.acquire(nowMs);
  expect(ticket.outcome).toBe('connect');
  expect(pool.opened(ticket, connection, nowMs)).toBeUndefined();
  return ticket;
}

const said = ({ outcome, connection }: ConnectionTicket<string>) => [outcome, connection];

describe('ConnectionPool', () => {
  it('lets the first caller open a connection', () => {
    const { pool } = create();
    const ticket = pool.acquire(0);
    expect(said(ticket)).toEqual(['connect', undefined]);
    pool.opened(ticket, 'a', 5);
    expect(said(ticket)).toEqual(['leased', 'a']);
    expect(pool.stats).toMatchObject({ inUse: 1, opening: 0, created: 1 });
  });

  it('gives the connection that was given back last to the next caller', () => {
    const { pool } = create();
    const [a, b] = [opened(pool, 'a'), opened(pool, 'b')];
    pool.release(b, 1);
    pool.release(a, 2);
    expect(said(pool.acquire(3))).toEqual(['leased', 'a']);
    expect(said(pool.acquire(3))).toEqual(['leased', 'b']);
  });

  it('lets callers wait when there are as many as may be, first come, first served', () => {
    const { pool } = create();
    const [a, b] = [opened(pool, 'a'), opened(pool, 'b')];
    const [first, second] = [pool.acquire(1), pool.acquire(2)];
    expect([first, second].map(said)).toEqual([
      ['waiting', undefined],
      ['waiting', undefined],
    ]);
    expect(pool.release(b, 3)).toBe(first);
    expect(pool.release(a, 3)).toBe(second);
    expect([first, second].map(said)).toEqual([
      ['leased', 'b'],
      ['leased', 'a'],
    ]);
  });

  it('counts connections that are being opened as there', () => {
    const { pool } = create();
    pool.acquire(0);
    pool.acquire(0);
    expect(pool.acquire(0).outcome).toBe('waiting');
    expect(pool.stats).toMatchObject({ opening: 2, waiting: 1, inUse: 0 });
  });

  it('rejects who finds no place to wait in', () => {
    const { pool } = create({ max: 1, queueSize: 1 });
    opened(pool, 'a');
    expect(pool.acquire(0).outcome).toBe('waiting');
    expect(pool.acquire(0).outcome).toBe('rejected');
    expect(pool.stats).toMatchObject({ rejected: 1, waiting: 1, peakWaiting: 1 });
  });
});

describe('a caller of a connection pool', () => {
  it('waits no longer than it may', () => {
    const { pool } = create({ max: 1, acquireTimeoutMs: 100 });
    const holder = opened(pool, 'a');
    const waiter = pool.acquire(50);
    expect(waiter.deadlineMs).toBe(150);
    expect(pool.nextDeadlineMs).toBe(150);
    expect(pool.expire(waiter, 149)).toBe(false);
    expect(pool.expire(waiter, 150)).toBe(true);
    expect(pool.nextDeadlineMs).toBe(Number.POSITIVE_INFINITY);
    expect(pool.expire(waiter, 150)).toBe(true);
    expect(waiter.outcome).toBe('timed-out');
    expect(pool.release(holder, 160)).toBeUndefined();
    expect(pool.stats).toMatchObject({ timeouts: 1, idle: 1, waiting: 0 });
  });

  it('is passed over when it waited for too long and nobody told it', () => {
    const { pool } = create({ max: 1, acquireTimeoutMs: 100 });
    const holder = opened(pool, 'a');
    const [late, inTime] = [pool.acquire(0), pool.acquire(50)];
    expect(pool.release(holder, 120)).toBe(inTime);
    expect(late.outcome).toBe('timed-out');
  });

  it('does not wait longer for a connection to be opened, either; the next gets it then', () => {
    const { pool } = create({ max: 1, acquireTimeoutMs: 100 });
    const [connecting, waiter] = [pool.acquire(0), pool.acquire(50)];
    expect(pool.expire(connecting, 99)).toBe(false);
    expect(pool.expire(connecting, 100)).toBe(true);
    expect(pool.stats).toMatchObject({ opening: 1, timeouts: 1 });
    expect(pool.opened(connecting, 'a', 120)).toBe(waiter);
    expect(said(waiter)).toEqual(['leased', 'a']);
    expect(connecting.outcome).toBe('timed-out');
  });

  it('has no more time to connect when the clock steps back', () => {
    const { pool } = create({ acquireTimeoutMs: 100 });
    const connecting = pool.acquire(1e9);
    expect(pool.expire(connecting, 50)).toBe(false);
    expect(pool.expire(connecting, 150)).toBe(true);
  });

  it('may give up while it waits', () => {
    const { pool } = create({ max: 1 });
    const holder = opened(pool, 'a');
    const [leaving, staying] = [pool.acquire(0), pool.acquire(0)];
    pool.cancel(leaving);
    pool.cancel(leaving);
    expect(leaving.outcome).toBe('cancelled');
    expect(pool.release(holder, 1)).toBe(staying);
    expect(pool.stats).toMatchObject({ cancelled: 1 });
  });

  it('may give up while it connects, and what it opened is kept for others', () => {
    const { pool } = create();
    const ticket = pool.acquire(0);
    pool.cancel(ticket);
    pool.cancel(ticket);
    expect(pool.opened(ticket, 'a', 1)).toBeUndefined();
    expect(pool.stats).toMatchObject({ cancelled: 1, idle: 1, inUse: 0 });
    expect(said(pool.acquire(2))).toEqual(['leased', 'a']);
  });

  it('fails when its connection cannot be opened, and the next may try', () => {
    const { pool } = create({ max: 1 });
    const [failing, waiter] = [pool.acquire(0), pool.acquire(0)];
    expect(pool.failed(failing, 5)).toBe(waiter);
    expect([failing.outcome, waiter.outcome]).toEqual(['failed', 'connect']);
    expect(pool.failed(waiter, 6)).toBeUndefined();
    expect(pool.stats).toMatchObject({ failed: 2, opening: 0, inUse: 0, idle: 0 });
  });

  it('stays timed out when its connection cannot be opened, either', () => {
    const { pool } = create({ acquireTimeoutMs: 0 });
    const ticket = pool.acquire(0);
    pool.expire(ticket, 0);
    pool.failed(ticket, 1);
    expect(ticket.outcome).toBe('timed-out');
  });
});

describe('a connection', () => {
  it('is not given to anybody once it is broken: the next opens another', () => {
    const { pool, discarded } = create({ max: 1 });
    const holder = opened(pool, 'a');
    const waiter = pool.acquire(1);
    expect(pool.release(holder, 2, true)).toBe(waiter);
    expect(waiter.outcome).toBe('connect');
    expect(discarded).toEqual(['a broken']);
    expect(pool.stats).toMatchObject({ broken: 1, inUse: 0, opening: 1 });
  });

  it('cannot be released twice, nor by another pool, nor without having been leased', () => {
    const { pool } = create();
    const other = create().pool;
    const ticket = opened(pool, 'a');
    other.release(ticket, 1);
    expect(said(ticket)).toEqual(['leased', 'a']);
    pool.release(ticket, 1);
    pool.release(ticket, 1);
    expect(pool.stats).toMatchObject({ inUse: 0, idle: 1 });
    const next = pool.acquire(2);
    pool.release(ticket, 2);
    expect(said(next)).toEqual(['leased', 'a']);
    const connecting = pool.acquire(2);
    pool.release(connecting, 2);
    expect(pool.stats).toMatchObject({ inUse: 1, opening: 1 });
  });

  it('cannot be reported as opened twice, nor to another pool', () => {
    const { pool } = create();
    const ticket = pool.acquire(0);
    create().pool.opened(ticket, 'a', 0);
    expect(ticket.outcome).toBe('connect');
    pool.opened(ticket, 'a', 0);
    pool.opened(ticket, 'b', 0);
    pool.failed(ticket, 0);
    expect(said(ticket)).toEqual(['leased', 'a']);
    expect(pool.stats).toMatchObject({ created: 1, failed: 0, opening: 0 });
  });

  it('is not used again after its maximum lifetime, given back or idle', () => {
    const { pool, discarded } = create({ max: 3, maxLifetimeMs: 1_000 });
    const [a, b] = [opened(pool, 'a', 0), opened(pool, 'b', 500)];
    pool.release(b, 600);
    pool.release(a, 1_000);
    expect(discarded).toEqual(['a expired']);
    expect(pool.acquire(1_500).outcome).toBe('connect');
    expect(discarded).toEqual(['a expired', 'b expired']);
    expect(pool.stats.expired).toBe(2);
  });
});

describe('idle connections', () => {
  it('are discarded once nobody has needed them for long enough', () => {
    const { pool, discarded } = create({ idleTimeoutMs: 1_000 });
    const [a, b] = [opened(pool, 'a'), opened(pool, 'b')];
    pool.release(a, 0);
    pool.release(b, 400);
    expect(pool.nextEvictionAtMs(400)).toBe(1_000);
    pool.evict(999);
    expect(discarded).toEqual([]);
    pool.evict(1_000);
    expect(discarded).toEqual(['a idle']);
    expect(pool.nextEvictionAtMs(1_000)).toBe(1_400);
    expect(pool.acquire(1_400).outcome).toBe('connect');
    expect(discarded).toEqual(['a idle', 'b idle']);
    expect(pool.nextEvictionAtMs(1_400)).toBe(Number.POSITIVE_INFINITY);
    expect(pool.stats).toMatchObject({ evicted: 2, idle: 0 });
  });

  it('are kept as many as are wanted, but none beyond its lifetime', () => {
    const { pool, discarded } = create({
      minIdle: 1,
      idleTimeoutMs: 1_000,
      maxLifetimeMs: 5_000,
    });
    const [a, b] = [opened(pool, 'a'), opened(pool, 'b')];
    pool.release(a, 0);
    pool.release(b, 0);
    pool.evict(2_000);
    expect(discarded).toEqual(['a idle']);
    expect(pool.nextEvictionAtMs(2_000)).toBe(5_000);
    const user = pool.acquire(4_000);
    expect(said(user)).toEqual(['leased', 'b']);
    pool.release(user, 4_000);
    pool.evict(5_000);
    expect(discarded).toEqual(['a idle', 'b expired']);
  });

  it('are opened in advance, as many as are wanted and may be', () => {
    const { pool } = create({ max: 3, minIdle: 2 });
    const user = opened(pool, 'a');
    const spare = [pool.prepare(0), pool.prepare(0)];
    expect(spare.map((ticket) => ticket?.outcome)).toEqual(['spare', 'spare']);
    expect(pool.prepare(0)).toBeUndefined();
    const waiter = pool.acquire(0);
    expect(waiter.outcome).toBe('waiting');
    for (const [i, ticket] of spare.entries()) if (ticket) pool.opened(ticket, `s${i}`, 1);
    expect(said(waiter)).toEqual(['leased', 's0']);
    expect(pool.stats).toMatchObject({ inUse: 2, idle: 1 });
    expect(pool.prepare(2)).toBeUndefined();
    pool.release(user, 3);
    expect(pool.stats).toMatchObject({ inUse: 1, idle: 2 });
    expect(pool.prepare(3)).toBeUndefined();
  });

  it('are opened in advance again when one could not be', () => {
    const { pool } = create({ minIdle: 1 });
    const spare = pool.prepare(0);
    expect(spare?.deadlineMs).toBe(Number.POSITIVE_INFINITY);
    if (spare) pool.failed(spare, 1);
    expect(spare?.outcome).toBe('failed');
    expect(pool.prepare(1)?.outcome).toBe('spare');
  });

  it('are not opened in advance beside one whose caller gave up', () => {
    const { pool } = create({ minIdle: 1 });
    pool.cancel(pool.acquire(0));
    expect(pool.prepare(0)).toBeUndefined();
  });

  it('get old from the moment that a clock steps back to', () => {
    const { pool, discarded } = create({ idleTimeoutMs: 1_000, maxLifetimeMs: 2_000 });
    const [a, b] = [opened(pool, 'a', 1e9), opened(pool, 'b', 1e9)];
    pool.release(a, 1e9);
    expect(pool.nextEvictionAtMs(10)).toBe(1_010);
    pool.evict(1_010);
    pool.release(b, 10);
    pool.release(pool.acquire(1_000), 1_000);
    expect(pool.nextEvictionAtMs(1_000)).toBe(2_000);
    pool.evict(2_010);
    expect(discarded).toEqual(['a idle', 'b expired']);
  });
});

describe('a pool that is closed', () => {
  it('discards idle connections at once, and those in use when they are given back', () => {
    const { pool, discarded } = create({ max: 4 });
    const [a, b, c] = [opened(pool, 'a'), opened(pool, 'b'), opened(pool, 'c')];
    pool.release(a, 1);
    pool.close();
    pool.close();
    expect(pool.isClosed).toBe(true);
    expect(discarded).toEqual(['a closed']);
    pool.release(b, 2);
    pool.release(c, 2, true);
    expect(discarded).toEqual(['a closed', 'b closed', 'c broken']);
    expect(pool.stats).toMatchObject({ closed: 2, broken: 1, inUse: 0, idle: 0 });
    expect(pool.nextEvictionAtMs(2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('has a connection for nobody any more', () => {
    const { pool } = create({ max: 1 });
    const holder = opened(pool, 'a');
    const waiters = [pool.acquire(1), pool.acquire(1)];
    pool.close();
    expect(waiters.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
    expect(pool.release(holder, 2)).toBeUndefined();
    expect(said(pool.acquire(3))).toEqual(['rejected', undefined]);
    expect(pool.stats).toMatchObject({ waiting: 0, cancelled: 2, rejected: 1, opening: 0 });
  });

  it('discards what is still being opened, once it is there', () => {
    const { pool, discarded } = create({ max: 3, minIdle: 1 });
    const [connecting, failing, spare] = [pool.acquire(0), pool.acquire(0), pool.prepare(0)];
    pool.close();
    pool.opened(connecting, 'a', 1);
    pool.failed(failing, 1);
    if (spare) pool.opened(spare, 'b', 1);
    expect([connecting, failing].map(said)).toEqual([
      ['cancelled', undefined],
      ['failed', undefined],
    ]);
    expect(discarded).toEqual(['a closed', 'b closed']);
    expect(pool.prepare(2)).toBeUndefined();
    expect(pool.stats).toMatchObject({ opening: 0, inUse: 0, idle: 0, created: 2, cancelled: 1 });
  });
});

describe('the figures of a pool', () => {
  it('remember the most that was in use and waited at once', () => {
    const { pool } = create();
    const [a, b] = [opened(pool, 'a'), opened(pool, 'b')];
    const waiter = pool.acquire(0);
    for (const ticket of [a, b, waiter]) pool.release(ticket, 1);
    pool.acquire(2);
    expect(pool.stats).toMatchObject({ inUse: 1, peakInUse: 2, peakWaiting: 1, created: 2 });
  });
});

it('the errors say which pool it was and why', () => {
  expect(new ConnectionPoolTimeoutError('db', 10_000)).toMatchObject({
    name: 'ConnectionPoolTimeoutError',
    message: "Connection pool 'db' had no connection within 10s",
    pool: 'db',
    waitedMs: 10_000,
  });
  expect(new ConnectionPoolExhaustedError('db', 100)).toMatchObject({
    name: 'ConnectionPoolExhaustedError',
    message: "Connection pool 'db' is exhausted: 100 callers wait already",
    waiting: 100,
  });
  expect(new ConnectionPoolClosedError('db')).toMatchObject({
    name: 'ConnectionPoolClosedError',
    message: "Connection pool 'db' is closed",
    pool: 'db',
  });
});

it.each<Options>([
  { max: 0 },
  { minIdle: -1 },
  { minIdle: 3 },
  { queueSize: -1 },
  { acquireTimeoutMs: -1 },
  { idleTimeoutMs: Number.NaN },
  { maxLifetimeMs: -1 },
])('a pool refuses %j', (options) => {
  expect(() => create(options)).toThrow(RangeError);
});
