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

  it.skipIf(within === null)('comes out of a simulation, within its interval', () => {
    const { mean = 0, halfWidth } = group?.down ?? {};
    // 95 % of all seeds are within one half-width: two are for those that are not.
    expect(Math.abs(mean - down)).toBeLessThan(2 * (halfWidth ?? 0));
    expect((halfWidth ?? 0) / down).toBeLessThan(within ?? 0);
  });
});

describe('the availability of a service', () => {
  const unit = 'failures: { mtbf: 1000h }, recovery: { time: 10h, successRate: 100% }';
  const group = (name: string, needed: number, members: number) =>
    `  ${name}: { minHealthy: ${needed}, active: [${Array.from({ length: members }, (_, i) => `${name}-${i}`).join(', ')}], ${unit} }`;

  it('that needs three groups is their product', () => {
    const model = read(`redundancy:
${group('gateway', 1, 2)}
${group('database', 2, 3)}
${group('cache', 1, 1)}
services: { web: { calls: [{ to: gateway }, { to: database }, { to: cache }] } }`);
    const down = run(model, 1).services[0]?.exact?.down ?? 0;
    expect(Math.abs(down / (1 - 0.9897127241580695) - 1)).toBeLessThan(1e-9);
  });

  it('with ways around what is down is that of the bridge', () => {
    const ways = {
      upper: ['a', 'd'],
      lower: ['b', 'e'],
      down: ['a', 'c', 'e'],
      up: ['b', 'c', 'd'],
    };
    const services = Object.entries(ways).map(([name, units]) => {
      return `  ${name}: { calls: [${units.map((one) => `{ to: ${one} }`).join(', ')}] }`;
    });
    const model = read(`redundancy:
${['a', 'b', 'c', 'd', 'e'].map((name) => group(name, 1, 1)).join('\n')}
services:
  bridge: { calls: [{ to: upper, fallback: [{ call: lower }, { call: down }, { call: up }] }] }
${services.join('\n')}`);
    const down = run(model, 1).services[0]?.exact?.down ?? 0;
    expect(Math.abs(down / (1 - 0.9998020474685468) - 1)).toBeLessThan(1e-9);
  });
});
