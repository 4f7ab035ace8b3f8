import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { createLoadBalancer } from '../load-balancer/load-balancer.ts';
import { RedundancyGroup } from '../redundancy/redundancy-group.ts';
import { Replication } from '../replication/replication.ts';
import type { DatabaseCall } from './database-call.ts';
import type { DatabaseErrorKind } from './database-error.ts';
import { type DatabaseEvent, FaultTolerantDatabase } from './fault-tolerant-database.ts';

const NODES = ['a', 'b', 's', 't'];
const ERRORS: readonly DatabaseErrorKind[] = [
  'connection-refused',
  'timeout',
  'other',
  'other',
  'rejected',
  'cancelled',
];

const ACTIONS = [
  'read',
  'write',
  'continue',
  'continue',
  'succeed',
  'succeed',
  'fail',
  'fail',
  'recover',
  'relapse',
  'restart',
  'rejoin',
  'check',
  'load',
] as const;

interface Step {
  readonly do: (typeof ACTIONS)[number];
  readonly node: string;
  readonly error: DatabaseErrorKind;
  readonly load: number;
  /** Picks one of the calls that it can be done with. */
  readonly which: number;
}

const histories = fc.array(
  fc.record<Step>({
    do: fc.constantFrom(...ACTIONS),
    node: fc.constantFrom(...NODES),
    error: fc.constantFrom(...ERRORS),
    load: fc.constantFrom(0, 0.5, 0.79, 0.8, 1),
    which: fc.nat(),
  }),
  { maxLength: 120 },
);

/** Somebody who uses a database as it says. */
class Driver {
  readonly group = new RedundancyGroup({ name: 'db', componentType: 'database' });
  readonly database: FaultTolerantDatabase;
  readonly calls: DatabaseCall[] = [];
  readonly events: DatabaseEvent[] = [];
  #nowMs = 0;

  constructor() {
    for (const id of NODES) this.group.add(id, 'ab'.includes(id) ? 'active' : 'standby');
    const random = createRandom(1);
    this.database = new FaultTolerantDatabase({
      group: this.group,
      balancer: createLoadBalancer('random', random),
      replication: new Replication({ mode: 'quorum', copies: NODES, write: 3, read: 2 }),
      random,
      onEvent: (event) => this.events.push(event),
    });
  }

  isUp(id: string): boolean {
    return ['healthy', 'degraded'].includes(this.group.component(id)?.status ?? '');
  }

  get upCount(): number {
    return NODES.filter((id) => this.isUp(id)).length;
  }

  /** Returns the call that was begun, if one was. */
  do({ do: action, node, error, load, which }: Step): DatabaseCall | undefined {
    this.#nowMs += 1;
    const nowMs = this.#nowMs;
    const pick = (state: DatabaseCall['state']) => {
      const those = this.calls.filter((call) => call.state === state);
      return those[which % those.length];
    };
    if (action === 'read' || action === 'write') {
      const call = this.database.call(action);
      this.calls.push(call);
      this.database.begin(call, nowMs);
      return call;
    }
    if (action === 'continue') {
      const call = pick('waiting');
      if (call) this.database.begin(call, nowMs);
      return call;
    }
    const running = pick('running');
    if (action === 'succeed' && running) this.database.succeeded(running, nowMs);
    if (action === 'fail' && running) this.database.failed(running, error, nowMs);
    if (action === 'recover') this.database.completeRecovery(node, nowMs, true);
    if (action === 'relapse') this.database.completeRecovery(node, nowMs, false);
    if (action === 'rejoin') this.database.rejoinNode(node, nowMs);
    if (action === 'restart') this.group.startRecovery(node, nowMs);
    if (action === 'check') this.database.passHealthCheck(node, nowMs);
    if (action === 'load') this.group.setLoad(node, load);
    return undefined;
  }
}

function check(law: (driver: Driver, steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(histories, (steps) => law(new Driver(), steps)),
    { numRuns: 300 },
  );
}

describe('whatever happens to a database', () => {
  it('a call runs where it may, and only waits when there is nowhere', () => {
    check((driver, steps) => {
      for (const step of steps) {
        const call = driver.do(step);
        if (call === undefined) continue;
        const { group, upCount } = driver;
        const healthy = group.actives
          .map((id) => group.component(id))
          .filter((node) => node?.status === 'healthy');
        const isWrite = call.kind === 'write';
        const able = isWrite ? healthy.filter((node) => (node?.load ?? 1) < 0.8) : healthy;
        if (able.length === 0 || upCount < (isWrite ? 3 : 2)) {
          expect(call).toMatchObject({ failure: 'unavailable', node: undefined });
        } else {
          expect(call.state).toBe('running');
          if (isWrite) expect(call.node).toBe(able[0]);
          else expect(able).toContain(call.node);
        }
      }
    });
  });

  it('a call is tried three times at most, and waits 2 s and 4 s', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        for (const { state, retries, waitMs, failure } of driver.calls) {
          expect(retries).toBeLessThanOrEqual(2);
          if (state === 'waiting') expect(waitMs).toBe(2_000 * 2 ** retries);
          if (state === 'failed' && failure !== 'cancelled') expect(retries).toBe(2);
        }
      }
    });
  });

  it('the copies that are up are those of the nodes that are up', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        const { canRead, canWrite } = driver.database.replication;
        expect([canRead, canWrite]).toEqual([driver.upCount >= 2, driver.upCount >= 3]);
      }
    });
  });

  it('every change to a node that a call makes is told, and no other', () => {
    check((driver, steps) => {
      const statusOf = (id: string) => driver.group.component(id)?.status;
      for (const step of steps) {
        const before = NODES.map(statusOf);
        const told = driver.events.length;
        driver.do(step);
        if (!['succeed', 'fail', 'check'].includes(step.do)) continue;
        const changed = NODES.filter((id, i) => statusOf(id) !== before[i]);
        expect(driver.events.slice(told).map(({ node }) => node)).toEqual(changed);
      }
    });
  });

  it('a node fails only once in a life, and is not blamed for an earlier one', () => {
    check((driver, steps) => {
      const beganAt = new Map<DatabaseCall, number>();
      for (const step of steps) {
        const running = driver.calls.filter(({ state }) => state === 'running');
        const failures = running.map(({ node }) => node?.failureCount);
        const states = running.map(({ node }) => node?.status);
        const begun = driver.do(step);
        if (begun?.node) beganAt.set(begun, begun.node.failureCount);
        running.forEach((call, i) => {
          if (call.state === 'running' || beganAt.get(call) === failures[i]) return;
          // It began before the node last failed, so its end changes nothing about the node.
          expect([call.node?.failureCount, call.node?.status]).toEqual([failures[i], states[i]]);
        });
      }
    });
  });

  it('the same history gives the same state', () => {
    check((_, steps) => {
      const run = () => {
        const driver = new Driver();
        const states = steps.map((step) => {
          driver.do(step);
          const calls = driver.calls.map(({ state, node, retries }) => [state, node?.id, retries]);
          return [calls, NODES.map((id) => ({ ...driver.group.component(id) }))];
        });
        return [states, driver.events];
      };
      expect(run()).toEqual(run());
    });
  });
});
