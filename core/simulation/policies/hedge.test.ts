import { describe, expect, test } from 'vitest';
import { estimate } from '../estimate.ts';
import { noFailures } from '../outcome.ts';
import { loadTest, oneCaller, simulated } from '../testing/model.ts';

const yaml = (server: string, hedge: string, call = '') => `
circuitBreakers: { server: { failureThreshold: 1 } }
bulkheads: { pool: { size: 10 } }
services:
  client:
    latency: 0s
    calls: [{ to: server, hedge: ${hedge}, circuitBreaker: server, bulkhead: pool, ${call} }]
  server: ${server}
`;

describe('a hedge', () => {
  // The first copy takes longer than t, and the second, which starts d later, longer than t − d.
  test('brings the 99th percentile of exponential latencies to (d + m ln 100) / 2', () => {
    const [meanMs, delayMs] = [100, 200];
    const { replications } = simulated(`
services:
  client: { traffic: { rate: 100/s }, latency: 0s, calls: [{ to: server, hedge: { after: 200ms } }] }
  server: { latency: { mean: 100ms } }
simulation: { duration: 5m, replications: 10 }
`);
    const p99 = estimate(replications.map(({ latencyMs }) => latencyMs?.p99 ?? Number.NaN));
    const exact = (delayMs + meanMs * Math.log(100)) / 2;
    // The histogram is right to 1 %.
    expect(Math.abs(p99.mean - exact)).toBeLessThan(2 * (p99.halfWidth ?? 0) + 0.01 * exact);
    expect(p99.halfWidth).toBeLessThan(0.02 * exact);
    // Of the calls, e⁻² are late.
    const load = estimate(replications.map((run) => run.callsSent / run.callsIntended));
    expect(load.halfWidth).toBeLessThan(0.005);
    expect(Math.abs(load.mean - (1 + Math.exp(-2)))).toBeLessThan(2 * (load.halfWidth ?? 0));
  });

  test.each(['abort', 'abandon'])(
    'gives up copies that are not needed any more, which is no failure of theirs (%s)',
    (onTimeout) => {
      const { callsSent, durationMs, succeeded, world } = loadTest(
        yaml('{ latency: 1s }', '{ after: 300ms, attempts: 5 }', `onTimeout: ${onTimeout}`) +
          oneCaller(1),
      );
      // Nothing took too long, so nothing is abandoned.
      expect([succeeded, durationMs, callsSent]).toEqual([1, 1000, 4]);
      expect(world.pools.get('pool')?.machine.inUse).toBe(0);
      expect(world.breakers.get('server')?.machine.metrics(0)).toMatchObject({
        totalCalls: 1,
        successRatePercent: 100,
      });
    },
  );

  test('sends the next copy at once when one has failed, and fails when all have', () => {
    const { callsSent, durationMs, failures } = loadTest(`
services:
  client: { latency: 0s, calls: [{ to: server, hedge: { after: 10s, attempts: 3 } }] }
  server: { latency: 1s, errorRate: 100% }
${oneCaller(1)}`);
    expect([callsSent, durationMs]).toEqual([3, 3000]);
    expect(failures).toEqual({ ...noFailures(), error: 1 });
  });

  test('waits for the next copy from when the last one was sent', () => {
    const { callsSent, durationMs } = loadTest(`
services:
  client: { latency: 0s, calls: [{ to: server, timeout: 600ms, hedge: { after: 1s, attempts: 3 } }] }
  server: { latency: 1h }
${oneCaller(1)}`);
    // Sent at 0, 0.6 and 1.2 s, each because the one before had failed; none is due at 1 s.
    expect([callsSent, durationMs]).toEqual([3, 1800]);
  });

  test('waits for the copies that are out when another fails', () => {
    const { callsSent, durationMs, succeeded } = loadTest(`
services:
  client: { latency: 0s, calls: [{ to: server, hedge: { after: 300ms } }] }
  server: { latency: 1s }
${oneCaller(1, '{ at: 900ms, degrade: server, errorRate: 100%, for: 200ms }')}`);
    // The first fails at 1 s, the second answers at 1.3 s.
    expect([callsSent, durationMs, succeeded]).toEqual([2, 1300, 1]);
  });

  test('never sends twice what must not be done twice', () => {
    const { callsSent } = loadTest(
      yaml('{ latency: 1s }', '{ after: 10ms }', 'idempotent: false') + oneCaller(1),
    );
    expect(callsSent).toBe(1);
  });

  test('around a retry hedges all its tries, inside one each of them', () => {
    const sent = (order: string) =>
      loadTest(`
retries: { twice: { attempts: 2, backoff: { initial: 100ms, jitter: none } } }
services:
  client:
    latency: 0s
    calls: [{ to: server, timeout: 1s, retry: twice, hedge: { after: 600ms }, order: ${order} }]
  server: { latency: 1h }
${oneCaller(1)}`);
    // Inside: tries at 0 and 1.7 s, a copy 600 ms later, and the last of them ends a second after.
    const inside = sent('[retry, hedge, timeout]');
    expect([inside.callsSent, inside.durationMs]).toEqual([4, 2 * 1600 + 100]);
    // Outside: the whole of it twice, the second time 600 ms later.
    const outside = sent('[hedge, retry, timeout]');
    expect([outside.callsSent, outside.durationMs]).toEqual([4, 600 + 2100]);
  });

  test('is given up whole, with every copy', () => {
    const { failures, world } = loadTest(
      yaml('{ latency: 10s }', '{ after: 100ms, attempts: 5 }', 'deadline: 1s') + oneCaller(1),
    );
    expect(failures).toEqual({ ...noFailures(), deadline: 1 });
    expect(world.pools.get('pool')?.machine.stats).toMatchObject({ admitted: 5 });
    expect(world.pools.get('pool')?.machine.inUse).toBe(0);
  });
});
