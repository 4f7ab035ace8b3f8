import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BulkheadFullError, load, VirtualClock } from '../../core/index.ts';
import { createRandom } from '../../core/time/index.ts';

const file = new URL('../../samples/web-bulkheads.resilience.yaml', import.meta.url);
const REQUESTS = 100;
const CALLERS = 50;

/** The load test of the sample, as live code: requests of 0.1 to 2 s, of which 1 in 10 fails. */
async function loadTest(seed: number) {
  const clock = new VirtualClock();
  const policies = load(readFileSync(file, 'utf8'), { clock });
  const random = createRandom(seed);
  const services = [
    'user-authentication',
    'payment-processing',
    'order-management',
    'product-catalog',
    'analytics-reporting',
    'third-party-apis',
  ];
  const results = { succeeded: 0, exhausted: 0, failed: 0 };
  const request = async () => {
    const name = services[Math.floor(random.next() * services.length)] as string;
    const workMs = 100 + random.next() * 1_900;
    const fails = random.next() < 0.1;
    const work = () =>
      new Promise<void>((resolve, reject) => {
        clock.after(workMs, () => (fails ? reject(new Error('broken')) : resolve()));
      });
    await policies
      .service(name)
      .serve(work)
      .then(
        () => {
          results.succeeded += 1;
        },
        (error: unknown) => {
          results[error instanceof BulkheadFullError ? 'exhausted' : 'failed'] += 1;
        },
      );
  };
  let left = REQUESTS;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      await request();
    }
  };
  const done = Promise.all(Array.from({ length: CALLERS }, caller));
  await clock.advance(60_000);
  await done;
  return { policies, results };
}

describe('the web application with bulkheads, live', () => {
  it('answers each request in one of three ways, and keeps every pool to its size', async () => {
    const { policies, results } = await loadTest(11);
    const { exhausted, failed, succeeded } = results;
    expect(succeeded + exhausted + failed).toBe(REQUESTS);
    expect(succeeded).toBeGreaterThan(failed);
    for (const [name, pool] of policies.bulkheads) {
      expect(pool.stats.peakInUse, name).toBeLessThanOrEqual(
        { critical: 20, standard: 30, background: 10, external: 15 }[name] as number,
      );
      expect(pool.inUse, name).toBe(0);
    }
    const total = [...policies.bulkheads.values()].reduce(
      (sum, { stats }) => sum + stats.requests,
      0,
    );
    expect(total).toBe(REQUESTS);
  });

  it('rejects only where a pool was full', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, (_, seed) => loadTest(seed)));
    for (const { policies, results } of runs) {
      const full = [...policies.bulkheads.values()].filter(({ stats }) => stats.rejected > 0);
      expect(full.length > 0).toBe(results.exhausted > 0);
    }
    expect(runs.some(({ results }) => results.exhausted > 0)).toBe(true);
  });
});
