import { expect, it } from 'vitest';
import { meanRatePerSecond } from '../model/traffic.ts';
import { modelOf } from '../simulation/testing/model.ts';
import { leastFactor, ratesOf, watchedAfter, withLoad } from './load.ts';

const MODEL = modelOf(`
services:
  steady: { traffic: { rate: 10/s } }
  bursts: { traffic: { rate: 20/s, bursts: { rate: 100/s, every: 1m, for: 5s } } }
  profile: { traffic: { profile: [{ at: 0s, rate: 30/s }, { at: 1m, rate: 90/s }] } }
  counts: { traffic: { trace: { every: 1s, counts: [5, 7, 9], repeatAfter: 3s } } }
  own: { traffic: { rate: 1/s } }
  idle: {}
scenarios:
  outage:
    traffic: { own: { rate: 50/s } }
    faults: [{ at: 20s, degrade: idle, errorRate: 50%, for: 15s }]
simulation: { duration: 2m }`);
const SCENARIO = MODEL.scenarios.get('outage');
if (!SCENARIO) throw new Error('There is no scenario.');

it('is multiplied whatever its shape, also in the scenario', () => {
  const doubled = withLoad(MODEL, 2);
  const scenario = doubled.scenarios.get('outage');
  const [before, after] = [ratesOf(MODEL, SCENARIO), scenario && ratesOf(doubled, scenario)];
  expect(before.get('own')).toBe(50);
  expect([...before.keys()]).toEqual(['steady', 'bursts', 'profile', 'counts', 'own']);
  for (const [name, rate] of before) expect(after?.get(name)).toBeCloseTo(2 * rate, 9);
  for (const { ratePerSecond, traffic } of doubled.services.values()) {
    if (!traffic) continue;
    const mean = meanRatePerSecond(traffic.shape.value, 120_000);
    expect(ratePerSecond?.value).toBeCloseTo(mean, 9);
  }
});

it('is watched after the faults for as long as it takes, and no longer', () => {
  expect(watchedAfter(MODEL, SCENARIO).simulation.durationMs.value).toBe(35_000 + 60_000);
  const short = modelOf(`
services: { web: { traffic: { rate: 1/s } } }
scenarios: { s: { faults: [{ at: 10s, degrade: web, errorRate: 1%, for: 1s }] } }`);
  const scenario = short.scenarios.get('s');
  expect(scenario && watchedAfter(short, scenario).simulation.durationMs.value).toBe(51_000);
});

it('is never so little that too few requests come before the fault', () => {
  // The fewest come at the counted trace, 7 a second, for 20 s.
  expect(leastFactor(MODEL, SCENARIO)).toBeCloseTo(150 / (7 * 20), 9);
});
