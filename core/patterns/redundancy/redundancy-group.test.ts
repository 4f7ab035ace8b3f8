import { describe, expect, it } from 'vitest';
import { RedundancyGroup, type RedundancyGroupOptions } from './redundancy-group.ts';

type Options = Partial<RedundancyGroupOptions>;

function group(active: string, standby: string, options: Options = {}): RedundancyGroup {
  const made = new RedundancyGroup({ name: 'database', componentType: 'database', ...options });
  for (const id of active.split('')) made.add(id, 'active');
  for (const id of standby.split('')) made.add(id, 'standby');
  return made;
}

/** Fails a component that has to be up and returns what followed. */
function failed(of: RedundancyGroup, id: string, nowMs = 0) {
  const outcome = of.fail(id, nowMs);
  if (outcome.kind !== 'failed') throw new Error(`expected a failure, not ${outcome.kind}`);
  return outcome;
}

describe('the example of a database with two primaries and two standbys', () => {
  const database = new RedundancyGroup({ name: 'database', componentType: 'database' });
  database.add('db-primary-1', 'active');
  database.add('db-primary-2', 'active');
  database.add('db-standby-1', 'standby');
  database.add('db-standby-2', 'standby');

  it('has 4 available, HIGH, 100 % healthy', () => {
    expect(database.health()).toEqual({
      totalComponents: 4,
      healthyComponents: 4,
      activeComponents: 2,
      standbyComponents: 2,
      failedComponents: 0,
      healthPercent: 100,
      level: 'HIGH',
      canHandleFailures: true,
    });
  });

  it('promotes db-standby-1 when db-primary-1 fails: 3 available, MEDIUM, 75 % healthy', () => {
    expect(failed(database, 'db-primary-1').promoted).toEqual(['db-standby-1']);
    expect(database.actives).toEqual(['db-primary-2', 'db-standby-1']);
    expect(database.health()).toMatchObject({
      healthyComponents: 3,
      healthPercent: 75,
      level: 'MEDIUM',
      canHandleFailures: true,
    });
  });
});

describe('a failure', () => {
  it('of an unknown id is reported and changes nothing', () => {
    const made = group('ab', 's');
    const before = made.health();
    expect(made.fail('x', 0)).toEqual({ kind: 'unknown' });
    expect(made.health()).toEqual(before);
  });

  it('takes the component out of the actives, counts, and begins its recovery', () => {
    const made = group('abc', '');
    expect(failed(made, 'a', 1_000)).toEqual({
      kind: 'failed',
      wasActive: true,
      promoted: [],
      redistributed: [],
      droppedLoad: 0,
      recovery: { attempt: 1, completesAtMs: 6_000 },
    });
    expect(made.actives).toEqual(['b', 'c']);
    expect(made.eligible().map(({ id }) => id)).toEqual(['b', 'c']);
    expect(made.component('a')).toMatchObject({
      status: 'recovering',
      failureCount: 1,
      recoveryAttempts: 1,
      lastHealthCheckMs: 1_000,
    });
  });

  it('divides the load among the healthy actives, so that none of it vanishes', () => {
    const made = group('abcd', '');
    for (const id of made.actives) made.setLoad(id, 0.6);
    made.degrade('d', 0);
    const { redistributed, droppedLoad } = failed(made, 'a');
    expect(redistributed.map(({ id }) => id)).toEqual(['b', 'c']);
    for (const { load } of redistributed) expect(load).toBeCloseTo(0.3);
    expect(droppedLoad).toBe(0);
    expect(made.component('a')?.load).toBe(0);
    expect(made.component('b')?.load).toBeCloseTo(0.9);
    expect(made.component('d')?.load).toBe(0.6);
  });

  it('drops the load when there is no healthy active, even if a standby is promoted', () => {
    const made = group('ab', 's');
    made.setLoad('a', 0.5);
    made.degrade('b', 0);
    expect(failed(made, 'a')).toMatchObject({
      redistributed: [],
      droppedLoad: 0.5,
      promoted: ['s'],
    });
    expect(made.component('s')?.load).toBe(0);
  });

  it('promotes as many as healthy actives are missing, not counting degraded ones', () => {
    const made = group('abc', 'stu', { minHealthy: 3 });
    made.degrade('b', 0);
    expect(failed(made, 'a').promoted).toEqual(['s', 't']);
    expect(made.actives).toEqual(['b', 'c', 's', 't']);
    expect(made.standbys).toEqual(['u']);
  });

  it('promotes healthy standbys in order and keeps an unhealthy one in the pool', () => {
    const made = group('ab', 'stu');
    made.degrade('s', 0);
    expect(failed(made, 'a').promoted).toEqual(['t']);
    expect(made.standbys).toEqual(['s', 'u']);
  });

  it('promotes nobody while the minimum is healthy', () => {
    const made = group('abc', 's');
    expect(failed(made, 'a').promoted).toEqual([]);
    expect(made.standbys).toEqual(['s']);
  });

  it('of a standby takes it out of the pool, so that it is not listed twice later', () => {
    const made = group('ab', 'st');
    expect(failed(made, 's')).toMatchObject({ wasActive: false, promoted: [] });
    expect(made.standbys).toEqual(['t']);
    made.completeRecovery('s', 5_000, true);
    expect(made.standbys).toEqual(['t', 's']);
  });

  it('of a failed component is already known', () => {
    const made = group('ab', '', { recovery: { maxAttempts: 1 } });
    failed(made, 'a');
    made.completeRecovery('a', 5_000, false);
    expect(made.fail('a', 6_000)).toEqual({ kind: 'already-failed' });
    expect(made.component('a')?.failureCount).toBe(1);
  });

  it('during recovery counts again and puts the next attempt in place of the running one', () => {
    const made = group('abc', '');
    const first = failed(made, 'a', 0).recovery;
    expect(failed(made, 'a', 2_000)).toMatchObject({
      wasActive: false,
      recovery: { attempt: 2, completesAtMs: 12_000 },
    });
    expect(made.component('a')).toMatchObject({ failureCount: 2, status: 'recovering' });
    expect(made.completeRecovery('a', 5_000, true, first?.attempt)).toEqual({ kind: 'ignored' });
    expect(made.completeRecovery('a', 12_000, true, 2)).toMatchObject({ kind: 'recovered' });
  });

  it('begins no recovery once all attempts are used', () => {
    const made = group('abc', '', { recovery: { maxAttempts: 2 } });
    failed(made, 'a');
    failed(made, 'a');
    expect(failed(made, 'a').recovery).toBeUndefined();
    expect(made.component('a')?.status).toBe('failed');
  });
});

describe('recovery', () => {
  it('brings the component back as a standby without load', () => {
    const made = group('abc', 's');
    made.setLoad('a', 0.5);
    failed(made, 'a');
    expect(made.completeRecovery('a', 5_000, true)).toEqual({
      kind: 'recovered',
      role: 'standby',
      promoted: [],
    });
    expect(made.standbys).toEqual(['s', 'a']);
    expect(made.component('a')).toMatchObject({
      status: 'healthy',
      load: 0,
      lastHealthCheckMs: 5_000,
    });
  });

  it('promotes the component at once if the group is below its minimum', () => {
    const made = group('ab', '');
    failed(made, 'a');
    expect(made.completeRecovery('a', 5_000, true)).toEqual({
      kind: 'recovered',
      role: 'active',
      promoted: ['a'],
    });
    expect([made.actives, made.standbys]).toEqual([['b', 'a'], []]);
  });

  it('is tried five times in all, sixty seconds after each failed attempt, then given up', () => {
    const made = group('ab', '');
    let attempt = failed(made, 'a', 0).recovery;
    const durations: number[] = [];
    let startedMs = 0;
    for (let n = 1; n <= 5; n += 1) {
      if (attempt === undefined) throw new Error(`attempt ${n} did not start`);
      expect(attempt.attempt).toBe(n);
      durations.push(attempt.completesAtMs - startedMs);
      const outcome = made.completeRecovery('a', attempt.completesAtMs, false);
      if (n === 5) {
        expect(outcome).toEqual({ kind: 'given-up', attempts: 5 });
        break;
      }
      startedMs = attempt.completesAtMs + 60_000;
      expect(outcome).toEqual({ kind: 'retry', retryAtMs: startedMs });
      expect(made.health().failedComponents).toBe(1);
      attempt = made.startRecovery('a', startedMs);
    }
    expect(durations).toEqual([5_000, 10_000, 15_000, 20_000, 25_000]);
    expect(made.startRecovery('a', 1e9)).toBeUndefined();
    expect(made.component('a')?.status).toBe('failed');
  });

  it('counts attempts since the component was last healthy', () => {
    const made = group('abc', '');
    failed(made, 'a', 0);
    made.completeRecovery('a', 5_000, false);
    made.startRecovery('a', 65_000);
    made.completeRecovery('a', 75_000, true);
    expect(failed(made, 'a', 100_000)).toMatchObject({
      recovery: { attempt: 1, completesAtMs: 105_000 },
    });
    expect(made.component('a')?.failureCount).toBe(2);
  });

  it('of a component that is not recovering is ignored', () => {
    const made = group('ab', '', { recovery: { maxAttempts: 1 } });
    expect(made.completeRecovery('x', 0, true)).toEqual({ kind: 'ignored' });
    expect(made.completeRecovery('a', 0, true)).toEqual({ kind: 'ignored' });
    failed(made, 'a');
    made.completeRecovery('a', 5_000, false);
    expect(made.completeRecovery('a', 6_000, true)).toEqual({ kind: 'ignored' });
  });

  it('is not needed for a component that is well again by itself, and even if it was given up', () => {
    const made = group('ab', 'c', { recovery: { maxAttempts: 1 } });
    for (const id of ['a', 'b']) made.fail(id, 0);
    made.completeRecovery('a', 5_000, false, 1);
    expect(made.component('a')?.status).toBe('failed');
    expect(made.rejoin('a', 6_000)).toEqual({ kind: 'recovered', role: 'active', promoted: ['a'] });
    expect(made.component('a')).toMatchObject({ status: 'healthy', recoveryAttempts: 0 });
    expect(made.rejoin('b', 6_000)).toEqual({ kind: 'recovered', role: 'standby', promoted: [] });
    expect(made.completeRecovery('b', 7_000, false, 1)).toEqual({ kind: 'ignored' });
    for (const id of ['b', 'nobody']) expect(made.rejoin(id, 8_000)).toEqual({ kind: 'ignored' });
  });

  it('does not start for a component that is up, recovering or unknown', () => {
    const made = group('ab', '');
    failed(made, 'a');
    for (const id of ['a', 'b', 'x']) expect(made.startRecovery(id, 0)).toBeUndefined();
  });
});

describe('a degraded component', () => {
  it('stays where it is, gets no new work, and is no reason to promote', () => {
    const made = group('ab', 's');
    expect(made.degrade('a', 10)).toBe(true);
    expect(made.actives).toEqual(['a', 'b']);
    expect(made.standbys).toEqual(['s']);
    expect(made.eligible().map(({ id }) => id)).toEqual(['b']);
    expect(made.component('a')).toMatchObject({ status: 'degraded', lastHealthCheckMs: 10 });
  });

  it('does not count as available', () => {
    const made = group('ab', 'st');
    made.degrade('s', 0);
    expect(made.health()).toMatchObject({
      healthyComponents: 3,
      level: 'MEDIUM',
      standbyComponents: 2,
    });
  });

  it('is healthy again after a passed health check', () => {
    const made = group('ab', '');
    made.degrade('a', 0);
    expect(made.restore('a', 20)).toEqual({ kind: 'restored', promoted: [] });
    expect(made.component('a')).toMatchObject({ status: 'healthy', lastHealthCheckMs: 20 });
    expect(made.eligible()).toHaveLength(2);
  });

  it('is promoted when it is restored while the group is below its minimum', () => {
    const made = group('ab', 's');
    made.degrade('s', 0);
    expect(failed(made, 'a').promoted).toEqual([]);
    expect(made.restore('s', 20)).toEqual({ kind: 'restored', promoted: ['s'] });
    expect(made.actives).toEqual(['b', 's']);
  });

  it('is only made of a healthy one, and only a degraded one is restored', () => {
    const made = group('ab', '');
    failed(made, 'a');
    expect(made.degrade('a', 0)).toBe(false);
    expect(made.degrade('x', 0)).toBe(false);
    expect(made.restore('a', 0)).toEqual({ kind: 'ignored' });
    expect(made.restore('b', 0)).toEqual({ kind: 'ignored' });
  });
});

describe('RedundancyGroup', () => {
  it('refuses a second component of the same id, as either role', () => {
    const made = group('a', 's');
    expect(() => made.add('a', 'standby')).toThrow(RangeError);
    expect(() => made.add('s', 'active')).toThrow(
      new RangeError("Group 'database' already has a component 's'"),
    );
  });

  it('needs two healthy components by default', () => {
    expect(group('a', '').health()).toMatchObject({ level: 'LOW', canHandleFailures: false });
    expect(group('a', '', { minHealthy: 1 }).health()).toMatchObject({ canHandleFailures: true });
  });

  it('has a health of nothing when it is empty', () => {
    expect(group('', '').health()).toMatchObject({ totalComponents: 0, healthPercent: 0 });
  });

  it('hands out weight and load to whoever balances', () => {
    const made = group('', '');
    made.add('a', 'active', 3);
    made.setLoad('a', 0.5);
    expect(made.eligible()).toMatchObject([{ id: 'a', weight: 3, load: 0.5 }]);
    expect(made.eligible()).toBe(made.eligible());
  });

  it('does not change a list that somebody holds', () => {
    const made = group('abc', 's');
    const { actives } = made;
    for (const id of actives) failed(made, id);
    expect(actives).toEqual(['a', 'b', 'c']);
    expect(made.actives).toEqual(['s']);
  });

  it('knows the role of each component; who is away has none and does nothing', () => {
    const made = group('ab', 's', { minHealthy: 1 });
    failed(made, 'a');
    made.setLoad('a', 0.5);
    expect(['a', 'b', 's'].map((id) => made.component(id)?.role)).toEqual([
      undefined,
      'active',
      'standby',
    ]);
    expect(made.component('a')?.load).toBe(0);
  });

  it('refuses what is out of range', () => {
    expect(() => group('', '', { minHealthy: -1 })).toThrow(RangeError);
    expect(() => group('', '').add('a', 'active', 0)).toThrow(RangeError);
    expect(() => group('a', '').setLoad('a', -1)).toThrow(RangeError);
    expect(() => group('a', '').setLoad('x', 1)).toThrow(RangeError);
  });
});
