import { expect, test } from 'vitest';
import { Condition } from './degradation.ts';

test('of several degradations the worst error rate counts, and latencies add up, capacities multiply', () => {
  const condition = new Condition();
  const mild = { errorRate: 0.1, addedLatencyMs: 100, capacityShare: 0.5 };
  const bad = { errorRate: 0.5, addedLatencyMs: 20, capacityShare: 0.5 };
  const slow = { errorRate: undefined, addedLatencyMs: 3, capacityShare: 1 };
  for (const degradation of [mild, bad, slow]) condition.begin(degradation);
  expect(condition).toMatchObject({ errorRate: 0.5, addedLatencyMs: 123, capacityShare: 0.25 });
  condition.end(bad);
  expect(condition).toMatchObject({ errorRate: 0.1, capacityShare: 0.5, isDegraded: true });
  condition.end(mild);
  condition.end(slow);
  expect(condition).toMatchObject({ errorRate: -1, addedLatencyMs: 0, isDegraded: false });
});
