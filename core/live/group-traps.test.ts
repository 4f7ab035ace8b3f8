// What groups and failovers get wrong. Each test is named after its trap, as in traps.test.ts.
import { describe, expect, it } from 'vitest';
import { HeartbeatDetector, TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { compose } from './compose.ts';
import type { GroupOptions } from './group-options.ts';
import { GroupPolicy } from './group-policy.ts';
import { controlled, watch } from './testing/controlled.ts';
import { memberEvents } from './testing/group.ts';
import { SetbackClock } from './testing/setback-clock.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { TimeoutPolicy } from './timeout-policy.ts';

expectNoUnhandledRejections();

/** A group of `a` and `b`, with a standby `s`; calls go to `a` first. */
function setup(options: Partial<GroupOptions> = {}) {
  const clock = new VirtualClock();
  const group = new GroupPolicy({
    name: 'group',
    componentType: 'node',
    members: [{ id: 'a' }, { id: 'b' }, { id: 's', role: 'standby' }],
    clock,
    ...options,
  });
  return { clock, group, events: memberEvents(group, clock), ...controlled() };
}

const refused = new Error('connection refused');

describe('The trap of', () => {
  it('late result after a state change: a call from before the failure says nothing any more', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const { clock, group, events, operation, run } = setup();
      watch(group.writes.execute(operation));
      await clock.advance(0);
      group.fail('a');
      await clock.advance(5_000);
      group.degrade('a');
      for (let i = 0; i < 3; i += 1) run(1)[end](refused as never);
      await clock.advance(0);
      expect(group.member('a')).toMatchObject({ status: 'degraded', failureCount: 1 });
      expect(events.at(-1)).toBe('5000 a member-degraded');
    }
  });

  it('permit leak: a hook that never ends does not keep a member away for ever', async () => {
    const { clock, group, operation, run } = setup({
      recover: () => operation(undefined as never),
      recovery: { maxAttempts: 2 },
    });
    group.fail('a');
    await clock.advance(5_000 + 60_000);
    run(2).resolve('back');
    await clock.advance(0);
    expect(group.member('a')?.status).toBe('healthy');
  });

  it('permit leak: a health check that never ends does not, either', async () => {
    const { clock, group, operation, run } = setup({
      healthCheck: () => operation(undefined as never),
      healthCheckMs: 1_000,
    });
    group.degrade('a');
    await clock.advance(3_000);
    run(2).resolve('well');
    await clock.advance(0);
    expect(group.member('a')?.status).toBe('healthy');
  });

  it('over-grant: a member is back once, whatever says so', async () => {
    const { clock, group, operation, run } = setup({
      recover: () => operation(undefined as never),
    });
    group.fail('a');
    group.restore('a');
    run(1).resolve('back');
    group.restore('a');
    await clock.advance(100_000);
    expect([group.actives, group.standbys]).toEqual([['b', 's'], ['a']]);
  });

  it('cancellation is neither success nor failure, whatever the operation makes of it', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const { clock, group, operation, run } = setup({ restoreAfter: 1 });
      const caller = new AbortController();
      watch(group.writes.execute(operation, { signal: caller.signal }));
      await clock.advance(0);
      group.degrade('a');
      caller.abort();
      run(1)[end](refused as never);
      await clock.advance(0);
      expect(group.member('a')).toMatchObject({ status: 'degraded', failureCount: 0 });
    }
  });

  it('opening twice: calls that fail together are one failure, one failover and one recovery', async () => {
    const { clock, group, events, operation, run } = setup();
    for (let i = 0; i < 5; i += 1) watch(group.writes.execute(operation));
    await clock.advance(0);
    for (let n = 1; n <= 5; n += 1) run(n).reject(refused);
    await clock.advance(0);
    expect(events).toEqual(['0 a member-failed', '0 s promoted']);
    expect([group.member('a')?.failureCount, clock.pendingTimers]).toEqual([1, 1]);
  });

  it('timeout: a late success does not restore anybody', async () => {
    const { clock, group, operation, run } = setup({ restoreAfter: 1 });
    const limit = new TimeoutPolicy({ timeoutMs: 100, clock });
    const watched = watch(compose(group, limit).execute(operation));
    await clock.advance(100);
    expect(watched.error).toBeInstanceOf(TimeoutError);
    run(1).resolve('late');
    await clock.advance(0);
    expect(group.member('a')?.status).toBe('recovering');
  });

  it('bulkhead: rejected calls do not count as failures of the member', async () => {
    const { clock, group, operation } = setup();
    const pool = new BulkheadPolicy({ pool: { name: 'pool', size: 1 }, clock });
    watch(pool.execute(operation));
    await expect(compose(group, pool).execute(() => 1)).rejects.toThrow('exhausted');
    expect(group.health.healthyComponents).toBe(3);
  });

  it('throw in hooks: that is a check that has failed, and is told', async () => {
    const bug = new TypeError('hook');
    const throws = () => {
      throw bug;
    };
    for (const hooks of [{ healthCheck: throws }, { recover: throws }]) {
      const { clock, group } = setup({ ...hooks, recovery: { maxAttempts: 1 } });
      const errors: unknown[] = [];
      group.subscribe((event) => 'error' in event && errors.push(event.error));
      group.fail('a');
      await clock.advance(5_000);
      expect(group.member('a')?.status).toBe('failed');
      expect(errors).toEqual([bug]);
      group.close();
    }
  });

  it('throw in predicates: the call fails with it, and nobody is blamed', async () => {
    const bug = new TypeError('errorKind');
    const { group } = setup({
      errorKind: () => {
        throw bug;
      },
      retry: { attempts: 3, backoff: { initialMs: 10, maxMs: 10, jitter: 'none' } },
    });
    await expect(group.execute(() => Promise.reject(refused))).rejects.toBe(bug);
    expect(group.health.healthyComponents).toBe(3);
    expect(group.member('a')?.load).toBe(0);
  });

  it('clock backwards: who failed comes back as soon as it would have, and who is silent is found', async () => {
    const clock = new SetbackClock();
    const { group } = setup({
      clock,
      detection: {
        createDetector: (nowMs) => new HeartbeatDetector({ intervalMs: 1_000 }, nowMs),
        heedsWeakening: false,
      },
      recover: () => true,
    });
    group.fail('a');
    clock.setBack(86_400_000);
    await clock.advance(0);
    expect(group.member('a')?.status).toBe('healthy');
    for (let i = 0; i < 7; i += 1) {
      group.heartbeat('a');
      group.heartbeat('s');
      await clock.advance(1_000);
    }
    expect(['a', 'b', 's'].map((id) => group.member(id)?.failureCount)).toEqual([1, 1, 0]);
    group.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('reload while calls are in flight: they end as they would have, and hooks change nothing', async () => {
    const { clock, group, events, operation, run } = setup({
      recover: () => operation(undefined as never),
    });
    const watched = watch(group.writes.execute(operation));
    await clock.advance(0);
    group.fail('b');
    group.close();
    run(1).resolve('done');
    run(2).resolve('back');
    await clock.advance(100_000);
    expect(watched.value).toBe('done');
    expect(events).toEqual(['0 b member-failed', '0 s promoted']);
    expect(group.member('a')?.load).toBe(0);
  });
});
