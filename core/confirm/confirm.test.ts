import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { findObjective, type ObjectiveName } from '../reach/index.ts';
import { type ConfirmOptions, confirm } from './index.ts';

/** Each member is up 99 % of the time. */
const MEMBERS = 'failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }';

function confirmed(name: ObjectiveName, before: string, after: string, options?: ConfirmOptions) {
  const [first, second] = [before, after].map(
    (yaml) => readConfig(`version: 1\n${yaml}`, 'a.yaml').model,
  );
  const objective = first && findObjective(first, name);
  if (!first || !second || !objective) throw new Error('There is no such objective.');
  return confirm(objective, first, second, options ?? {});
}

const percent = (text: string | undefined) => Number(/^[\d.]+/.exec(text ?? '')?.[0]);

describe('an availability', () => {
  const group = (members: string) => `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [${members}], ${MEMBERS} } }`;

  it('is confirmed over years of failures', () => {
    const found = confirmed(
      { kind: 'availability' },
      group('a-1, a-2, a-3'),
      group('a-1, a-2, a-3, a-4'),
    );
    expect(found).toEqual([
      {
        what: 'In the long run of failures and repairs, exactly',
        before: expect.any(String),
        after: expect.any(String),
        status: 'met',
      },
    ]);
    // 99.9702 % and 99.9996 %.
    expect(Math.abs(percent(found?.[0]?.before) - 99.9702)).toBeLessThan(0.003);
    expect(Math.abs(percent(found?.[0]?.after) - 99.9996)).toBeLessThan(0.0005);
  });

  it('is missed where standbys take their time, whatever the formula says', () => {
    // Who comes back waits as a standby, so in the long run there are no more actives than must be.
    const slow = `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 1, active: [a, b], activation: 2h, ${MEMBERS} } }`;
    const [years] = confirmed({ kind: 'availability' }, slow, slow) ?? [];
    expect(years?.status).toBe('missed');
    expect(years?.before).toBe(years?.after);
  });

  it('notices failures as late as its detector does, without its heartbeats', () => {
    const config = (detection: string) => `objectives: { availability: 99% }
redundancy: { db: { minHealthy: 1, active: [a], ${detection} ${MEMBERS} } }`;
    const [years] =
      confirmed(
        { kind: 'availability' },
        config(''),
        // Between 30 and 60 minutes more.
        config('detection: { interval: 30m, missed: 2 },'),
      ) ?? [];
    expect(Math.abs(percent(years?.before) - 99)).toBeLessThan(0.05);
    expect(Math.abs(percent(years?.after) - 100 * (99 / 101))).toBeLessThan(0.05);
    expect(years?.status).toBe('missed');
  });

  it('is that of the requests too, where there is traffic', () => {
    const config = (size: number) => `objectives: { availability: 99% }
bulkheads: { pool: { size: ${size} } }
services: { web: { bulkhead: pool, traffic: { rate: 30/s }, latency: 200ms } }
simulation: { duration: 2m, replications: 3 }`;
    const found = confirmed({ kind: 'availability' }, config(6), config(18));
    expect(found?.map(({ what }) => what)).toEqual(['In 2m of the usual traffic']);
    // 26.5 % are turned away by six slots.
    expect(Math.abs(percent(found?.[0]?.before) - 73.5)).toBeLessThan(3);
    expect(found?.[0]?.status).toBe('met');
  });
});

describe('times', () => {
  it('are measured in traffic', () => {
    const config = (timeout: string) => `objectives: { latency: { p99: 200ms } }
services:
  web: { latency: 1ms, traffic: { rate: 50/s }, calls: [{ to: tips, timeout: ${timeout}, fallback: { default: [] } }] }
  tips: { latency: { p50: 50ms, p99: 1s } }
simulation: { duration: 1m, replications: 2 }`;
    const found = confirmed({ kind: 'p99' }, config('2s'), config('150ms'));
    expect(found).toEqual([
      {
        what: 'In 1m of the usual traffic',
        before: expect.stringMatching(/ms|s/),
        after: expect.stringMatching(/^15\dms/),
        status: 'met',
      },
    ]);
  });

  it('to recover are those after a failure', () => {
    const config = (active: string) => `objectives: { rto: 30s }
redundancy: { db: { minHealthy: 1, active: [${active}], recovery: { time: 2m, maxTime: 2m, successRate: 100% } } }
simulation: { duration: 10m, replications: 2 }`;
    expect(confirmed({ kind: 'rto' }, config('a'), config('a, b'))).toEqual([
      { what: "When 'a' fails", before: '2m', after: expect.any(String), status: 'met' },
    ]);
  });

  it('that are lost are those of a failover', () => {
    const config = (mode: string) => `objectives: { rpo: 1s }
redundancy:
  db: { minHealthy: 1, active: [a], standby: [b], replication: { mode: ${mode}, lag: 30s } }
services:
  web: { traffic: { rate: 20/s }, calls: [{ to: db, operation: write }] }
simulation: { duration: 4m, replications: 2 }`;
    const found = confirmed({ kind: 'rpo' }, config('async'), config('sync'));
    expect(found).toMatchObject([
      { what: "When 'a' fails", before: '30s', after: '0s', status: 'met' },
    ]);
  });
});

describe('nothing is said', () => {
  it('where no simulation can tell', () => {
    const idle = `objectives: { availability: 99%, latency: { p99: 1s } }\nservices: { web: {} }`;
    expect(confirmed({ kind: 'availability' }, idle, idle)).toEqual([]);
    expect(confirmed({ kind: 'p99' }, idle, idle)).toEqual([]);
  });

  it('but how far it is', () => {
    const config = `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [a, b, c], ${MEMBERS} } }
services: { web: { traffic: { rate: 1/s }, calls: [{ to: db }] } }
simulation: { duration: 1m, replications: 1 }`;
    const fractions: number[] = [];
    confirmed({ kind: 'availability' }, config, config, {
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('when it is given up', () => {
    const config = `objectives: { availability: 99.99% }
redundancy: { db: { minHealthy: 2, active: [a, b, c], ${MEMBERS} } }`;
    expect(
      confirmed({ kind: 'availability' }, config, config, { isCancelled: () => true }),
    ).toBeUndefined();
  });
});
