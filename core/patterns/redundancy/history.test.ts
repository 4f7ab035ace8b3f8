import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedundancyGroup } from './redundancy-group.ts';

const IDS = ['a', 'b', 'c', 's', 't', 'u'];
const MOST_ATTEMPTS = 2;

interface Step {
  readonly do: 'fail' | 'degrade' | 'restore' | 'succeed' | 'flop' | 'start' | 'rejoin' | 'load';
  readonly id: string;
  readonly load: number;
  /** May be less than 0: clocks step back. */
  readonly passedMs: number;
}

const histories = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('fail', 'degrade', 'restore', 'succeed', 'flop', 'start', 'rejoin', 'load'),
    id: fc.constantFrom(...IDS),
    load: fc.nat(8),
    passedMs: fc.integer({ min: -100, max: 1_000 }),
  }),
  { maxLength: 100 },
);

function createGroup(minHealthy: number): RedundancyGroup {
  const group = new RedundancyGroup({
    name: 'database',
    componentType: 'database',
    minHealthy,
    recovery: { maxAttempts: MOST_ATTEMPTS },
  });
  for (const id of IDS) group.add(id, 'abc'.includes(id) ? 'active' : 'standby');
  return group;
}

function apply(group: RedundancyGroup, step: Step, nowMs: number) {
  switch (step.do) {
    case 'fail':
      return group.fail(step.id, nowMs);
    case 'degrade':
      return group.degrade(step.id, nowMs);
    case 'restore':
      return group.restore(step.id, nowMs);
    case 'succeed':
      return group.completeRecovery(step.id, nowMs, true);
    case 'flop':
      return group.completeRecovery(step.id, nowMs, false);
    case 'start':
      return group.startRecovery(step.id, nowMs);
    case 'rejoin':
      return group.rejoin(step.id, nowMs);
    case 'load':
      return group.setLoad(step.id, step.load);
  }
}

function stateOf(group: RedundancyGroup) {
  return {
    actives: group.actives,
    standbys: group.standbys,
    members: IDS.map((id) => ({ ...group.component(id) })),
    health: group.health(),
  };
}

function totalLoad(group: RedundancyGroup): number {
  return IDS.reduce((sum, id) => sum + (group.component(id)?.load ?? 0), 0);
}

/** Whether the outcome of a step says something of that name. */
function told<Key extends string>(
  outcome: Moment['outcome'],
  key: Key,
): outcome is Extract<Moment['outcome'], Record<Key, unknown>> {
  return typeof outcome === 'object' && key in outcome;
}

/** The rules of a group, said as plainly as they can be, at any price. */
class PlainGroup {
  actives = ['a', 'b', 'c'];
  standbys = ['s', 't', 'u'];
  readonly status = new Map(IDS.map((id) => [id, 'healthy']));
  readonly load = new Map(IDS.map((id) => [id, 0]));
  readonly failures = new Map(IDS.map((id) => [id, 0]));
  readonly attempts = new Map(IDS.map((id) => [id, 0]));
  readonly #minHealthy: number;

  constructor(minHealthy: number) {
    this.#minHealthy = minHealthy;
  }

  apply({ do: action, id, load }: Step): void {
    const status = this.status.get(id);
    const isAway = status === 'failed' || status === 'recovering';
    const attempts = this.attempts.get(id) ?? 0;
    if (action === 'load' && !isAway) this.load.set(id, load);
    if (action === 'degrade' && status === 'healthy') this.status.set(id, 'degraded');
    if (action === 'flop' && status === 'recovering') this.status.set(id, 'failed');
    if (action === 'start' && status === 'failed') this.#startRecovery(id, attempts);
    if (action === 'restore' && status === 'degraded') {
      this.status.set(id, 'healthy');
      this.#promote();
    }
    if ((action === 'succeed' && status === 'recovering') || (action === 'rejoin' && isAway)) {
      this.status.set(id, 'healthy');
      this.attempts.set(id, 0);
      this.standbys.push(id);
      this.#promote();
    }
    if (action === 'fail' && status !== 'failed') {
      this.status.set(id, 'failed');
      this.failures.set(id, (this.failures.get(id) ?? 0) + 1);
      this.actives = this.actives.filter((each) => each !== id);
      this.standbys = this.standbys.filter((each) => each !== id);
      const receivers = this.healthy(this.actives);
      const share = (this.load.get(id) ?? 0) / receivers.length;
      for (const each of receivers) this.load.set(each, (this.load.get(each) ?? 0) + share);
      this.load.set(id, 0);
      this.#promote();
      this.#startRecovery(id, attempts);
    }
  }

  healthy(ids: readonly string[]): string[] {
    return ids.filter((id) => this.status.get(id) === 'healthy');
  }

  #startRecovery(id: string, attempts: number): void {
    if (attempts === MOST_ATTEMPTS) return;
    this.status.set(id, 'recovering');
    this.attempts.set(id, attempts + 1);
  }

  #promote(): void {
    for (const id of this.healthy(this.standbys)) {
      if (this.healthy(this.actives).length >= this.#minHealthy) return;
      this.standbys = this.standbys.filter((each) => each !== id);
      this.actives.push(id);
    }
  }
}

interface Moment {
  readonly group: RedundancyGroup;
  readonly step: Step;
  readonly outcome: ReturnType<typeof apply>;
  readonly loadBefore: number;
}

/** Runs a history on a group and calls `check` after each step. */
function replay(steps: readonly Step[], minHealthy: number, check: (moment: Moment) => void): void {
  const group = createGroup(minHealthy);
  let nowMs = 1_000;
  for (const step of steps) {
    nowMs += step.passedMs;
    const loadBefore = totalLoad(group);
    check({ group, step, outcome: apply(group, step, nowMs), loadBefore });
  }
}

describe('whatever happens to a group', () => {
  const checkAll = (check: (steps: Step[], minHealthy: number) => void) =>
    fc.assert(fc.property(histories, fc.nat(4), check), { numRuns: 500 });

  it('each component is active, standby or away, and nowhere twice', () => {
    checkAll((steps, minHealthy) =>
      replay(steps, minHealthy, ({ group }) => {
        const away = IDS.filter((id) => group.component(id)?.role === undefined);
        expect([...group.actives, ...group.standbys, ...away].toSorted()).toEqual(IDS);
        for (const id of IDS) {
          const status = group.component(id)?.status ?? '';
          expect(['failed', 'recovering'].includes(status)).toBe(away.includes(id));
        }
      }),
    );
  });

  it('load is taken over or counted as dropped; nothing else changes it but a report', () => {
    checkAll((steps, minHealthy) =>
      replay(steps, minHealthy, ({ group, step, outcome, loadBefore }) => {
        if (step.do === 'load') return;
        const dropped = told(outcome, 'droppedLoad') ? outcome.droppedLoad : 0;
        expect(totalLoad(group) + dropped).toBeCloseTo(loadBefore);
      }),
    );
  });

  it('work goes to the healthy actives, in order', () => {
    checkAll((steps, minHealthy) =>
      replay(steps, minHealthy, ({ group }) => {
        expect(group.eligible().map(({ id }) => id)).toEqual(
          group.actives.filter((id) => group.component(id)?.status === 'healthy'),
        );
      }),
    );
  });

  it('no healthy standby is left idle by a failure or a recovery below the minimum', () => {
    checkAll((steps, minHealthy) =>
      replay(steps, minHealthy, ({ group, outcome }) => {
        if (!told(outcome, 'promoted') || group.eligible().length >= minHealthy) return;
        for (const id of group.standbys) expect(group.component(id)?.status).toBe('degraded');
      }),
    );
  });

  it('the level says whether the minimum is healthy', () => {
    checkAll((steps, minHealthy) =>
      replay(steps, minHealthy, ({ group }) => {
        const { level, healthyComponents, canHandleFailures } = group.health();
        expect(level === 'LOW').toBe(healthyComponents < minHealthy);
        expect(level === 'HIGH').toBe(healthyComponents >= 2 * minHealthy);
        expect(canHandleFailures).toBe(healthyComponents >= minHealthy);
      }),
    );
  });

  it('it is what the rules say, said plainly', () => {
    checkAll((steps, minHealthy) => {
      const plain = new PlainGroup(minHealthy);
      replay(steps, minHealthy, ({ group, step }) => {
        plain.apply(step);
        expect(group.actives).toEqual(plain.actives);
        expect(group.standbys).toEqual(plain.standbys);
        for (const id of IDS) {
          expect(group.component(id)).toMatchObject({
            status: plain.status.get(id),
            failureCount: plain.failures.get(id),
            recoveryAttempts: plain.attempts.get(id),
          });
          expect(group.component(id)?.load).toBeCloseTo(plain.load.get(id) ?? 0);
        }
        expect(group.health().healthyComponents).toBe(plain.healthy(IDS).length);
      });
    });
  });

  it('the same history gives the same state', () => {
    checkAll((steps, minHealthy) => {
      const run = () => {
        const states: unknown[] = [];
        replay(steps, minHealthy, ({ group, outcome }) => states.push([outcome, stateOf(group)]));
        return states;
      };
      expect(run()).toEqual(run());
    });
  });

  it('no list changes that somebody holds', () => {
    checkAll((steps, minHealthy) => {
      const held: { list: readonly unknown[]; copy: unknown[] }[] = [];
      replay(steps, minHealthy, ({ group }) => {
        for (const list of [group.actives, group.standbys, group.eligible()]) {
          held.push({ list, copy: [...list] });
        }
      });
      for (const { list, copy } of held) expect(list).toEqual(copy);
    });
  });
});
