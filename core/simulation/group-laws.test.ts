import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOptions, replicationOptions } from '../model/machine-options.ts';
import {
  type DatabaseCall,
  FaultTolerantDatabase,
  RedundancyGroup,
  Replication,
} from '../patterns/index.ts';
import { type Followed, recordHistories, replay } from './testing/history.ts';
import { modelOf, simulated } from './testing/model.ts';

const maybe = (...texts: string[]) => fc.constantFrom('', ...texts.map((text) => `, ${text}`));

const group = fc
  .record({
    minHealthy: fc.integer({ min: 1, max: 2 }),
    members: fc.constantFrom(
      'active: [a]',
      'active: [a, b]',
      'active: [a], standby: [b, c]',
      'active: [a, b], standby: [c, d]',
    ),
    mode: maybe('standbyMode: cold', 'standbyMode: warm'),
    activation: maybe('activation: 700ms', 'activation: 4s'),
    balancing: maybe('loadBalancing: least-loaded', 'loadBalancing: power-of-two'),
    capacity: maybe('capacity: 20/s'),
    errorRate: maybe('errorRate: 5%'),
    mtbf: maybe('failures: { mtbf: 10s }'),
    recovery: maybe(
      'recovery: { time: 1s, maxTime: 2s, successRate: 60%, maxAttempts: 3, retryAfter: 1s }',
      'recovery: { time: 3s, successRate: 100%, retryAfter: 1s }',
    ),
    replication: maybe(
      'replication: { lag: 2s }',
      'replication: { mode: sync, copies: 2 }',
      'replication: { mode: quorum, lag: 100ms }',
      'replication: { mode: quorum, copies: 2, write: 1, read: 2 }',
    ),
    detection: maybe(
      'detection: { interval: 300ms }',
      'detection: { interval: 300ms, missed: 1 }',
      'detection: { method: phi-accrual, interval: 300ms, weakeningPhi: 1 }',
    ),
    failover: maybe(
      'failover: { wait: 100ms, healthCheck: 2s, writeLoadLimit: 50% }',
      'failover: { wait: 0s, attempts: 5, restoreAfter: 1 }',
    ),
  })
  .map(({ members, minHealthy, ...options }) => {
    const others = Object.values(options).join('');
    return `{ minHealthy: ${minHealthy}, ${members}, latency: { mean: 60ms }${others} }`;
  });

const seconds = fc.integer({ min: 0, max: 20_000 }).map((ms) => `${ms}ms`);
const target = fc.constantFrom('a', 'a', 'b', 'c', 'db');
const fault = fc.oneof(
  fc.tuple(seconds, target).map(([at, to]) => `{ at: ${at}, fail: ${to} }`),
  fc
    .tuple(seconds, target, fc.constantFrom('50ms', '600ms', '3s', '15s'))
    .map(([at, to, until]) => `{ at: ${at}, fail: ${to}, for: ${until} }`),
  fc
    .tuple(seconds, target, fc.constantFrom('200ms', '1s', '5s'), fc.constantFrom('0%', '50%'))
    .map(([at, to, ms, rate]) => {
      return `{ at: ${at}, degrade: ${to}, latency: ${ms}, errorRate: ${rate}, for: 4s }`;
    }),
);

const call = fc.constantFrom(
  '{ to: db }',
  '{ to: db, operation: write, timeout: 300ms }',
  '{ to: db, operation: write, idempotent: false }, { to: db, timeout: 100ms, deadline: 150ms }',
);

/** A group that is called thirty times a second, for half a minute in which many things happen to it. */
const config = fc
  .tuple(group, call, fc.array(fault, { maxLength: 8 }))
  // Faults of members that the group does not have are none.
  .map(([options, calls, faults]) => {
    const exists = (text: string) => {
      const id = /(?:fail|degrade): (\w)[ ,]/.exec(text)?.[1];
      return id === undefined || new RegExp(`\\[[^\\]]*\\b${id}\\b`).test(options);
    };
    return `
redundancy: { db: ${options} }
services: { web: { latency: 0s, traffic: { rate: 30/s }, calls: [${calls}] } }
scenarios: { test: { faults: [${faults.filter(exists).join(', ')}] } }
simulation: { duration: 30s, replications: 1 }
`;
  });

function play(yaml: string, seed: number) {
  const run = simulated(yaml, { scenario: 'test', seed });
  const { incidents, world } = run.first;
  return { ...run, db: world.group('db'), incidents };
}

/** What a group knows of its members, as plain data. */
function look(machine: RedundancyGroup) {
  const ids = [...new Set(['a', 'b', 'c', 'd', ...machine.actives, ...machine.standbys])];
  const members = ids.flatMap((id) => machine.component(id) ?? []);
  const { actives, standbys } = machine;
  return { actives, standbys, members: members.map((member) => ({ ...member })) };
}

const FOLLOWED_GROUP: Followed<RedundancyGroup> = {
  type: RedundancyGroup,
  takes: [
    'add',
    'setLoad',
    'promoteMissing',
    'fail',
    'degrade',
    'restore',
    'startRecovery',
    'completeRecovery',
    'rejoin',
  ],
  look,
};

const FOLLOWED_COPIES: Followed<Replication> = {
  type: Replication,
  takes: ['recordWrite', 'fail', 'recover'],
  look: ({ acknowledgements, canRead, canWrite }) => ({ acknowledgements, canRead, canWrite }),
};

const FOLLOWED_DATABASE: Followed<FaultTolerantDatabase> = {
  type: FaultTolerantDatabase,
  gives: 'call',
  takes: [],
  look: () => undefined,
};

/** Plays random systems and looks at what came of each. */
function check(law: (yaml: string, seed: number) => void): void {
  fc.assert(fc.property(config, fc.nat(1000), law), { numRuns: 50 });
}

describe('whatever happens to a group', () => {
  it('it never loses a member, and never has one twice', () => {
    check((yaml, seed) => {
      const histories = recordHistories(FOLLOWED_GROUP, () => play(yaml, seed));
      for (const history of histories.values()) {
        const count = history.filter(({ method }) => method === 'add').length;
        for (const { method, state } of history) {
          if (method === 'add') continue;
          const { actives, members, standbys } = state as ReturnType<typeof look>;
          const away = members.filter(({ role }) => role === undefined).map(({ id }) => id);
          const everyone = [...actives, ...standbys, ...away];
          expect(everyone).toHaveLength(count);
          expect(new Set(everyone).size).toBe(count);
        }
      }
    });
  });

  it('what it was told, told to another group, leads to the same states', () => {
    let told = 0;
    check((yaml, seed) => {
      const model = modelOf(yaml).groups.get('db');
      const histories = recordHistories(FOLLOWED_GROUP, () => play(yaml, seed));
      for (const history of histories.values()) {
        told += history.length;
        const states =
          model && replay(history, new RedundancyGroup(groupOptions(model)), FOLLOWED_GROUP);
        expect(states).toEqual(history.map(({ state }) => state));
      }
    });
    expect(told).toBeGreaterThan(1000);
  });

  it('what its copies were told, told to others, leads to the same states', () => {
    let told = 0;
    check((yaml, seed) => {
      const model = modelOf(yaml).groups.get('db');
      const options = model && replicationOptions(model);
      const histories = recordHistories(FOLLOWED_COPIES, () => play(yaml, seed));
      for (const history of histories.values()) {
        told += history.length;
        const states = options && replay(history, new Replication(options), FOLLOWED_COPIES);
        if (states) expect(states).toEqual(history.map(({ state }) => state));
      }
    });
    expect(told).toBeGreaterThan(1000);
  });

  it('a database is told how each try went, but for those that nobody has an answer to yet', () => {
    let queries = 0;
    check((yaml, seed) => {
      let unanswered = 0;
      const histories = recordHistories(FOLLOWED_DATABASE, () => {
        unanswered = play(yaml, seed).replications[0]?.unanswered ?? 0;
      });
      const calls = [...histories.values()].flat().map(({ result }) => result as DatabaseCall);
      queries += calls.length;
      const running = calls.filter(({ state }) => state === 'running');
      expect(running.length).toBeLessThanOrEqual(unanswered);
    });
    expect(queries).toBeGreaterThan(1000);
  });

  it('who is down is not served by, and who is away comes back or was given up', () => {
    check((yaml, seed) => {
      const { db, incidents } = play(yaml, seed);
      const eligible = db.machine.eligible().map(({ id }) => db.member(id));
      const serving = eligible.filter(({ isActivating, isUp }) => isUp && !isActivating);
      expect(db.servingCount).toBe(serving.length);
      const knowsAtOnce = !yaml.includes('detection') && !yaml.includes('failover');
      for (const member of db.members) {
        const isAway = db.machine.component(member.id)?.role === undefined;
        if (knowsAtOnce) expect(isAway).toBe(!member.isUp);
        if (!isAway || member.backAtMs < Number.POSITIVE_INFINITY) continue;
        const givenUp = incidents.filter(({ kind }) => kind === 'given-up');
        expect(givenUp).toContainEqual(expect.objectContaining({ component: member.id }));
      }
    });
  });

  it('each failure is followed by a return before the next, and lasts until then', () => {
    check((yaml, seed) => {
      const { incidents } = play(yaml, seed);
      const failedAtMs = new Map<string, number>();
      for (const incident of incidents) {
        if (incident.kind === 'failure') {
          expect(failedAtMs.has(incident.component)).toBe(false);
          failedAtMs.set(incident.component, incident.atMs);
        } else if (incident.kind === 'recovery') {
          const sinceMs = failedAtMs.get(incident.component);
          expect(incident.downMs).toBeCloseTo(incident.atMs - (sinceMs ?? Number.NaN), 6);
          failedAtMs.delete(incident.component);
        } else if (incident.kind === 'detected') {
          const sinceMs = failedAtMs.get(incident.component);
          expect(incident.afterMs).toBeCloseTo(incident.atMs - (sinceMs ?? Number.NaN), 6);
        } else if (incident.kind === 'mistaken') {
          expect(failedAtMs.has(incident.component)).toBe(false);
        }
      }
    });
  });

  it('the same seed gives the same run', () => {
    check((yaml, seed) => {
      const once = play(yaml, seed);
      const again = play(yaml, seed);
      expect(again.first.incidents).toEqual(once.first.incidents);
      expect(again.replications).toEqual(once.replications);
    });
  });
});
