import { expect, it } from 'vitest';
import { modelOf } from '../simulation/testing/model.ts';
import { closedForm } from './closed-form.ts';
import { withTrafficOf } from './load.ts';

/** Five tries of a worker with one slot, which can serve 10/s. */
const worker = ({ pool = 'size: 1, queue: 100, maxWait: 10m', also = '' }) => `
retries: { again: { attempts: 5, backoff: { initial: 0ms, jitter: none } } }
bulkheads: { worker: { ${pool} } }
services:
  client: { calls: [{ to: server, timeout: 3s, retry: again, idempotent: true }] }
  server: { bulkhead: worker, latency: { mean: 100ms } }
  ${also}
scenarios: { busy: { traffic: { client: { rate: 3/s } } } }
`;

function limitOf(yaml: string) {
  const model = modelOf(yaml);
  const scenario = model.scenarios.get('busy');
  return scenario && closedForm(withTrafficOf(model, scenario));
}

it('slots that a line waits for are a capacity, in the traffic of the scenario', () => {
  const found = limitOf(worker({}));
  const slots = { count: 1, holdMs: 100 };
  expect(found).toMatchObject({ node: 'server', capacityPerSecond: 10, slots, amplification: 5 });
  // 10 / 5 = 2 of 3 a second.
  expect(found?.factor).toBeCloseTo(2 / 3, 9);
  expect(limitOf(worker({ pool: 'size: 4, queue: 400, maxWait: 10m' }))?.factor).toBeCloseTo(
    8 / 3,
    9,
  );
});

it.each([
  ['the line is served before anybody gives up', { pool: 'size: 1, queue: 20, maxWait: 10m' }],
  ['nobody waits for that long', { pool: 'size: 1, queue: 100, maxWait: 1s' }],
  ['what comes too many is turned away', { pool: 'size: 1, queue: 0' }],
  ['somebody else has a part of the slots', { also: 'other: { bulkhead: worker }' }],
])('none where %s', (_, what) => {
  expect(limitOf(worker(what))).toBeUndefined();
});
