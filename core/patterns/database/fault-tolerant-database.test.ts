import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { STOP } from '../common/stop.ts';
import { createLoadBalancer } from '../load-balancer/load-balancer.ts';
import { RedundancyGroup } from '../redundancy/redundancy-group.ts';
import { Replication } from '../replication/replication.ts';
import { Retry } from '../retry/retry.ts';
import { RetryBudget } from '../retry/retry-budget.ts';
import type { DatabaseCall, DatabaseCallKind } from './database-call.ts';
import {
  type DatabaseEvent,
  FaultTolerantDatabase,
  type FaultTolerantDatabaseOptions,
} from './fault-tolerant-database.ts';

const NODES = ['db-primary-1', 'db-primary-2', 'db-standby-1', 'db-standby-2'] as const;
const [PRIMARY, SECOND, STANDBY] = NODES;

/** Two primaries and two standbys of which at least two should be healthy, with what happened. */
function create(options: Partial<FaultTolerantDatabaseOptions> = {}) {
  const group = new RedundancyGroup({ name: 'database', componentType: 'database' });
  for (const id of NODES) group.add(id, id.includes('primary') ? 'active' : 'standby');
  const random = createRandom(1);
  const events: DatabaseEvent[] = [];
  const database = new FaultTolerantDatabase({
    group,
    balancer: createLoadBalancer('round-robin', random),
    replication: new Replication({ mode: 'async', copies: NODES, lagMs: 100 }),
    random,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const begun = (kind: DatabaseCallKind, nowMs = 0): DatabaseCall => {
    const call = database.call(kind);
    database.begin(call, nowMs);
    return call;
  };
  return { database, events, group, begun };
}

describe('a write', () => {
  it('goes to the first healthy active', () => {
    const { begun } = create();
    for (let n = 0; n < 3; n += 1) {
      expect(begun('write')).toMatchObject({ state: 'running', node: { id: PRIMARY } });
    }
  });

  it('goes to one with less load than 0.8 only', () => {
    const { begun, group } = create();
    group.setLoad(PRIMARY, 0.8);
    expect(begun('write').node?.id).toBe(SECOND);
    group.setLoad(PRIMARY, 0.79);
    expect(begun('write').node?.id).toBe(PRIMARY);
    for (const id of NODES) group.setLoad(id, 0.9);
    expect(begun('write')).toMatchObject({ state: 'waiting', failure: 'unavailable' });
  });

  it('is replicated once it has succeeded', () => {
    const { database, begun } = create();
    const [done, failing] = [begun('write'), begun('write')];
    begun('write');
    database.succeeded(done, 10);
    database.failed(failing, 'other', 10);
    expect(database.replication.failover(PRIMARY, 10)).toMatchObject({ lostWrites: 1 });
  });

  it('needs the copies that have to confirm it', () => {
    const replication = new Replication({ mode: 'quorum', copies: NODES, write: 3, read: 2 });
    const { database, begun } = create({ replication });
    database.failNode(PRIMARY, 0);
    expect(begun('write').node?.id).toBe(SECOND);
    database.failNode(STANDBY, 0);
    expect(begun('write')).toMatchObject({ failure: 'unavailable' });
    expect(begun('read').node?.id).toBe(SECOND);
    database.completeRecovery(STANDBY, 5_000, true);
    expect(begun('write').node?.id).toBe(SECOND);
  });
});

describe('a read', () => {
  it('may go to any healthy active, however busy, through the balancer', () => {
    const { begun, group } = create();
    for (const id of NODES) group.setLoad(id, 0.9);
    expect([begun('read'), begun('read'), begun('read')].map(({ node }) => node?.id)).toEqual([
      PRIMARY,
      SECOND,
      PRIMARY,
    ]);
    group.degrade(PRIMARY, 0);
    expect([begun('read'), begun('read')].map(({ node }) => node?.id)).toEqual([SECOND, SECOND]);
  });

  it('is not a write that failover could lose', () => {
    const { database, begun } = create();
    database.succeeded(begun('read'), 10);
    expect(database.replication.failover(PRIMARY, 10)).toMatchObject({ lostWrites: 0 });
  });

  it('needs the copies that have to answer it', () => {
    const replication = new Replication({ mode: 'quorum', copies: NODES, write: 1, read: 4 });
    const { database, begun } = create({ replication });
    database.failNode(STANDBY, 0);
    expect(begun('read')).toMatchObject({ failure: 'unavailable' });
    expect(begun('write').node?.id).toBe(PRIMARY);
  });
});

describe('a call', () => {
  it('says that it succeeded, where it ran, and how many retries it took', () => {
    const { database, begun } = create();
    const call = begun('write');
    database.failed(call, 'timeout', 0);
    expect(database.begin(call, 2_000)?.id).toBe(SECOND);
    database.succeeded(call, 2_010);
    expect(call).toMatchObject({ state: 'succeeded', node: { id: SECOND }, retries: 1 });
  });

  it('is tried three times in all, with 2 s and 4 s between', () => {
    const { database, begun } = create();
    const call = begun('read', 0);
    expect(database.failed(call, 'timeout', 0)).toBe(2_000);
    expect(call).toMatchObject({ state: 'waiting', waitMs: 2_000, retries: 0 });
    database.begin(call, 2_000);
    expect(database.failed(call, 'other', 2_000)).toBe(4_000);
    expect(call).toMatchObject({ state: 'waiting', waitMs: 4_000, retries: 1 });
    database.begin(call, 6_000);
    expect(database.failed(call, 'other', 6_000)).toBe(STOP);
    expect(call).toMatchObject({ state: 'failed', failure: 'other', retries: 2 });
  });

  it('waits and tries again also when no node was there to run it', () => {
    const { database, begun } = create();
    for (const id of NODES) database.failNode(id, 0);
    const call = begun('read', 0);
    expect(call).toMatchObject({ state: 'waiting', waitMs: 2_000, node: undefined });
    database.completeRecovery(STANDBY, 1_000, true);
    expect(database.begin(call, 2_000)?.id).toBe(STANDBY);
    database.succeeded(call, 2_010);
    expect(call).toMatchObject({ state: 'succeeded', failure: undefined, retries: 1 });
  });

  it('gives up when there has never been a node', () => {
    const { database, begun } = create();
    for (const id of NODES) database.failNode(id, 0);
    const call = begun('write', 0);
    database.begin(call, 2_000);
    expect(database.begin(call, 6_000)).toBeUndefined();
    expect(call).toMatchObject({ state: 'failed', failure: 'unavailable', retries: 2 });
  });

  it('is tried as its retry says, where there is another', () => {
    const retry = new Retry({
      attempts: 2,
      backoff: { initialMs: 10, maxMs: 10, jitter: 'none' },
    });
    const { database, begun } = create({ retry });
    const call = begun('read');
    database.failed(call, 'rejected', 0);
    expect(call).toMatchObject({ state: 'waiting', waitMs: 10 });
    database.begin(call, 10);
    database.failed(call, 'rejected', 10);
    expect(call.state).toBe('failed');
  });

  it('earns its share of the budget of its retry once, and its next wait follows from the last', () => {
    const retry = new Retry({
      attempts: 50,
      backoff: { initialMs: 10, maxMs: 1e9, jitter: 'decorrelated' },
      budget: new RetryBudget({ ratio: 20, minRetriesPerSecond: 0 }),
    });
    const { database } = create({ retry });
    const call = database.call('read');
    const waits: number[] = [];
    while (waits.at(-1) !== STOP) {
      database.begin(call, 0);
      waits.push(database.failed(call, 'rejected', 0));
    }
    expect(waits).toHaveLength(21);
    // Without the last wait to grow from, none could be longer than three times the first.
    expect(Math.max(...waits)).toBeGreaterThan(30);
  });

  it('is not tried again when its deadline would come before, with a node or without', () => {
    const { database, begun } = create();
    const call = begun('read');
    expect(database.failed(call, 'rejected', 0, 2_000)).toBe(STOP);
    expect(call).toMatchObject({ state: 'failed', failure: 'rejected', retries: 0 });
    for (const id of NODES) database.failNode(id, 0);
    const late = database.call('read');
    database.begin(late, 0, 2_000);
    expect(late).toMatchObject({ state: 'failed', failure: 'unavailable' });
    const inTime = database.call('read');
    database.begin(inTime, 0, 2_001);
    expect(inTime.state).toBe('waiting');
  });

  it('can be begun again as another, once it has ended', () => {
    const { database, begun } = create();
    const call = begun('read');
    database.failed(call, 'other', 0);
    database.begin(call, 2_000);
    database.succeeded(call, 2_000);
    database.begin(call, 3_000);
    expect(call).toMatchObject({ state: 'running', retries: 0, waitMs: 0 });
  });

  it('runs once, however often it is begun or its end is told', () => {
    const { database, begun, events } = create();
    const call = begun('read');
    expect(database.begin(call, 0)?.id).toBe(PRIMARY);
    database.succeeded(call, 0);
    database.failed(call, 'timeout', 0);
    database.succeeded(call, 0);
    expect(call.state).toBe('succeeded');
    expect(events).toEqual([]);
    const unbegun = database.call('read');
    expect(database.failed(unbegun, 'timeout', 0)).toBe(STOP);
    expect(unbegun.state).toBe('new');
  });

  it('ends when it is cancelled, and says nothing of its node', () => {
    const { database, begun, events } = create();
    const call = begun('read');
    database.failed(call, 'cancelled', 0);
    expect(call).toMatchObject({ state: 'failed', failure: 'cancelled', retries: 0 });
    expect(events).toEqual([]);
  });

  it('says nothing of its node when it was never made', () => {
    const { database, begun, events } = create();
    database.failed(begun('read'), 'rejected', 0);
    expect(events).toEqual([]);
  });
});

describe('a node', () => {
  it.each(['connection-refused', 'timeout'] as const)('has failed after %s', (error) => {
    const { database, begun, events, group } = create();
    database.succeeded(begun('write', 950), 950);
    database.failed(begun('write', 1_000), error, 1_000);
    expect(group.component(PRIMARY)).toMatchObject({ status: 'recovering', failureCount: 1 });
    expect(events).toMatchObject([
      {
        kind: 'failed',
        node: PRIMARY,
        outcome: { promoted: [STANDBY], recovery: { completesAtMs: 6_000 } },
        failover: { kind: 'possible', to: SECOND, lostMs: 100, lostWrites: 1 },
      },
    ]);
    expect(group.health()).toMatchObject({ level: 'MEDIUM', healthPercent: 75 });
  });

  it('is degraded after any other error, and gets no more work', () => {
    const { database, begun, events, group } = create();
    database.failed(begun('write'), 'other', 0);
    expect(group.component(PRIMARY)?.status).toBe('degraded');
    expect(events).toEqual([{ kind: 'degraded', node: PRIMARY }]);
    expect(begun('write').node?.id).toBe(SECOND);
  });

  it('fails once, however many of its calls find out', () => {
    const { database, begun, events, group } = create();
    const calls = [begun('write'), begun('write'), begun('write')];
    for (const call of calls) database.failed(call, 'timeout', 0);
    expect(events).toHaveLength(1);
    expect(group.component(PRIMARY)).toMatchObject({ failureCount: 1, recoveryAttempts: 1 });
    for (const call of calls) expect(call.state).toBe('waiting');
  });

  it('is not blamed after its recovery for what began before its failure', () => {
    const { database, begun, group } = create();
    const [first, late, later] = [begun('write'), begun('write'), begun('write')];
    database.failed(first, 'timeout', 0);
    database.completeRecovery(PRIMARY, 5_000, true);
    database.failed(late, 'timeout', 6_000);
    database.failed(later, 'other', 6_000);
    expect(group.component(PRIMARY)).toMatchObject({ status: 'healthy', failureCount: 1 });
  });

  it('loses no writes by failing as a standby', () => {
    const { database, events } = create();
    database.failNode(STANDBY, 0);
    expect(events).toMatchObject([{ kind: 'failed', failover: undefined }]);
  });

  it('that is unknown is not reported as failed', () => {
    const { database, events } = create();
    expect(database.failNode('x', 0)).toEqual({ kind: 'unknown' });
    expect(events).toEqual([]);
  });

  it('takes part again once it has recovered', () => {
    const { database, begun } = create({
      replication: new Replication({ mode: 'quorum', copies: NODES, write: 4, read: 1 }),
    });
    database.failNode(PRIMARY, 0);
    expect(begun('write').failure).toBe('unavailable');
    expect(database.completeRecovery(PRIMARY, 5_000, false)).toMatchObject({ kind: 'retry' });
    expect(begun('write').failure).toBe('unavailable');
    database.group.startRecovery(PRIMARY, 65_000);
    database.completeRecovery(PRIMARY, 75_000, true, 2);
    expect(begun('write').node?.id).toBe(SECOND);
  });
});

describe('a degraded node', () => {
  it('is healthy again after it has passed a health check', () => {
    const { database, begun, events } = create();
    database.degradeNode(PRIMARY, 0);
    database.degradeNode(PRIMARY, 0);
    expect(database.passHealthCheck(PRIMARY, 1)).toMatchObject({ kind: 'restored' });
    database.passHealthCheck(PRIMARY, 2);
    expect(events.map(({ kind }) => kind)).toEqual(['degraded', 'restored']);
    expect(begun('write').node?.id).toBe(PRIMARY);
  });

  it('is healthy again after a run of calls that were under way has succeeded', () => {
    const { database, begun, events, group } = create();
    const calls = Array.from({ length: 4 }, () => begun('write'));
    const [failing, ...succeeding] = calls as [DatabaseCall, ...DatabaseCall[]];
    database.failed(failing, 'other', 0);
    succeeding.forEach((call, n) => {
      expect(group.component(PRIMARY)?.status).toBe('degraded');
      database.succeeded(call, n);
    });
    expect(group.component(PRIMARY)?.status).toBe('healthy');
    expect(events.at(-1)).toEqual({ kind: 'restored', node: PRIMARY, promoted: [] });
  });

  it('has to begin its run again after another error', () => {
    const { database, begun, group } = create({ restoreAfter: 2 });
    const [one, two, three, four, five] = Array.from({ length: 5 }, () => begun('write')) as [
      DatabaseCall,
      DatabaseCall,
      DatabaseCall,
      DatabaseCall,
      DatabaseCall,
    ];
    database.failed(one, 'other', 0);
    database.succeeded(two, 0);
    database.failed(three, 'other', 0);
    database.succeeded(four, 0);
    expect(group.component(PRIMARY)?.status).toBe('degraded');
    database.succeeded(five, 0);
    expect(group.component(PRIMARY)?.status).toBe('healthy');
  });

  it('has to begin its run again after it was healthy, and after it failed', () => {
    const { database, begun, group } = create({ restoreAfter: 2 });
    const calls = Array.from({ length: 4 }, () => begun('write'));
    const next = () => database.succeeded(calls.pop() ?? database.call('read'), 0);
    database.degradeNode(PRIMARY, 0);
    next();
    database.passHealthCheck(PRIMARY, 0);
    database.degradeNode(PRIMARY, 0);
    next();
    expect(group.component(PRIMARY)?.status).toBe('degraded');
    database.failNode(PRIMARY, 0);
    database.completeRecovery(PRIMARY, 0, true);
    database.degradeNode(PRIMARY, 0);
    // These began before the failure and say nothing of the time after it.
    next();
    next();
    expect(group.component(PRIMARY)?.status).toBe('degraded');
  });
});

it.each([{ writeLoadLimit: -1 }, { restoreAfter: 0 }])('a database refuses %j', (options) => {
  expect(() => create(options)).toThrow(RangeError);
});
