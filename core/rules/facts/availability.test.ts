import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.ts';
import cases from '../../years/fixtures/long-run.json' with { type: 'json' };
import { groupAvailability } from './availability.ts';

const byName = new Map(cases.map((one) => [one.name, one]));

function availabilityOf(config: string) {
  const { model, problems } = readConfig(`version: 1\n${config}`, 'a.resilience.yaml');
  expect(problems).toEqual([]);
  const [group] = model.groups.values();
  if (!group) throw new Error('There is no group.');
  return groupAvailability(group);
}

describe('the availability of a group, from closed forms', () => {
  it.each([
    ['kofn-2of3-independent', 1e-9],
    ['warmstandby-1of2', 1e-9],
    ['1of2-betafactor', 1e-9],
    ['alternating-weibull1.5-lognormal 2of3', 1e-9],
    // Takeovers are reckoned as if none came during a repair.
    ['activepassive-switchover', 0.02],
  ])('%s is as the long run', (name, within) => {
    const { config = '', down = 0 } = byName.get(name) ?? {};
    expect(Math.abs((availabilityOf(config)?.down ?? 0) / down - 1)).toBeLessThan(within);
  });

  it('counts a common cause for as long as a recovery takes', () => {
    const found = availabilityOf(`redundancy:
  g:
    minHealthy: 1
    active: [a, b]
    failures: { mtbf: 990h, commonCause: 10% }
    recovery: { time: 10h, successRate: 100% }`);
    expect(found?.down).toBeCloseTo(0.001 + 0.999 * 0.009 ** 2, 9);
  });

  it.each(['kofn-3of5-singlecrew'])('says nothing of %s', (name) => {
    expect(availabilityOf(byName.get(name)?.config ?? '')).toBeUndefined();
  });
});
