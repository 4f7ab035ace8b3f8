import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Component,
  DatabaseCallError,
  GroupUnavailableError,
  RetryBudget,
  TimeoutError,
} from '../patterns/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import { DatabasePolicy, type DatabaseResult } from './database-policy.ts';
import type { GroupOptions } from './group-options.ts';
import { controlled, watch } from './testing/controlled.ts';
import { memberEvents, NODES, nodes, PRIMARY, SECOND, STANDBY } from './testing/group.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

expectNoUnhandledRejections();

/** A cluster of four nodes, each of which answers with what it is said to. */
function create(options: Partial<GroupOptions> = {}) {
  const defaults = nodes();
  const { clock } = defaults;
  const database = new DatabasePolicy({
    ...defaults,
    replication: { mode: 'async', copies: NODES, lagMs: 100 },
    ...options,
  });
  const down = new Map<string, unknown>();
  const query = async ({ id }: Component) => {
    if (down.has(id)) throw down.get(id);
    return `row from ${id}`;
  };
  return { clock, database, down, query, events: memberEvents(database, clock) };
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('The database cluster of the example', () => {
  it('answers queries on its primaries', async () => {
    const { database, query } = create();
    const results: DatabaseResult<string>[] = [];
    for (let i = 0; i < 10; i += 1) results.push(await database.read(query));
    expect(results[0]).toEqual({ value: `row from ${PRIMARY}`, node: PRIMARY, retries: 0 });
    expect(new Set(results.map(({ node }) => node))).toEqual(new Set([PRIMARY, SECOND]));
    expect(database.health).toMatchObject({ level: 'HIGH', healthPercent: 100 });
  });

  it('survives a failed primary: 75 % healthy, MEDIUM tolerance, a standby is promoted', async () => {
    const { database, clock, query, events } = create();
    database.fail(PRIMARY);
    expect(database.health).toMatchObject({
      healthPercent: 75,
      level: 'MEDIUM',
      canHandleFailures: true,
    });
    expect(await database.write(query)).toMatchObject({ node: SECOND, retries: 0 });
    await clock.advance(0);
    expect(events).toEqual([`0 ${PRIMARY} member-failed`, `0 ${STANDBY} promoted`]);
  });

  it('fails over when the primary refuses connections, and says where it ran and how often', async () => {
    const { database, clock, down, query, events } = create();
    down.set(PRIMARY, refused);
    const watched = watch(database.write(query));
    await clock.advance(1_999);
    expect(watched.state).toBe('pending');
    await clock.advance(1);
    expect(watched.value).toEqual({ value: `row from ${SECOND}`, node: SECOND, retries: 1 });
    expect(database.actives).toEqual([SECOND, STANDBY]);
    down.clear();
    await clock.advance(3_000);
    expect(events.at(-1)).toBe(`5000 ${PRIMARY} recovered`);
    expect(database.health).toMatchObject({ level: 'HIGH', healthPercent: 100 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('makes a node with another error degraded, until it has passed its health check', async () => {
    let isWell = false;
    const { database, clock, down, query, events } = create({
      healthCheck: () => isWell,
      healthCheckMs: 3_000,
    });
    down.set(PRIMARY, new Error('deadlock detected'));
    const watched = watch(database.write(query));
    await clock.advance(2_000);
    expect(watched.value).toMatchObject({ node: SECOND, retries: 1 });
    expect(database.actives).toEqual([PRIMARY, SECOND]);
    await clock.advance(4_000);
    down.clear();
    isWell = true;
    await clock.advance(3_000);
    expect(events).toEqual([
      `0 ${PRIMARY} member-degraded`,
      `3000 ${PRIMARY} health-check-failed`,
      `6000 ${PRIMARY} health-check-failed`,
      `9000 ${PRIMARY} member-restored`,
    ]);
    expect(await database.write(query)).toMatchObject({ node: PRIMARY });
  });
});

describe('A call to a database', () => {
  it('gives up after three tries, with 2 s and 4 s between, and says where they were', async () => {
    const { database, clock, down, query } = create();
    for (const id of NODES) down.set(id, refused);
    const watched = watch(database.write(query));
    await clock.advance(5_999);
    expect(watched.state).toBe('pending');
    await clock.advance(1);
    expect(watched.error).toBeInstanceOf(DatabaseCallError);
    expect(watched.error).toMatchObject({
      name: 'DatabaseCallError',
      database: 'database',
      kind: 'write',
      retries: 2,
      cause: refused,
      tries: [PRIMARY, SECOND, STANDBY].map((node) => ({
        node,
        failure: 'connection-refused',
        error: refused,
      })),
      message:
        "Database 'database' could not write, tried 3 times (db-primary-1: connection-refused, " +
        'db-primary-2: connection-refused, db-standby-1: connection-refused)',
    });
  });

  it('waits for a node when there is none, and says so if none comes', async () => {
    const { database, clock, query } = create({ recovery: { timeMs: 1_500 } });
    for (const id of NODES) database.fail(id);
    const inTime = watch(database.read(query));
    await clock.advance(2_000);
    expect(inTime.value).toMatchObject({ retries: 1 });

    const late = create({ recovery: { timeMs: 60_000, maxTimeMs: 60_000 } });
    for (const id of NODES) late.database.fail(id);
    let rejections = 0;
    late.database.subscribe(({ kind }) => {
      if (kind === 'rejected') rejections += 1;
    });
    const watched = watch(late.database.read(late.query));
    await late.clock.advance(6_000);
    expect(rejections).toBe(1);
    expect(watched.error).toMatchObject({
      retries: 2,
      cause: expect.any(GroupUnavailableError),
      message:
        "Database 'database' could not read, tried 3 times (unavailable, unavailable, unavailable)",
    });
  });

  it('is tried as it is said, and only as the budget allows', async () => {
    const { database, clock, down, query } = create({
      retry: {
        attempts: 9,
        backoff: { initialMs: 0, maxMs: 0, jitter: 'none' },
        budget: new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 }),
      },
    });
    for (const id of NODES) down.set(id, refused);
    const watched = watch(database.read(query));
    await clock.advance(0);
    expect(watched.error).toMatchObject({ retries: 1 });
  });

  it('is tried again at once where no wait is wanted, however often, without a timer', async () => {
    const retry = {
      attempts: 20_000,
      backoff: { initialMs: 0, maxMs: 0, jitter: 'none' },
    } as const;
    const { database, clock } = create({ retry });
    const breaker = new BreakerPolicy({ clock });
    breaker.isolate();
    await expect(compose(database, breaker).execute(() => 1)).rejects.toThrow('isolated');
    let failures = 10;
    const value = await database.read(() => {
      failures -= 1;
      return failures < 0 ? 'done' : breaker.execute(() => 'never');
    });
    expect(value).toMatchObject({ value: 'done', retries: 10 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('fails at once where it is tried once', async () => {
    const { database, down, query } = create({
      retry: { attempts: 1, backoff: { initialMs: 0, maxMs: 0, jitter: 'none' } },
    });
    down.set(PRIMARY, refused);
    await expect(database.read(query)).rejects.toThrow(
      "Database 'database' could not read, tried once (db-primary-1: connection-refused)",
    );
  });

  it('waits for no try that would begin after its deadline', async () => {
    const { database, clock, down } = create();
    for (const id of NODES) down.set(id, refused);
    const deadline = new TimeoutPolicy({ timeoutMs: 1_500, clock });
    const watched = watch(compose(deadline, database).execute(() => Promise.reject(refused)));
    await clock.advance(0);
    expect(watched.error).toBe(refused);
    for (const id of NODES) database.fail(id);
    await expect(compose(deadline, database).execute(() => 1)).rejects.toThrow(
      GroupUnavailableError,
    );
    expect(clock.aliveTimers).toBe(0);
  });

  it('ends with its caller while it runs, and is nobody’s fault', async () => {
    const { database, clock } = create();
    const { operation, run } = controlled();
    const caller = new AbortController();
    const { signal } = caller;
    const watched = watch(database.read((_, context) => operation(context), { signal }));
    caller.abort('gone');
    await clock.advance(0);
    expect(watched.error).toBe('gone');
    expect(run(1).context.signal.reason).toBe('gone');
    run(1).reject('aborted');
    await clock.advance(10_000);
    expect(database.member(PRIMARY)).toMatchObject({ status: 'healthy', load: 0 });
  });

  it('ends with its caller also while it runs again', async () => {
    const { database, clock } = create();
    const { operation, run } = controlled();
    const caller = new AbortController();
    const { signal } = caller;
    watch(database.read((_, context) => operation(context), { signal }));
    run(1).reject(refused);
    await clock.advance(2_000);
    caller.abort('gone');
    expect(run(2).context.signal.reason).toBe('gone');
    run(2).reject('aborted');
    await clock.advance(0);
  });

  it('ends with its caller while it waits', async () => {
    const { database, clock, down, query } = create();
    down.set(PRIMARY, refused);
    const caller = new AbortController();
    const watched = watch(database.read(query, { signal: caller.signal }));
    await clock.advance(1_000);
    caller.abort('gone');
    await clock.advance(0);
    expect(watched.error).toBe('gone');
    expect(clock.aliveTimers).toBe(0);
  });

  it('that its own operation gives up is not tried again, and is nobody’s fault', async () => {
    const { database, clock } = create();
    const aborted = new DOMException('gone', 'AbortError');
    const watched = watch(database.read(() => Promise.reject(aborted)));
    await clock.advance(0);
    expect(watched.error).toMatchObject({ retries: 0, cause: aborted });
    expect(database.health.healthyComponents).toBe(4);
  });

  it('that a policy of the operation refuses is tried again, and is nobody’s fault either', async () => {
    const { database, clock } = create();
    const breaker = new BreakerPolicy({ clock });
    breaker.isolate();
    const watched = watch(database.read(() => breaker.execute(() => 1)));
    await clock.advance(6_000);
    expect(watched.error).toMatchObject({ retries: 2 });
    expect(database.health.healthyComponents).toBe(4);
  });

  it('that hangs is a failure of the node, when a timeout around the try says so', async () => {
    const { database, clock } = create();
    const limit = new TimeoutPolicy({ timeoutMs: 300, clock });
    const { operation, runs } = controlled();
    const watched = watch(
      database.read((node, { signal }) =>
        limit.execute((context) => (node.id === PRIMARY ? operation(context) : node.id), {
          signal,
        }),
      ),
    );
    await clock.advance(300);
    expect(runs).toHaveLength(1);
    expect(database.member(PRIMARY)?.status).toBe('recovering');
    await clock.advance(2_000);
    expect(watched.value).toEqual({ value: SECOND, node: SECOND, retries: 1 });
  });

  it('tells how it goes on, and that it gave up', async () => {
    const { database, clock, down, query } = create();
    for (const id of NODES) down.set(id, refused);
    const heard: unknown[] = [];
    database.subscribe((event) => {
      if (event.kind === 'retry') heard.push(event.delayMs);
      if (event.kind === 'gave-up') heard.push(event.failedAttempts);
      if (event.kind === 'call-ended') heard.push(event.attempts);
    });
    watch(database.write(query));
    await clock.advance(10_000);
    expect(heard).toEqual([2_000, 4_000, 3, 3]);
  });

  it('is one call to who composes, with the error of the last try', async () => {
    const { database, clock } = create();
    const breaker = new BreakerPolicy({ clock });
    const whole = compose(breaker, database.writes);
    const watched = watch(whole.execute(() => Promise.reject(refused)));
    await clock.advance(10_000);
    expect(watched.error).toBe(refused);
    expect(breaker.metrics.totalCalls).toBe(1);
    const value = await whole.execute(({ member }) => member.id);
    expectTypeOf(value).toEqualTypeOf<string>();
  });

  it('gives what comes too late to who wants to close it, as it is', async () => {
    const { database, clock } = create();
    const { operation, run } = controlled();
    const caller = new AbortController();
    const late: string[] = [];
    const onLateResult = (value: string) => late.push(value);
    watch(
      database.read((_, context) => operation(context), { signal: caller.signal, onLateResult }),
    );
    await clock.advance(0);
    caller.abort();
    run(1).resolve('cursor');
    await clock.advance(0);
    expect(late).toEqual(['cursor']);
  });
});

describe('What a database loses by a failover', () => {
  it('are the writes that the others may not have yet', async () => {
    const { database, clock, query } = create();
    const losses: unknown[] = [];
    database.subscribe((event) => event.kind === 'member-failed' && losses.push(event.failover));
    await database.write(query);
    await clock.advance(200);
    await database.write(query);
    await database.write(query);
    await database.read(query);
    database.fail(PRIMARY);
    await clock.advance(0);
    expect(losses).toEqual([{ kind: 'possible', to: SECOND, lostMs: 100, lostWrites: 2 }]);
  });

  it('is not asked where no member holds any', async () => {
    const defaults = nodes();
    const database = new DatabasePolicy(defaults);
    const losses: unknown[] = [];
    database.subscribe((event) => event.kind === 'member-failed' && losses.push(event));
    database.fail(PRIMARY);
    await defaults.clock.advance(0);
    expect(losses).toEqual([{ kind: 'member-failed', policy: 'database', member: PRIMARY }]);
  });
});

it('a deadline around a database blames the node that hangs, and not one that has not begun', async () => {
  const { database, clock } = create();
  const deadline = new TimeoutPolicy({ timeoutMs: 100, clock });
  const bulkhead = new BulkheadPolicy({ pool: { name: 'pool', size: 1, queueSize: 1 }, clock });
  watch(bulkhead.execute(() => new Promise(() => {})));
  const waits = watch(compose(deadline, database, bulkhead).execute(() => 1));
  await clock.advance(100);
  expect(waits.error).toBeInstanceOf(TimeoutError);
  expect(database.health.healthyComponents).toBe(4);
  const { operation, run } = controlled();
  const watched = watch(compose(deadline, database).execute(operation));
  await clock.advance(100);
  expect(watched.error).toBeInstanceOf(TimeoutError);
  expect(database.health.healthyComponents).toBe(3);
  run(1).resolve('late');
  await clock.advance(0);
});
