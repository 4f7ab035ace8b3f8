import { expect, test } from 'vitest';
import { analyse } from '../analyse.ts';
import { simulate } from '../simulate.ts';
import type { Report } from './report.ts';

function reportOf(yaml: string): Report {
  const outcome = simulate(analyse(`version: 1\n${yaml}`, 'shop.resilience.yaml'));
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.report;
}

const YAML = `
rateLimiters: { partner: { rate: 40/s, burst: 2, maxWait: 20ms } }
concurrencyLimits: { search: { initial: 4, max: 10 } }
connectionPools: { orders: { max: 2, queue: 1, acquireTimeout: 50ms } }
services:
  shop:
    traffic: { rate: 50/s }
    latency: 0s
    calls:
      - { to: partner, rateLimiter: partner, fallback: { default: 0 } }
      - { to: search, concurrencyLimit: search, hedge: { after: 50ms }, cache: { maxAge: 1s, keys: 40 } }
      - { to: orders, connectionPool: orders, timeout: 60ms, idempotent: false, hedge: { after: 1ms } }
  partner: { latency: 10ms }
  search: { latency: { mean: 80ms } }
  orders: { latency: { mean: 30ms } }
simulation: { duration: 1m, replications: 1 }
`;
const report = reportOf(YAML);

test('limits tell what they let through and whom they turned away', () => {
  const [partner, search, orders] = report.limits;
  expect(report.limits.map(({ kind, name, usedBy }) => [kind, name, usedBy])).toEqual([
    ['rate-limiter', 'partner', ['shop → partner']],
    ['concurrency-limit', 'search', ['shop → search']],
    ['connection-pool', 'orders', ['shop → orders']],
  ]);
  expect(partner).toMatchObject({ limit: 40, peak: null });
  expect(partner?.waited).toBeGreaterThan(100);
  expect(search?.peak).toBeGreaterThanOrEqual(4);
  expect(search?.lowestLimit).toBeLessThanOrEqual(search?.limit ?? 0);
  expect(orders).toMatchObject({ limit: 2, peak: 2 });
  for (const { admitted, rejected } of report.limits) {
    expect(admitted).toBeGreaterThan(100);
    expect(rejected).toBeGreaterThan(0);
  }
});

test('calls tell what the policies around them did, and add up with the limits', () => {
  const [partner, search, orders] = report.calls;
  const [partnerLimit, searchLimit] = report.limits;
  expect(report.calls.map(({ from, place, to }) => [from, to, place.start.line])).toEqual([
    ['shop', 'partner', 10],
    ['shop', 'search', 11],
    ['shop', 'orders', 12],
  ]);
  expect(partner?.sent).toBe(partnerLimit?.admitted);
  expect(partner?.fallbackAnswers).toBe(partnerLimit?.rejected);
  expect(search?.copies).toBeGreaterThan(50);
  expect(search?.freshAnswers).toBeGreaterThan(500);
  const asked = (search?.made ?? 0) - (search?.freshAnswers ?? 0) + (search?.copies ?? 0);
  expect(asked).toBe((searchLimit?.admitted ?? 0) + (searchLimit?.rejected ?? 0));
  expect(orders).toMatchObject({ copies: 0, retries: 0 });
});

test('a hedge that would do twice what must be done once is said not to be used', () => {
  const remark = report.assumptions.find(({ text }) => text.includes('hedge'));
  expect(remark).toMatchObject({
    text: 'The hedge of shop → orders sends no copies: the call is not idempotent.',
    place: { start: { line: 12 } },
  });
});

test('a group that only a fallback calls is called', () => {
  const { assumptions } = reportOf(`
redundancy: { spare: { minHealthy: 1, active: [s1, s2] } }
services:
  shop: { traffic: { rate: 5/s }, calls: [{ to: partner, fallback: { call: spare } }] }
  partner: { errorRate: 100% }
simulation: { duration: 10s, replications: 1 }
`);
  expect(assumptions.map(({ text }) => text)).toContain(
    "A call to spare takes 10ms: it has no 'latency'.",
  );
});
