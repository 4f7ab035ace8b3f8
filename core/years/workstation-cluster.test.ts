/**
 * The cluster of Haverkort, Hermanns and Katoen (SRDS 2000), with the values that the PRISM benchmark
 * suite publishes for it: two halves of n workstations, of which n must reach each other.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { expectAgreement } from '../simulation/testing/agreement.ts';
import { ExactAnswers } from './exact.ts';
import { runYears } from './index.ts';

const SAMPLE = 'samples/workstation-cluster.resilience.yaml';
const text = readFileSync(SAMPLE, 'utf8');

/** The sample with so many workstations in each half. */
function cluster(n: number) {
  const members = (half: string) =>
    Array.from({ length: n }, (_, i) => `      - { id: ${half}-${i + 1}, zone: ${half} }\n`).join(
      '',
    );
  const from = text.indexOf('      - { id: left-1');
  const to = text.indexOf('    failures:');
  const sized =
    `${text.slice(0, from)}${members('left')}${members('right')}${text.slice(to)}`.replace(
      'minHealthy: 2',
      `minHealthy: ${n}`,
    );
  const { model, problems } = readConfig(sized, SAMPLE);
  expect(problems).toEqual([]);
  expect(model.groups.get('workstations')?.members).toHaveLength(2 * n);
  return model;
}

describe('the availability of the workstation cluster', () => {
  it.each([
    { n: 2, published: 0.9999615335623628 },
    { n: 4, published: 0.9999212408513793 },
  ])('is exactly what was published, with $n in each half', ({ n, published }) => {
    const found = new ExactAnswers(cluster(n)).ofGroup('workstations');
    expect(Math.abs((found?.down ?? 0) / (1 - published) - 1)).toBeLessThan(1e-9);
  });

  it('is exactly what the chain of the paper gives where one of them is enough', () => {
    const { model } = readConfig(text.replace('minHealthy: 2', 'minHealthy: 1'), SAMPLE);
    const found = new ExactAnswers(model).ofGroup('workstations');
    expect(Math.abs((found?.down ?? 0) / 2.339823364394533e-6 - 1)).toBeLessThan(1e-9);
    const perHour = (found?.outagesPerMs ?? 0) * 3_600_000;
    expect(Math.abs(perHour / 5.815384285163986e-7 - 1)).toBeLessThan(1e-9);
  });

  it.each([
    { n: 2, published: 0.9999615335623628, years: 40_000, within: 0.06 },
    { n: 8, published: 0.9998330692674114, years: 10_000, within: 0.06 },
    { n: 32, published: 0.9992833684297343, years: 1_000, within: 0.1 },
  ])('comes out of a simulation, within its interval, with $n in each half', (given) => {
    const result = runYears(cluster(given.n), { seed: 3, years: given.years });
    if (result.kind !== 'done') throw new Error(result.kind);
    const down = result.groups[0]?.down ?? { mean: Number.NaN, halfWidth: null };
    expectAgreement(down, 1 - given.published, given.within);
  });

  it('is left to the simulation where the chain is too large', () => {
    expect(new ExactAnswers(cluster(8)).ofGroup('workstations')).toBeUndefined();
  });
});
