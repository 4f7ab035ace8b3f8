import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import type { Model } from '../model/model.ts';
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

describe.each(cases)('$name', ({ config, down, exact: isExact, outagesPerHour, within, years }) => {
  const model = read(config);
  let group: YearsRun['groups'][number] | undefined;
  beforeAll(() => {
    group = run(model, years).groups[0];
  });

  it(isExact ? 'is known exactly' : 'is not claimed to be known exactly', () => {
    if (!isExact) {
      expect(group?.exact).toBeUndefined();
      return;
    }
    expect(Math.abs((group?.exact?.down ?? 0) / down - 1)).toBeLessThan(1e-9);
    const outages = (group?.exact?.outagesPerMs ?? 0) * HOUR_MS;
    expect(Math.abs(outages / outagesPerHour - 1)).toBeLessThan(1e-9);
  });

  it('comes out of a simulation, within its interval', () => {
    const { mean = 0, halfWidth } = group?.down ?? {};
    // 95 % of all seeds are within one half-width: two are for those that are not.
    expect(Math.abs(mean - down)).toBeLessThan(2 * (halfWidth ?? 0));
    expect((halfWidth ?? 0) / down).toBeLessThan(within);
  });
});
