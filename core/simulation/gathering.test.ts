import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gathering, type RunPlan } from './gathering.ts';
import { planRun, runPart, runSimulation } from './run.ts';
import { modelOf } from './testing/model.ts';

const model = modelOf(`
services: { web: { traffic: { rate: 20/s }, latency: { p50: 20ms, p99: 200ms }, errorRate: 5% } }
simulation: { duration: 20s, replications: 4 }
`);

function planOf(options: Parameters<typeof planRun>[1]): RunPlan {
  const planned = planRun(model, options);
  if (planned.kind === 'planned') return planned.plan;
  throw new Error(planned.problems.map(({ message }) => message).join());
}

/** Runs a plan with the replications of each batch in another order. */
function shuffled(plan: RunPlan, keys: readonly number[]) {
  const gathering = new Gathering(plan);
  const sizes: number[] = [];
  for (let batch = gathering.nextBatch(); batch.length > 0; batch = gathering.nextBatch()) {
    sizes.push(batch.length);
    const order = batch.toSorted((a, b) => key(keys, a) - key(keys, b));
    for (const index of order) gathering.add(index, runPart(model, plan, index, () => true).part);
  }
  return { gathered: gathering.gathered(), sizes };
}

function key(keys: readonly number[], index: number): number {
  return keys[index % keys.length] ?? 0;
}

describe('gathering', () => {
  test.each([[{}], [{ precision: 0.1 }], [{ precision: 0.05, seed: 3 }]])(
    'gives the same in whatever order replications come: %j',
    (options) => {
      const plan = planOf(options);
      const inOrder = shuffled(plan, [0]).gathered;
      fc.assert(
        fc.property(fc.array(fc.nat(100), { minLength: 1 }), (keys) => {
          expect(shuffled(plan, keys).gathered).toEqual(inOrder);
        }),
        { numRuns: 5 },
      );
    },
  );

  test('runs on until the interval is narrow enough, at points that do not depend on chance', () => {
    const wide = shuffled(planOf({ precision: 0.5 }), [0]);
    const narrow = shuffled(planOf({ precision: 0.02 }), [0]);
    if (wide.gathered.kind !== 'done' || narrow.gathered.kind !== 'done')
      throw new Error('not done');
    expect(wide.sizes).toEqual([5]);
    expect(narrow.sizes.slice(0, 4)).toEqual([5, 3, 4, 6]);
    expect(narrow.gathered.precision?.reached).toBeLessThanOrEqual(0.02);
    expect(narrow.gathered.replications.slice(0, 5)).toEqual(wide.gathered.replications);
  });

  test('stops at the most replications, and says how wide the interval still is', () => {
    const plan = { ...planOf({ precision: 0.0001 }), mostReplications: 10 };
    const { gathered, sizes } = shuffled(plan, [0]);
    if (gathered.kind !== 'done') throw new Error(gathered.kind);
    expect(sizes).toEqual([5, 3, 2]);
    expect(gathered.precision?.reached).toBeGreaterThan(0.0001);
  });

  test('keeps those before the first that was given up, and none after it', () => {
    const plan = planOf({});
    const gathering = new Gathering(plan);
    const [, , , last] = gathering.nextBatch();
    for (const index of [0, 1, 3]) {
      gathering.add(index, runPart(model, plan, index, () => true).part);
    }
    gathering.add(2, { kind: 'cancelled' });
    expect(last).toBe(3);
    expect(gathering.nextBatch()).toEqual([]);
    const gathered = gathering.gathered();
    if (gathered.kind !== 'done') throw new Error(gathered.kind);
    expect(gathered.replications).toHaveLength(2);
    expect(gathered.partial).toEqual({ planned: 4, isCut: false });
  });

  test('tells of the first replication that is too much, whichever was known first', () => {
    const gathering = new Gathering(planOf({}));
    gathering.nextBatch();
    gathering.add(1, { kind: 'too-much', atMs: 7, message: 'second' });
    gathering.add(0, { kind: 'too-much', atMs: 5, message: 'first' });
    expect(gathering.gathered()).toMatchObject({ kind: 'too-much', problem: { message: 'first' } });
  });
});

test.each([0, -1, 0.9, Number.NaN])('a precision of %d is refused', (precision) => {
  expect(runSimulation(model, { precision })).toMatchObject({
    kind: 'refused',
    problems: [{ message: expect.stringContaining("'precision' must be from 0.01% to 50%") }],
  });
});
