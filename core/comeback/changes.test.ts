import { expect, it } from 'vitest';
import { modelOf } from '../simulation/testing/model.ts';
import { singleChanges } from './changes.ts';

const titles = (yaml: string) => singleChanges(modelOf(yaml)).map(({ title }) => title);

const CONFIG = `
retries: { r: { attempts: 3 }, unused: { attempts: 3 } }
bulkheads: { p: { size: 2, queue: 5, maxWait: 1s }, q: { size: 2 } }
services:
  web:
    traffic: { rate: 95/s }
    bulkhead: p
    calls: [{ to: db, timeout: 200ms, retry: r, onTimeout: abandon }]
  db: { capacity: 100/s }
`;

it('are tried one by one, each where it means something', () => {
  expect(titles(CONFIG)).toEqual([
    "Retry nothing in 'r' (attempts: 1)",
    "Give 'r' a budget of 10% (minRetriesPerSecond: 0)",
    "Give 'r' a budget of 5.2% (minRetriesPerSecond: 0)",
    "Put a default circuit breaker around 'web' → 'db'",
    "Put a bulkhead of 10 around 'web' → 'db'",
    "Abort 'web' → 'db' when it times out (onTimeout: abort)",
    "Wait for 'web' → 'db' twice as long (timeout: 400ms)",
    "Let nothing wait for 'p' (queue: 0)",
  ]);
});

it('are not tried where they are made already', () => {
  const made = CONFIG.replace('attempts: 3 }', 'attempts: 3, budget: 5% }')
    .replace('queue: 5', 'queue: 0')
    .replace('onTimeout: abandon', 'circuitBreaker: b, bulkhead: q')
    .replace('services:', 'circuitBreakers: { b: {} }\nservices:');
  expect(titles(made)).toEqual([
    "Retry nothing in 'r' (attempts: 1)",
    "Wait for 'web' → 'db' twice as long (timeout: 400ms)",
  ]);
});

it('leave the model as it is', () => {
  const model = modelOf(CONFIG);
  const before = JSON.stringify([...model.services, ...model.retries, ...model.bulkheads]);
  for (const change of singleChanges(model)) {
    const { bulkheads, retries, services } = change.model;
    expect(JSON.stringify([...services, ...retries, ...bulkheads])).not.toBe(before);
  }
  expect(JSON.stringify([...model.services, ...model.retries, ...model.bulkheads])).toBe(before);
});
