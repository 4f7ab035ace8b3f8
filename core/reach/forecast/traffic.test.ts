import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.ts';
import { runSimulation } from '../../simulation/index.ts';
import { TrafficForecast } from './traffic.ts';

/** What is forecast of requests to `web`, the only ones from outside. */
function forecast(yaml: string) {
  const { model } = readConfig(`version: 1\n${yaml}`, 'a.yaml');
  const web = model.services.get('web');
  const outcome = web && new TrafficForecast({ withErrors: true }).of(model).get(web);
  if (!outcome) throw new Error("There is no 'web'.");
  return { model, outcome };
}

describe('requests', () => {
  // Where the simulator draws every request, the sum of distributions must come to the same.
  it.each([
    [
      'wait for slots in a queue',
      `bulkheads: { pool: { size: 10, queue: 8, maxWait: 300ms } }
services: { web: { bulkhead: pool, traffic: { rate: 90/s }, latency: { mean: 100ms } } }`,
    ],
    [
      'wait for capacity',
      `redundancy: { db: { minHealthy: 1, active: [a], capacity: 100/s, latency: 5ms } }
services: { web: { traffic: { rate: 80/s }, latency: 1ms, calls: [{ to: db }] } }`,
      // The longest waits come together: what is one in a hundred takes long to tell.
      16,
    ],
    [
      'slow one another down',
      `services: { web: { traffic: { rate: 50/s }, latency: 200ms, contention: 1ms } }`,
    ],
    [
      'run out of time, and try again',
      `retries: { again: { attempts: 3, backoff: { initial: 50ms, jitter: full } } }
services:
  web: { traffic: { rate: 100/s }, latency: 10ms, calls: [{ to: slow, timeout: 200ms, retry: again }] }
  slow: { latency: { p50: 50ms, p99: 900ms }, errorRate: 5% }`,
    ],
    [
      'are sent twice, and the first answer counts',
      `services:
  web: { traffic: { rate: 100/s }, latency: 1ms, calls: [{ to: slow, hedge: { after: 100ms } }] }
  slow: { latency: { p50: 50ms, p99: 900ms } }`,
    ],
    [
      'are answered by somebody else',
      `services:
  web: { traffic: { rate: 100/s }, latency: 5ms, calls: [{ to: slow, timeout: 150ms, fallback: { call: other, timeout: 60ms } }] }
  slow: { latency: { mean: 100ms } }
  other: { latency: { min: 10ms, max: 70ms } }`,
    ],
    [
      'are answered by a cache',
      `services:
  web: { traffic: { rate: 50/s }, latency: 1ms, calls: [{ to: slow, cache: { maxAge: 2s, keys: 300 } }] }
  slow: { latency: { min: 50ms, max: 150ms } }`,
    ],
    [
      'have a deadline for everything',
      `retries: { again: { attempts: 5, backoff: { initial: 20ms, growth: linear, jitter: equal } } }
services:
  web: { traffic: { rate: 100/s }, latency: 1ms, calls: [{ to: slow, deadline: 300ms, timeout: 100ms, retry: again }] }
  slow: { latency: { mean: 80ms }, errorRate: 10% }`,
    ],
    [
      'go through three services, one after the other',
      `services:
  web: { traffic: { rate: 100/s }, latency: { p50: 10ms, p99: 80ms }, calls: [{ to: a }, { to: b }] }
  a: { latency: { p50: 30ms, p99: 300ms }, calls: [{ to: b }] }
  b: { latency: { mean: 20ms } }`,
    ],
  ])('%s as the simulator has it', (_, yaml, replications = 2) => {
    const { model, outcome } = forecast(
      `${yaml}\nsimulation: { duration: 10m, replications: ${replications} }`,
    );
    const run = runSimulation(model);
    if (run.kind !== 'done') throw new Error(JSON.stringify(run));
    const all = run.replications;
    const mean = (value: (run: (typeof all)[number]) => number) =>
      all.reduce((sum, one) => sum + value(one), 0) / all.length;
    const answered = mean(({ arrived, degraded, succeeded }) => (succeeded + degraded) / arrived);
    // Shares to a twentieth of those that fail, or three in a thousand; times to a twentieth.
    const slack = Math.max(0.003, (1 - answered) / 10);
    expect(Math.abs(outcome.answered.total - answered)).toBeLessThan(slack);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const simulated = mean(({ latencyMs }) => latencyMs?.[name] ?? 0);
      expect(Math.abs(outcome.answered.quantileMs(share) / simulated - 1)).toBeLessThan(0.06);
    }
  });

  it('of all kinds are all there', () => {
    const { outcome } = forecast(`retries: { again: { attempts: 3, budget: 10% } }
bulkheads: { pool: { size: 1 } }
services:
  web: { traffic: { rate: 30/s }, bulkhead: pool, calls: [{ to: slow, timeout: 50ms, retry: again, idempotent: false }] }
  slow: { latency: { mean: 50ms }, errorRate: 30% }`);
    const { answered, failed, refused } = outcome;
    expect(answered.total + failed.total + refused.total).toBeCloseTo(1, 9);
    expect(refused.total).toBeGreaterThan(0.1);
  });

  it('that must not be repeated are not', () => {
    const failing = (idempotent: boolean) => {
      const { outcome } = forecast(`retries: { again: { attempts: 3 } }
services: { web: { calls: [{ to: pay, retry: again, idempotent: ${idempotent} }] }, pay: { errorRate: 10% } }`);
      return outcome.failed.total;
    };
    expect(failing(true)).toBeCloseTo(0.001, 9);
    expect(failing(false)).toBeCloseTo(0.1, 9);
  });

  it('are repeated as far as the budget goes', () => {
    const { outcome } =
      forecast(`retries: { again: { attempts: 2, budget: 5%, minRetriesPerSecond: 0 } }
services: { web: { traffic: { rate: 10/s }, calls: [{ to: pay, retry: again }] }, pay: { errorRate: 10% } }`);
    // Half of the failures are tried again, and nine tenths of those succeed.
    expect(outcome.failed.total).toBeCloseTo(0.1 * (0.5 + 0.5 * 0.1), 9);
  });

  it('of services in a circle are left out', () => {
    const { model } = readConfig(
      'version: 1\nservices: { a: { calls: [{ to: b }] }, b: { calls: [{ to: a }] }, c: {} }',
      'a.yaml',
    );
    const traffic = new TrafficForecast({ withErrors: true }).of(model);
    expect([...traffic.keys()].map(({ name }) => name)).toEqual(['c']);
  });
});
