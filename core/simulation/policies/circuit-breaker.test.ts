import { describe, expect, test } from 'vitest';
import { loadTest, oneCaller } from '../testing/model.ts';

const FAILS_FROM_5S = '{ at: 4500ms, degrade: server, errorRate: 100% }';

/** When the breaker opened under calls that take a second each. */
function opened(breaker: string, faults = FAILS_FROM_5S): number[] {
  const { world } = loadTest(`
circuitBreakers: { server: { ${breaker} } }
services:
  client: { latency: 0s, calls: [{ to: server, circuitBreaker: server, fallback: { default: 0 } }, { to: pause }] }
  server: { latency: 1s }
  pause: { latency: 0s }
${oneCaller(12, faults)}`);
  const states = world.breakers.get('server')?.states ?? [];
  return states.filter(({ state }) => state === 'open').map(({ atMs }) => atMs);
}

describe('a breaker opens', () => {
  test.each([
    // Four successes, which count nothing off a counter at zero, then failures.
    { breaker: 'failureThreshold: 3', atMs: 7000 },
    { breaker: 'counting: consecutive, failureThreshold: 2', atMs: 6000 },
    // Of the last four: F at 5 s, FF at 6 s.
    { breaker: 'windowCalls: 4, minimumCalls: 4, failureRate: 50%', atMs: 6000 },
    { breaker: 'windowCalls: 10, minimumCalls: 8, failureRate: 40%', atMs: 8000 },
  ])('with { $breaker } at $atMs ms', ({ atMs, breaker }) => {
    expect(opened(`${breaker}, recoveryTimeout: 1h`)[0]).toBe(atMs);
  });

  test('when calls of the last seconds are too slow', () => {
    const slow = '{ at: 4500ms, degrade: server, latency: 2s }';
    const breaker = 'window: 10s, minimumCalls: 4, slowCall: 2s, slowCallRate: 50%';
    // Answers at 1, 2, 3, 4 and 5 s, and slow ones at 8, 11 and 14 s: three of the last four.
    expect(opened(`${breaker}, recoveryTimeout: 1h`, slow)).toEqual([14_000]);
  });

  test('for longer each time that it opens again without having closed', () => {
    const breaker =
      'failureThreshold: 1, recoveryTimeout: 10s, recoveryFactor: 2, maxRecoveryTimeout: 30s';
    const { world } = loadTest(`
circuitBreakers: { server: { ${breaker} } }
services:
  client: { latency: 1s, calls: [{ to: server, circuitBreaker: server, fallback: { default: 0 } }] }
  server: { latency: 0s, errorRate: 100% }
${oneCaller(120)}`);
    expect(world.breakers.get('server')?.states).toMatchObject([{}, { atMs: 1000, state: 'open' }]);
    // Asked every second, it lets calls through at 1, 11, 31, 61 and 91 s; a half-open state that is
    // left at once has no length.
    expect(world.station('server').statistics.requests).toBe(5);
  });
});
