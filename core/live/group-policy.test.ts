// Over 400 lines: what a call does to a member, a member to the group, and the group to a call.
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Component,
  GroupUnavailableError,
  HeartbeatDetector,
  PhiAccrualDetector,
  TimeoutError,
} from '../patterns/index.ts';
import type { VirtualClock } from '../time/index.ts';
import { compose } from './compose.ts';
import type { GroupOptions } from './group-options.ts';
import { GroupPolicy } from './group-policy.ts';
import { HedgePolicy } from './hedge-policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { LAST, memberEvents, nodes, PRIMARY, SECOND, STANDBY } from './testing/group.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

expectNoUnhandledRejections();

const refused = () => Promise.reject(new Error('connection refused'));
const broken = () => Promise.reject(new Error('deadlock detected'));
const who = ({ member }: { member: Component }) => member.id;

function create(options: Partial<GroupOptions> = {}) {
  const defaults = nodes();
  const { clock } = defaults;
  const group = new GroupPolicy({ ...defaults, ...options });
  return { clock, group, events: memberEvents(group, clock) };
}

describe('GroupPolicy', () => {
  it('gives each call a member to do it, in turn', async () => {
    const { group } = create();
    const done = [await group.execute(who), await group.execute(who), await group.execute(who)];
    expect(done).toEqual([PRIMARY, SECOND, PRIMARY]);
  });

  it('gives writes to the first active, as long as that has room', async () => {
    const { group, clock } = create({ capacity: 5 });
    const { operation, run } = controlled();
    for (let i = 0; i < 5; i += 1) watch(group.writes.execute(operation));
    await clock.advance(0);
    const workers = [1, 2, 3, 4, 5].map((n) => run(n).context);
    expect(workers.map((context) => who(context as never))).toEqual([
      ...[PRIMARY, PRIMARY, PRIMARY, PRIMARY],
      SECOND,
    ]);
    for (let i = 0; i < 3; i += 1) watch(group.writes.execute(operation));
    await expect(group.writes.execute(who)).rejects.toThrow(GroupUnavailableError);
    await expect(group.execute(who)).resolves.toBe(PRIMARY);
  });

  it('has a member busy for as long as the operation really runs', async () => {
    const { group, clock } = create({ loadBalancing: 'least-loaded', errorKind: () => 'rejected' });
    const limit = new TimeoutPolicy({ timeoutMs: 50, onTimeout: 'abandon', clock });
    const { operation, run } = controlled();
    watch(compose(group, limit).execute(operation));
    await clock.advance(50);
    const { id: busy } = (run(1).context as unknown as { member: Component }).member;
    expect(group.member(busy)?.load).toBe(1);
    for (let i = 0; i < 3; i += 1) expect(await group.execute(who)).not.toBe(busy);
    run(1).resolve('late');
    await clock.advance(0);
    expect(group.member(busy)?.load).toBe(0);
    expect([await group.execute(who), await group.execute(who)]).toContain(busy);
  });

  it('tries another member where a retry is around it', async () => {
    const { group, clock } = create();
    const backoff = { initialMs: 10, maxMs: 10, jitter: 'none' } as const;
    const whole = compose(new RetryPolicy({ attempts: 2, backoff, clock }), group);
    const asked: string[] = [];
    const watched = watch(
      whole.execute(({ member }) => {
        expectTypeOf(member).toEqualTypeOf<Component>();
        asked.push(member.id);
        return member.id === PRIMARY ? refused() : member.id;
      }),
    );
    await clock.advance(10);
    expect([asked, watched.value]).toEqual([[PRIMARY, SECOND], SECOND]);
  });

  it('gives the copies of a hedged call a member each, or the same one, as it is told', async () => {
    const { group, clock } = create();
    const hedge = new HedgePolicy({ delayMs: 10, attempts: 2, clock });
    for (const [policy, expected] of [
      [compose(hedge, group), [PRIMARY, SECOND]],
      [compose(group, hedge), [PRIMARY, PRIMARY]],
    ] as const) {
      const { operation, run } = controlled();
      watch(policy.execute(operation));
      await clock.advance(10);
      expect([run(1), run(2)].map(({ context }) => who(context as never))).toEqual(expected);
      run(1).resolve('done');
      run(2).resolve('late');
      await clock.advance(0);
    }
    expect([PRIMARY, SECOND].map((id) => group.member(id)?.load)).toEqual([0, 0]);
  });

  it('says when nobody is there, and when too few copies are', async () => {
    const { group } = create({
      replication: { mode: 'quorum', copies: [PRIMARY, SECOND, STANDBY], write: 3, read: 2 },
    });
    group.fail(STANDBY);
    expect(await group.execute(who)).toBe(PRIMARY);
    await expect(group.writes.execute(who)).rejects.toMatchObject({
      name: 'GroupUnavailableError',
      group: 'database',
      reason: 'no-quorum',
    });
    for (const id of [PRIMARY, SECOND, LAST]) group.fail(id);
    await expect(group.writes.execute(who)).rejects.toMatchObject({ reason: 'no-member' });
  });

  it('reads with fewer copies than it writes with, or with more', async () => {
    const replication = { mode: 'quorum', copies: [PRIMARY, SECOND], write: 1, read: 2 } as const;
    const { group } = create({ replication });
    group.fail(SECOND);
    expect(await group.writes.execute(who)).toBe(PRIMARY);
    await expect(group.execute(who)).rejects.toMatchObject({ reason: 'no-quorum' });
  });

  it('tells who listens that nobody was there, and does not speak of giving up after one try', async () => {
    const { group, clock } = create();
    const heard: string[] = [];
    group.subscribe(({ kind }) => heard.push(kind));
    await expect(group.execute(broken)).rejects.toThrow('deadlock');
    for (const id of [SECOND, STANDBY, LAST]) group.degrade(id);
    await expect(group.execute(who)).rejects.toThrow(GroupUnavailableError);
    await clock.advance(0);
    expect(heard.filter((kind) => kind !== 'member-degraded')).toEqual([
      'call-ended',
      'rejected',
      'call-ended',
    ]);
  });

  it('counts copies that no member holds as never there', async () => {
    const copies = [PRIMARY, SECOND, 'db-other'];
    const { group } = create({ replication: { mode: 'quorum', copies, write: 3, read: 2 } });
    expect(await group.execute(who)).toBe(PRIMARY);
    await expect(group.writes.execute(who)).rejects.toMatchObject({ reason: 'no-quorum' });
  });

  it('tells what it does to who listens, be it to reads, to writes, or to both', async () => {
    const { group, clock } = create();
    const whole = compose(group, group.writes);
    const heard: string[] = [];
    for (const policy of [group, group.writes, whole]) {
      policy.subscribe(({ kind }) => heard.push(kind));
    }
    group.degrade(PRIMARY);
    await clock.advance(0);
    expect(heard).toEqual(['member-degraded', 'member-degraded', 'member-degraded']);
  });

  it('has nobody to do anything when it has no members', async () => {
    const { group } = create({ members: [] });
    for (const layer of [group, group.writes]) {
      await expect(layer.execute(who)).rejects.toMatchObject({ reason: 'no-member' });
    }
    expect(group.health).toMatchObject({ totalComponents: 0, canHandleFailures: false });
  });

  it('begins with its minimum, if the standbys are enough for it', () => {
    const members = [
      { id: 'a' },
      { id: 'b', role: 'standby' },
      { id: 'c', role: 'standby' },
    ] as const;
    const { group } = create({ members });
    expect([group.actives, group.standbys]).toEqual([['a', 'b'], ['c']]);
  });

  it.each<Partial<GroupOptions>>([
    { capacity: 0 },
    { writeLoadLimit: -1 },
    { healthCheckMs: 0 },
    { minHealthy: -1 },
    { restoreAfter: 0 },
    { members: [{ id: 'a' }, { id: 'a' }] },
  ])('refuses %j', (options) => {
    expect(() => create(options)).toThrow(RangeError);
  });

  it('knows nothing of a stranger', () => {
    const { group } = create();
    expect(group.fail('stranger')).toEqual({ kind: 'unknown' });
    expect(group.member('stranger')).toBeUndefined();
    for (const act of [group.degrade, group.restore, group.heartbeat]) {
      expect(() => act.call(group, 'stranger')).toThrow(RangeError);
    }
  });
});

describe('A member that fails', () => {
  it('is one that refuses or does not answer: a standby takes its place', async () => {
    for (const error of [new Error('connection refused'), new TimeoutError('call', 1)]) {
      const { group, clock, events } = create();
      await expect(group.execute(() => Promise.reject(error))).rejects.toBe(error);
      await clock.advance(0);
      expect(group.actives).toEqual([SECOND, STANDBY]);
      expect(events).toEqual([`0 ${PRIMARY} member-failed`, `0 ${STANDBY} promoted`]);
      expect(group.health).toMatchObject({ level: 'MEDIUM', healthPercent: 75 });
    }
  });

  it('comes back after the time that its recovery takes, when nothing says otherwise', async () => {
    const { group, clock, events } = create();
    group.fail(PRIMARY);
    expect(clock.aliveTimers).toBe(0);
    await clock.advance(4_999);
    expect(group.member(PRIMARY)?.status).toBe('recovering');
    await clock.advance(1);
    expect(group.standbys).toEqual([LAST, PRIMARY]);
    expect(events.at(-1)).toBe(`5000 ${PRIMARY} recovered`);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is active at once if the group is below its minimum', async () => {
    const { group, clock, events } = create({ minHealthy: 4 });
    group.fail(PRIMARY);
    await clock.advance(5_000);
    expect(group.actives).toEqual([SECOND, STANDBY, LAST, PRIMARY]);
    expect(events.slice(-2)).toEqual([`5000 ${PRIMARY} recovered`, `5000 ${PRIMARY} promoted`]);
  });

  it('is asked at the end of that time whether it is well, where it can be', async () => {
    const answers = [false, true];
    const { group, clock, events } = create({
      healthCheck: ({ id }) => (id === PRIMARY ? answers.shift() : true),
      healthCheckMs: 1_000_000,
    });
    group.fail(PRIMARY);
    await clock.advance(5_000);
    expect(group.member(PRIMARY)?.status).toBe('failed');
    await clock.advance(60_000 + 10_000);
    expect(group.member(PRIMARY)).toMatchObject({ status: 'healthy', recoveryAttempts: 0 });
    expect(events.slice(-2)).toEqual([
      `5000 ${PRIMARY} recovery-failed`,
      `75000 ${PRIMARY} recovered`,
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is brought back by the hook for that, as soon as that has gone well', async () => {
    const { operation, run } = controlled<void>();
    const asked: string[] = [];
    const { group, clock, events } = create({
      recover: ({ id }) => {
        asked.push(id);
        return operation(undefined as never);
      },
    });
    group.fail(PRIMARY);
    expect(asked).toEqual([PRIMARY]);
    await clock.advance(1_200);
    run(1).resolve();
    await clock.advance(0);
    expect(events.at(-1)).toBe(`1200 ${PRIMARY} recovered`);
    expect(clock.pendingTimers).toBe(0);
  });

  it('has the time of each attempt to be brought back in, and is given up after the last', async () => {
    const { operation } = controlled<void>();
    const signals: AbortSignal[] = [];
    const { group, clock, events } = create({
      recovery: { maxAttempts: 2, timeMs: 5_000, retryAfterMs: 60_000 },
      recover: (_, signal) => {
        signals.push(signal);
        return operation(undefined as never);
      },
    });
    const errors: unknown[] = [];
    group.subscribe((event) => event.kind === 'recovery-failed' && errors.push(event.error));
    group.fail(PRIMARY);
    await clock.advance(1_000_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(errors).toEqual([expect.any(TimeoutError), expect.any(TimeoutError)]);
    expect(events.slice(2)).toEqual([
      `5000 ${PRIMARY} recovery-failed`,
      `75000 ${PRIMARY} recovery-failed`,
      `75000 ${PRIMARY} given-up`,
    ]);
    expect(group.member(PRIMARY)?.status).toBe('failed');
    expect(clock.pendingTimers).toBe(0);
  });

  it('is checked while it waits for its next attempt, and also when it was given up', async () => {
    let isWell = false;
    const { group, clock, events } = create({
      recovery: { maxAttempts: 1 },
      healthCheck: () => isWell,
      healthCheckMs: 1_000,
    });
    group.fail(PRIMARY);
    await clock.advance(30_000);
    expect(events.slice(2, 4)).toEqual([
      `5000 ${PRIMARY} recovery-failed`,
      `5000 ${PRIMARY} given-up`,
    ]);
    expect(events.slice(4, 6)).toEqual([
      `6000 ${PRIMARY} health-check-failed`,
      `7000 ${PRIMARY} health-check-failed`,
    ]);
    isWell = true;
    await clock.advance(1_000);
    expect(events.at(-1)).toBe(`31000 ${PRIMARY} recovered`);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not checked while an attempt is under way', async () => {
    let checks = 0;
    const { group, clock } = create({
      recover: () => Promise.reject('no'),
      recovery: { timeMs: 30_000, retryAfterMs: 2_500, maxAttempts: 2 },
      healthCheck: () => {
        checks += 1;
        return false;
      },
      healthCheckMs: 1_000,
    });
    group.fail(PRIMARY);
    await clock.advance(2_499);
    expect(checks).toBe(2);
    await clock.advance(1);
    expect(group.member(PRIMARY)?.recoveryAttempts).toBe(2);
  });

  it('is back when somebody says so', async () => {
    const { group, clock, events } = create({ recovery: { maxAttempts: 1, timeMs: 60_000 } });
    group.fail(PRIMARY);
    group.restore(PRIMARY);
    group.restore(PRIMARY);
    await clock.advance(0);
    expect(events.slice(2)).toEqual([`0 ${PRIMARY} recovered`]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('begins anew when it fails while it recovers', async () => {
    const { operation, run } = controlled<void>();
    const { group, clock, events } = create({ recover: () => operation(undefined as never) });
    group.fail(PRIMARY);
    await clock.advance(1_000);
    group.fail(PRIMARY);
    run(1).resolve();
    await clock.advance(0);
    expect(group.member(PRIMARY)).toMatchObject({ status: 'recovering', recoveryAttempts: 2 });
    run(2).resolve();
    await clock.advance(0);
    expect(events.slice(2)).toEqual([`1000 ${PRIMARY} member-failed`, `1000 ${PRIMARY} recovered`]);
  });

  it('is given up at once when it fails during its last attempt', async () => {
    const { group, clock, events } = create({ recovery: { maxAttempts: 1 } });
    group.fail(PRIMARY);
    group.fail(PRIMARY);
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(100_000);
    expect(events.slice(2)).toEqual([`0 ${PRIMARY} member-failed`, `0 ${PRIMARY} given-up`]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('leaves its load to who really does it', async () => {
    const { group, clock } = create();
    const { operation, run } = controlled();
    for (let i = 0; i < 4; i += 1) watch(group.execute(operation));
    await clock.advance(0);
    group.fail(PRIMARY);
    expect([PRIMARY, SECOND].map((id) => group.member(id)?.load)).toEqual([0, 2]);
    for (const n of [1, 2, 3, 4]) run(n).resolve('done');
    await clock.advance(5_000);
    expect([PRIMARY, SECOND].map((id) => group.member(id)?.load)).toEqual([0, 0]);
  });

  it('is still busy with what it did before, when it is back', async () => {
    const { group, clock } = create();
    const { operation, run } = controlled();
    watch(group.execute(operation));
    await clock.advance(0);
    group.fail(PRIMARY);
    await clock.advance(5_000);
    expect(group.member(PRIMARY)?.load).toBe(1);
    run(1).resolve('done');
    await clock.advance(0);
    expect(group.member(PRIMARY)?.load).toBe(0);
  });
});

describe('A degraded member', () => {
  it('is one that answers with other errors: it gets no more work until its health check', async () => {
    const { group, clock, events } = create({ healthCheck: () => true, healthCheckMs: 1_000 });
    await expect(group.execute(broken)).rejects.toThrow('deadlock');
    expect([await group.execute(who), await group.execute(who)]).toEqual([SECOND, SECOND]);
    expect(clock.aliveTimers).toBe(0);
    await clock.advance(1_000);
    expect([await group.execute(who), await group.execute(who)]).toContain(PRIMARY);
    expect(events).toEqual([`0 ${PRIMARY} member-degraded`, `1000 ${PRIMARY} member-restored`]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is tried again after a while, when nobody can be asked', async () => {
    const { group, clock } = create();
    group.degrade(PRIMARY);
    await clock.advance(9_999);
    expect(group.member(PRIMARY)?.status).toBe('degraded');
    await clock.advance(1);
    expect(group.member(PRIMARY)?.status).toBe('healthy');
  });

  it('is checked again and again until it is well', async () => {
    const answers = [() => false, () => Promise.reject('down'), () => true];
    const { group, clock, events } = create({
      healthCheck: () => answers.shift()?.(),
      healthCheckMs: 1_000,
    });
    group.degrade(PRIMARY);
    await clock.advance(10_000);
    expect(events.slice(1)).toEqual([
      `1000 ${PRIMARY} health-check-failed`,
      `2000 ${PRIMARY} health-check-failed`,
      `3000 ${PRIMARY} member-restored`,
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is healthy again after enough successes of calls that were under way', async () => {
    const { group, clock, events } = create({ healthCheck: () => false });
    const { operation, run } = controlled();
    for (let i = 0; i < 6; i += 1) watch(group.execute(operation));
    await clock.advance(0);
    group.degrade(PRIMARY);
    for (const n of [1, 3, 5]) run(n).resolve('done');
    await clock.advance(0);
    expect(events).toEqual([`0 ${PRIMARY} member-degraded`, `0 ${PRIMARY} member-restored`]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is promoted when it is well, if the group needs it', async () => {
    const members = [{ id: 'a' }, { id: 'b', role: 'standby' }] as const;
    const { group, clock, events } = create({ minHealthy: 1, members });
    group.degrade('b');
    group.fail('a');
    expect(group.actives).toEqual([]);
    group.restore('b');
    await clock.advance(0);
    expect(events.slice(2)).toEqual(['0 b member-restored', '0 b promoted']);
    expect(group.actives).toEqual(['b']);
  });

  it('may fail, and then it is not checked but recovered', async () => {
    const { group, clock, events } = create({ healthCheck: () => true, healthCheckMs: 1_000 });
    group.degrade(PRIMARY);
    await clock.advance(500);
    group.fail(PRIMARY);
    await clock.advance(4_999);
    expect(group.member(PRIMARY)?.status).toBe('recovering');
    expect(events.slice(1, 2)).toEqual([`500 ${PRIMARY} member-failed`]);
  });
});

describe('A member that is watched', () => {
  const detection = (heedsWeakening = true): Pick<GroupOptions, 'detection' | 'members'> => ({
    members: [{ id: 'a' }, { id: 'b' }],
    detection: {
      createDetector: (nowMs) => new HeartbeatDetector({ intervalMs: 1_000 }, nowMs),
      heedsWeakening,
    },
  });

  /** Lets the others live for a time. */
  async function live(group: GroupPolicy, clock: VirtualClock, ids: string[], ms: number) {
    for (let i = 0; i < ms / 500; i += 1) {
      for (const id of ids) group.heartbeat(id);
      await clock.advance(500);
    }
  }

  it('gets no new work while its heartbeats are late, and has failed when they stop', async () => {
    const { group, clock, events } = create(detection());
    await live(group, clock, ['b'], 3_500);
    expect(events).toEqual(['1500 a member-degraded', '3500 a member-failed']);
    expect(clock.aliveTimers).toBe(0);
  });

  it('is not heeded before they stop, where that is said', async () => {
    const { group, clock, events } = create(detection(false));
    await live(group, clock, ['b'], 3_500);
    expect(events).toEqual(['3500 a member-failed']);
  });

  it('is restored by its heartbeats, and only by them', async () => {
    const { group, clock, events } = create({
      ...detection(),
      healthCheck: () => true,
      healthCheckMs: 100,
    });
    await live(group, clock, ['b'], 2_500);
    expect(group.member('a')?.status).toBe('degraded');
    group.heartbeat('a');
    await clock.advance(0);
    expect(events).toEqual(['1500 a member-degraded', '2500 a member-restored']);
  });

  it('is checked like any other when it is degraded later, by a call', async () => {
    for (const silenceMs of [2_000, 4_000]) {
      const { group, clock, events } = create(detection());
      await live(group, clock, ['b'], silenceMs);
      await live(group, clock, ['a', 'b'], 2_000);
      group.degrade('a');
      await live(group, clock, ['a', 'b'], 10_000);
      expect(events.at(-1)).toBe(`${silenceMs + 12_000} a member-restored`);
    }
  });

  it('is not restored by its heartbeats when it was degraded by a call', async () => {
    const { group, clock, events } = create({ ...detection(), healthCheck: () => false });
    group.degrade('a');
    await live(group, clock, ['b'], 2_000);
    await live(group, clock, ['a', 'b'], 2_000);
    expect(events).toEqual(['0 a member-degraded']);
  });

  it('does not fail a second time because it is silent, too', async () => {
    const { group, clock } = create({
      ...detection(),
      recovery: { timeMs: 60_000, maxTimeMs: 60_000 },
    });
    group.fail('a');
    await live(group, clock, ['b'], 10_000);
    expect(group.member('a')).toMatchObject({ status: 'recovering', failureCount: 1 });
  });

  it('comes back with its heartbeats, at once', async () => {
    const { group, clock, events } = create(detection());
    await live(group, clock, ['b'], 4_000);
    group.heartbeat('a');
    await live(group, clock, ['a', 'b'], 5_000);
    expect(events.slice(1)).toEqual([
      '3500 a member-failed',
      '4000 a recovered',
      '4000 a promoted',
    ]);
  });

  it('does not come back without them, when there is nothing else to go by', async () => {
    const { group, clock, events } = create({
      ...detection(),
      recovery: { maxAttempts: 2, timeMs: 1_000, retryAfterMs: 1_000 },
    });
    await live(group, clock, ['b'], 30_000);
    expect(events.slice(1)).toEqual([
      '3500 a member-failed',
      '4500 a recovery-failed',
      '7500 a recovery-failed',
      '7500 a given-up',
    ]);
    group.heartbeat('a');
    await clock.advance(0);
    expect(events.at(-2)).toBe('30000 a recovered');
  });

  it('has time to send them when it was brought back otherwise', async () => {
    const { group, clock, events } = create({ ...detection(), recover: () => true });
    await live(group, clock, ['b'], 3_500);
    await live(group, clock, ['b'], 5_000);
    expect(events.filter((event) => event.includes('member-failed'))).toEqual([
      '3500 a member-failed',
      '7000 a member-failed',
    ]);
  });

  it('is judged by phi as well', async () => {
    const { group, clock, events } = create({
      members: [{ id: 'a' }, { id: 'b' }],
      detection: {
        createDetector: (nowMs) => new PhiAccrualDetector({ intervalMs: 1_000 }, nowMs),
      },
    });
    await live(group, clock, ['a', 'b'], 30_000);
    await live(group, clock, ['b'], 10_000);
    expect(events.slice(0, 2).map((event) => event.slice(event.indexOf(' ') + 1))).toEqual([
      'a member-degraded',
      'a member-failed',
    ]);
  });

  it('needs no heartbeats where nobody watches', () => {
    const { group } = create();
    group.heartbeat(PRIMARY);
    expect(group.member(PRIMARY)?.status).toBe('healthy');
  });
});

describe('A group that is closed', () => {
  it('has no timer left, and lets calls go on', async () => {
    const { operation } = controlled<void>();
    const signals: AbortSignal[] = [];
    const { group, clock } = create({
      recover: (_, signal) => {
        signals.push(signal);
        return operation(undefined as never);
      },
      healthCheck: () => true,
      detection: { createDetector: (nowMs) => new HeartbeatDetector({ intervalMs: 1_000 }, nowMs) },
    });
    group.fail(PRIMARY);
    group.degrade(SECOND);
    group.close();
    expect([clock.pendingTimers, signals[0]?.aborted]).toEqual([0, true]);
    expect(await group.execute(who)).toBe(STANDBY);
    group.fail(LAST);
    group.degrade(STANDBY);
    group.heartbeat(SECOND);
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(100_000);
    expect([clock.pendingTimers, signals]).toEqual([0, [signals[0]]]);
  });
});
