import { describe, expect, it } from 'vitest';
import { analyse, type Report, simulate } from '../index.ts';
import { availabilityText, causesText, outagesText } from './years-text.ts';

function reportOf(text: string, years?: number): Report {
  const config = `version: 1\n${text}\nsimulation: { duration: 1m, replications: 1 }\n`;
  const outcome = simulate(analyse(config, 'test.resilience.yaml'), years ? { years } : {});
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.report;
}

const EXPONENTIAL = 'recovery: { time: 10h, successRate: 100%, distribution: exponential }';
const STEADY = 'recovery: { time: 10h, successRate: 100% }';

function rowOf(report: Report, name: string) {
  const rows = [...(report.years?.groups ?? []), ...(report.years?.services ?? [])];
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`There is no ${name}.`);
  return row;
}

describe('what a report says of years', () => {
  it('is nothing where they were not asked for', () => {
    expect(reportOf('redundancy: { db: { minHealthy: 1, active: [a] } }').years).toBeNull();
  });

  it('is exact where a chain tells, and else has an interval', () => {
    const group = (recovery: string, extra: string) =>
      `redundancy: { db: { minHealthy: 1, active: [a], standby: [b], ${extra} failures: { mtbf: 1000h }, ${recovery} } }`;
    const exact = rowOf(reportOf(group(EXPONENTIAL, 'standbyMode: cold,'), 50), 'db');
    expect(exact.evidence).toBe('exact');
    expect(availabilityText(exact)).toBe('99.99504% exact');
    const simulated = rowOf(reportOf(group(STEADY, 'activation: 1h,'), 500), 'db');
    expect(simulated.evidence).toBe('simulated');
    expect(availabilityText(simulated)).toMatch(/^99\.8\d+% ± 0\.00\d+$/);
    expect(causesText(simulated)).toMatch(
      /^a standby had yet to take over 9[\d.]+%, too many members/,
    );
    // An active fails every thousand hours.
    expect(simulated.failoversPerYear).toBeGreaterThan(8);
    expect(simulated.failoversPerYear).toBeLessThan(9.5);
  });

  it('is a bound where no outage was seen', () => {
    const never = rowOf(
      reportOf(
        `redundancy: { db: { minHealthy: 1, active: [a, b, c, d, e, f], failures: { mtbf: 1000h, commonCause: 0.001% }, recovery: { time: 10h, successRate: 100%, distribution: lognormal } } }`,
        20,
      ),
      'db',
    );
    expect(never.evidence).toBe('none-seen');
    expect(availabilityText(never)).toMatch(/^≥ 99\.98\d*%$/);
    expect(outagesText(never)).toBe('< 1 in 6.7 years');
    expect(never.availability.mean).toBeLessThan(1);
  });

  it('follows services to what they cannot do without', () => {
    const report = reportOf(
      `objectives: { availability: 99.9% }
redundancy:
  db: { minHealthy: 1, active: [a], failures: { mtbf: 990h }, ${EXPONENTIAL} }
  spare: { minHealthy: 1, active: [b], failures: { mtbf: 990h }, ${EXPONENTIAL} }
services:
  web: { traffic: { rate: 1/s }, objectives: { availability: 98% }, calls: [{ to: db, fallback: { call: spare } }] }
  shop: { calls: [{ to: web }, { to: db }] }
  lone: { calls: [{ to: db, fallback: { default: [] } }] }`,
      20,
    );
    expect(rowOf(report, 'web').availability.mean).toBeCloseTo(1 - 0.01 ** 2, 12);
    expect(rowOf(report, 'shop').availability.mean).toBeCloseTo(0.99, 12);
    expect(rowOf(report, 'lone').evidence).toBe('unknown');
    const promises = report.objectives
      .filter(({ name }) => name.includes('years'))
      .map(({ achieved, name, status }) => [name, achieved, status]);
    // Only web has traffic of its own.
    expect(promises).toEqual([
      ['Availability over years', '99.99% exact', 'met'],
      ['Availability of web over years', '99.99% exact', 'met'],
    ]);
  });

  it('counts what failovers lose', () => {
    const row = rowOf(
      reportOf(
        `redundancy:
  db: { minHealthy: 1, active: [a], standby: [b], replication: { mode: async, lag: 2s }, failures: { mtbf: 100h }, ${STEADY} }
services:
  web: { traffic: { rate: 5/s }, calls: [{ to: db, operation: write }] }`,
        100,
      ),
      'db',
    );
    expect(row.lost?.failoversPerYear).toBeGreaterThan(60);
    expect((row.lost?.msPerYear ?? 0) / (row.lost?.failoversPerYear ?? 1)).toBeCloseTo(2000, 6);
    expect((row.lost?.writesPerYear ?? 0) / (row.lost?.failoversPerYear ?? 1)).toBeCloseTo(10, 6);
  });

  it('says what belongs to one scale only', () => {
    const report = reportOf(
      `redundancy: { db: { minHealthy: 1, coverage: 90%, active: [{ id: a, zone: x }], standby: [b], failures: { mtbf: 100h, commonCause: 5% }, recovery: { time: 10h, crew: ops } } }
zones: { x: { mtbf: 900h, repair: { time: 2h } } }
repairCrews: { ops: {} }`,
      10,
    );
    const texts = report.assumptions.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        'With traffic members of db fail one by one; over years it is otherwise.',
        'With traffic every takeover in db works; over years it is otherwise.',
        "With traffic no recovery in db waits for 'ops'; over years it is otherwise.",
        'With traffic the zone x fails only by script; over years it fails by itself too.',
        expect.stringMatching(
          /^Over years the 0.24% of failures in db that recovery gives up are left/,
        ),
      ]),
    );
  });

  it('is refused where it would take forever, with what would do', () => {
    const config =
      'version: 1\nredundancy: { db: { minHealthy: 1, active: [a], failures: { mtbf: 1s } } }\nsimulation: { duration: 1s }\n';
    expect(simulate(analyse(config, 'test.resilience.yaml'), { years: 5 })).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringContaining('the most is 20 million') }],
    });
  });
});
