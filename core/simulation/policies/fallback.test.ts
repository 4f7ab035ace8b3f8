import { describe, expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest, oneCaller } from '../testing/model.ts';

const yaml = (fallback: string, call = '') => `
circuitBreakers: { server: { failureThreshold: 1, recoveryTimeout: 1h } }
services:
  client: { latency: 0s, calls: [{ to: server, fallback: ${fallback}, ${call} }] }
  server: { latency: 1s, errorRate: 100% }
  broken: { latency: 2s, errorRate: 100% }
  spare: { latency: 3s }
${oneCaller(2)}`;

describe('a fallback to another service', () => {
  test('answers in place of the failed call', () => {
    const { callsIntended, callsSent, degraded, durationMs } = loadTest(yaml('{ call: spare }'));
    expect([degraded, durationMs]).toEqual([2, 8000]);
    // It is a call of its own, not a repetition.
    expect([callsIntended, callsSent]).toEqual([4, 4]);
  });

  test('is made at once when a breaker keeps the call back', () => {
    const { degraded, durationMs } = loadTest(yaml('{ call: spare }', 'circuitBreaker: server'));
    expect([degraded, durationMs]).toEqual([2, 4000 + 3000]);
  });

  test('leads to the next step when it fails too', () => {
    const { degraded, durationMs } = loadTest(yaml('[{ call: broken }, { call: spare }]'));
    expect([degraded, durationMs]).toEqual([2, 2 * (1000 + 2000 + 3000)]);
  });

  test('leaves the call with how it failed itself when nothing answers', () => {
    const { failures } = loadTest(yaml('{ call: spare, timeout: 10ms }', 'circuitBreaker: server'));
    expect(failures).toEqual({ ...noFailures(), error: 1, 'circuit-open': 1 });
  });

  test('is given up with the call', () => {
    const { degraded, durationMs, failures, world } = loadTest(
      yaml('{ call: spare }', 'deadline: 2s, order: [deadline, fallback]'),
    );
    expect([degraded, durationMs]).toEqual([0, 4000]);
    expect(failures.deadline).toBe(2);
    expect(world.station('spare').statistics.requests).toBe(2);
  });

  test('says nothing about the callee to a breaker outside', () => {
    const { failures, world } = loadTest(`
bulkheads: { one: { size: 1 } }
circuitBreakers: { server: { failureThreshold: 1 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        circuitBreaker: server
        bulkhead: one
        fallback: { call: broken }
        order: [circuitBreaker, fallback, bulkhead]
  server: { latency: 10s }
  broken: { latency: 1s, errorRate: 100% }
scenarios:
  load: { load: { requests: 2, callers: 2, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`);
    // The second finds no slot, and whatever the other service does, this one was not asked.
    expect(failures).toEqual({ ...noFailures(), 'pool-exhausted': 1 });
    expect(world.breakers.get('server')?.opened).toBe(0);
  });
});

test('the steps are tried in their order', () => {
  const { degraded, world } = loadTest(yaml('[{ default: 0 }, { call: spare }]'));
  expect(degraded).toBe(2);
  expect(world.station('spare').statistics.requests).toBe(0);
});
