/**
 * The cluster of Haverkort, Hermanns and Katoen (SRDS 2000), with the values that the PRISM benchmark
 * suite publishes for it: two halves of n workstations, of which n must reach each other.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
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

  it('comes out of a simulation, within its interval', () => {
    const result = runYears(cluster(2), { seed: 3, years: 4000 });
    const down = result.kind === 'done' ? result.groups[0]?.down : undefined;
    const distance = Math.abs((down?.mean ?? 0) - (1 - 0.9999615335623628));
    expect(distance).toBeLessThan(2 * (down?.halfWidth ?? 0));
    expect((down?.halfWidth ?? 1) / (down?.mean ?? 0)).toBeLessThan(0.2);
  });

  it('is left to the simulation where the chain is too large', () => {
    expect(new ExactAnswers(cluster(8)).ofGroup('workstations')).toBeUndefined();
  });
});
