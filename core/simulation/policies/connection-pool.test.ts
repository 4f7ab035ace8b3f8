import { describe, expect, test } from 'vitest';
import { noFailures } from '../outcome.ts';
import { loadTest, oneCaller } from '../testing/model.ts';

const load = (pool: string, call: string, server: string, requests: number, callers = requests) =>
  loadTest(`
connectionPools: { server: { ${pool} } }
services:
  client: { latency: 0s, calls: [{ to: server, connectionPool: server, ${call} }] }
  server: { latency: ${server} }
scenarios:
  load: { load: { requests: ${requests}, callers: ${callers}, services: [client] } }
simulation: { duration: 1h, replications: 1 }
`);

const statsOf = ({ world }: ReturnType<typeof load>) =>
  world.connectionPools.get('server')?.machine.stats;

describe('a connection pool', () => {
  test('never has more connections than it may, and those who wait use them in turn', () => {
    const run = load('max: 3', '', '1s', 10);
    // Four rounds of three.
    expect([run.succeeded, run.durationMs]).toEqual([10, 4000]);
    expect(statsOf(run)).toMatchObject({ created: 3, peakInUse: 3, inUse: 0, idle: 3, waiting: 0 });
  });

  test('takes its time to open a connection, but not to use it again', () => {
    const run = load('max: 1, connect: 50ms', '', '100ms', 3, 1);
    expect(run.durationMs).toBe(50 + 3 * 100);
    expect(statsOf(run)?.created).toBe(1);
  });

  test('opens a new one after those that nobody needed were closed', () => {
    const { world } = loadTest(`
connectionPools: { server: { max: 5, connect: 50ms, idleTimeout: 2s } }
services:
  client: { latency: 3s, calls: [{ to: server, connectionPool: server }] }
  server: { latency: 0s }
${oneCaller(3)}`);
    expect(world.engine.nowMs).toBe(3 * 3050);
    const stats = world.connectionPools.get('server')?.machine.stats;
    expect(stats).toMatchObject({ created: 3, evicted: 2, idle: 1 });
  });

  test('turns away whom it cannot let wait, and lets go whom it let wait for too long', () => {
    const run = load('max: 1, queue: 2, acquireTimeout: 1500ms', '', '1s', 5);
    expect(run.succeeded).toBe(2);
    expect(run.failures).toEqual({ ...noFailures(), 'no-connection': 3 });
    expect(statsOf(run)).toMatchObject({ rejected: 2, timeouts: 1, inUse: 0, waiting: 0 });
  });

  test('closes a connection over which an answer is still to come', () => {
    const run = load('max: 2, connect: 10ms', 'timeout: 100ms', '1s', 4, 2);
    expect(run.failures).toEqual({ ...noFailures(), timeout: 4 });
    expect(statsOf(run)).toMatchObject({ created: 4, broken: 4, inUse: 0, idle: 0 });
  });

  test('keeps the connection of abandoned work until the answer has come, and uses it again', () => {
    const statsAfter = (pause: string, requests: number) =>
      statsOf(
        loadTest(`
connectionPools: { server: { max: 5 } }
services:
  client:
    latency: 0s
    calls:
      - to: server
        timeout: 100ms
        onTimeout: abandon
        connectionPool: server
        fallback: { default: 0 }
      - { to: pause }
  server: { latency: 1s }
  pause: { latency: ${pause} }
${oneCaller(requests)}`),
      );
    expect(statsAfter('500ms', 1)).toMatchObject({ inUse: 1, idle: 0 });
    expect(statsAfter('2s', 3)).toMatchObject({ created: 1, broken: 0, inUse: 0, idle: 1 });
  });

  test('gives the connection that was opened for one who left to the next', () => {
    const { durationMs, world } = loadTest(`
connectionPools: { server: { max: 1, connect: 500ms } }
services:
  client:
    latency: 0s
    calls:
      - { to: server, deadline: 100ms, connectionPool: server, fallback: { default: 0 } }
      - { to: server, connectionPool: server }
  server: { latency: 1s }
${oneCaller(1)}`);
    expect(durationMs).toBe(500 + 1000);
    const stats = world.connectionPools.get('server')?.machine.stats;
    expect(stats).toMatchObject({ created: 1, cancelled: 1, inUse: 0, idle: 1 });
    expect(world.station('server').statistics.requests).toBe(1);
  });
});
