import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import type { Model } from '../model/model.ts';
import { estimate } from '../simulation/estimate.ts';
import { expectAgreement } from '../simulation/testing/agreement.ts';
import cases from './fixtures/long-run.json' with { type: 'json' };
import { runYears, type YearsRun } from './index.ts';

const HOUR_MS = 3_600_000;

function read(yaml: string): Model {
  const { model, problems } = readConfig(`version: 1\n${yaml}`, 'a.resilience.yaml');
  expect(problems).toEqual([]);
  return model;
}

function run(model: Model, years: number): YearsRun {
  const result = runYears(model, { seed: 1, years });
  if (result.kind !== 'done') throw new Error(result.kind);
  return result;
}

interface Case {
  readonly name: string;
  readonly config: string;
  /** Whose time down it is; absent for the first group. */
  readonly service?: string;
  readonly down: number;
  /** Null where the source does not tell. */
  readonly outagesPerHour: number | null;
  /** Whether a closed form of ours tells it too. */
  readonly exact: boolean;
  readonly years: number;
  /** How much of the exact value the interval may be; null where an outage is too rare to be seen. */
  readonly within: number | null;
}

describe.each(cases as Case[])('$name', (given) => {
  const { config, down, exact: isExact, outagesPerHour, service, within, years } = given;
  const model = read(config);
  let tally: YearsRun['groups'][number] | YearsRun['services'][number] | undefined;
  beforeAll(() => {
    const { groups, services } = run(model, years);
    tally = service === undefined ? groups[0] : services.find(({ name }) => name === service);
  });

  it(isExact ? 'is known exactly' : 'is not claimed to be known exactly', () => {
    if (!isExact) {
      expect(tally?.exact).toBeUndefined();
      return;
    }
    expect(Math.abs((tally?.exact?.down ?? 0) / down - 1)).toBeLessThan(1e-9);
    if (outagesPerHour === null) return;
    const outages = (tally?.exact?.outagesPerMs ?? 0) * HOUR_MS;
    expect(Math.abs(outages / outagesPerHour - 1)).toBeLessThan(1e-9);
  });

  it.skipIf(within === null)('comes out of a simulation, within its interval', () => {
    const { mean = 0, halfWidth } = tally?.down ?? {};
    // 95 % of all seeds are within one half-width: two are for those that are not.
    expect(Math.abs(mean - down)).toBeLessThan(2 * (halfWidth ?? 0));
    expect((halfWidth ?? 0) / down).toBeLessThan(within ?? 0);
  });
});

describe('one member that is new at first, with 1000 h up and 10 h down', () => {
  const model = read(`redundancy:
  g: { minHealthy: 1, active: [a], failures: { mtbf: 1000h }, recovery: { time: 10h, maxTime: 10h, successRate: 100%, distribution: exponential } }`);
  /** Of many runs of so many hours each. */
  const downs = (hours: number, groupsOfRuns: number): number[] => {
    const years = (20 * hours) / 8760;
    return Array.from({ length: groupsOfRuns }, (_, seed) => {
      const result = runYears(model, { seed, years });
      return result.kind === 'done' ? (result.groups[0]?.downs ?? []) : [];
    }).flat();
  };

  // A(0, t) = a + (1 - a) (1 - e^(-(λ + μ) t)) / ((λ + μ) t), and the variance of the time down
  // over t tends to 2 λ μ / (λ + μ)³ (two states, E. Barlow and F. Proschan, 1965).
  it('is down for so much of its first year, and so differently', () => {
    const found = downs(8760, 500);
    expectAgreement(estimate(found), 1 - 0.9901102004951614, 0.01);
    const spread = estimate(found.map((down) => (8760 * (down - (1 - 0.9901102004951614))) ** 2));
    // The limit is of long times: a year is off it by 0.5 %.
    expectAgreement(spread, 41.23680321229124 ** 2, 0.06, 0.01);
  });

  it('survives 100 h as often as e^(-λ t)', () => {
    const found = downs(100, 300);
    const survived = found.map((down) => (down === 0 ? 1 : 0));
    expectAgreement(estimate(survived), 0.9048374180359596, 0.01);
  });
});
