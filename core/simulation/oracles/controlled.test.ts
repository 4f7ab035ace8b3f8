import { expect, test } from 'vitest';
import { createRandom, drawNormal } from '../../time/index.ts';
import { type Controls, controlledEstimate } from './controlled.ts';

const random = createRandom(1, 'controls');
const RUNS = 20;
const drawControls = (): Controls[] =>
  Array.from({ length: RUNS }, () => [drawNormal(random), drawNormal(random)]);

test('what the controls explain is taken away', () => {
  const controls = drawControls();
  const { halfWidth, mean } = controlledEstimate(
    controls.map(([one, other]) => 5 + 2 * one - 3 * other),
    controls,
  );
  expect(mean).toBeCloseTo(5, 12);
  expect(halfWidth).toBeLessThan(1e-6);
});

test('95 % of the intervals hold the mean, whatever the controls explain', () => {
  const sets = 2000;
  let held = 0;
  for (let set = 0; set < sets; set++) {
    const controls = drawControls();
    const values = controls.map(([one, other]) => one - other / 2 + drawNormal(random));
    const { halfWidth, mean } = controlledEstimate(values, controls);
    if (Math.abs(mean) <= (halfWidth ?? 0)) held++;
  }
  // Four standard deviations of so many sets.
  expect(Math.abs(held / sets - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / sets));
});
