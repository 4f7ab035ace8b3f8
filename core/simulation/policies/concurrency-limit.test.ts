import { describe, expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest } from '../testing/model.ts';

const yaml = (call: string, server: string, order = '') => `
concurrencyLimits: { server: { initial: 10, max: 50 } }
bulkheads: { small: { size: 2 } }
services:
  client:
    latency: 0s
    calls: [{ to: server, concurrencyLimit: server, ${call} ${order} }]
  server: ${server}
scenarios:
  load: { load: { requests: 12, callers: 12, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`;

describe('a concurrency limit', () => {
  test('rejects at once what is above it', () => {
    const { failures, succeeded, world } = loadTest(yaml('', '{ latency: 1s }'));
    expect(succeeded).toBe(10);
    expect(failures).toEqual({ ...noFailures(), 'limit-exceeded': 2 });
    const limit = world.concurrencyLimits.get('server');
    expect(limit).toMatchObject({ admitted: 10, rejected: 2, peakInFlight: 10 });
    expect(limit?.machine.inFlight).toBe(0);
    // Each answer raises it by a tenth, as long as at least half of it is used.
    expect(limit?.machine.limit).toBe(10);
  });

  test('is cut once by calls that time out together', () => {
    const { world } = loadTest(yaml('timeout: 100ms', '{ latency: 1s }'));
    expect(world.concurrencyLimits.get('server')?.machine.limit).toBe(7);
  });

  test('is cut by a deadline outside that the callee lets pass', () => {
    const { world } = loadTest(yaml('deadline: 100ms', '{ latency: 1s }'));
    const limit = world.concurrencyLimits.get('server');
    expect([limit?.machine.limit, limit?.machine.inFlight]).toEqual([7, 0]);
  });

  test('is cut by a callee whose own pool is full', () => {
    const { world } = loadTest(yaml('', '{ latency: 1s, bulkhead: small }'));
    expect(world.concurrencyLimits.get('server')?.lowestLimit).toBe(7);
  });

  test('learns nothing from what the pool on the side of the caller refuses', () => {
    const { failures, world } = loadTest(yaml('bulkhead: small', '{ latency: 1s }'));
    expect(failures['pool-exhausted']).toBe(10);
    const limit = world.concurrencyLimits.get('server');
    expect([limit?.lowestLimit, limit?.highestLimit]).toEqual([10, 10]);
  });

  test('learns nothing from errors, which are no overload', () => {
    const { world } = loadTest(yaml('', '{ latency: 1s, errorRate: 100% }'));
    const limit = world.concurrencyLimits.get('server');
    expect([limit?.lowestLimit, limit?.highestLimit]).toEqual([10, 10]);
  });

  test('counts work that was abandoned until it has ended', () => {
    const { failures, world } = loadTest(
      yaml('timeout: 100ms, onTimeout: abandon,', '{ latency: 1s }'),
    );
    expect(failures).toMatchObject({ timeout: 10, 'limit-exceeded': 2 });
    expect(world.concurrencyLimits.get('server')?.machine.inFlight).toBe(10);
  });
});
