import { expect, it } from 'vitest';
import { analyse } from '../../analyse.ts';

const ids = (traffic: string) =>
  analyse(
    `version: 1
rateLimiters: { partner: { rate: 100/s, burst: 1 } }
bulkheads: { partner: { size: 10 } }
services:
  shop:
    traffic: ${traffic}
    calls: [{ to: partner, timeout: 2s, rateLimiter: partner, bulkhead: partner }]
  partner: { latency: 200ms }
`,
    'test.resilience.yaml',
  ).findings.map(({ ruleId }) => ruleId);

const BY_CHANCE = ['rate-limiter-burst-too-small', 'bulkhead-below-demand'];

it('what chance turns away is told of requests that come by chance', () => {
  expect(ids('{ rate: 30/s }')).toEqual(expect.arrayContaining(BY_CHANCE));
});

it.each([
  '{ rate: 30/s, arrivals: constant }',
  '{ trace: { times: [0s, 33ms, 67ms], repeatAfter: 100ms } }',
])('and of no others: %s', (traffic) => {
  for (const id of BY_CHANCE) expect(ids(traffic)).not.toContain(id);
});
