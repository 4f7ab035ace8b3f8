import { expect, test } from 'vitest';
import type { ViewElement } from '../node.ts';
import { stackedSteps, stepLine } from './area.ts';

const frame = { y: 0, height: 100, max: 10, buckets: 2 };

function paths({ children }: ViewElement): unknown[] {
  return children.map((child) => typeof child !== 'string' && child.attributes.d);
}

test('layers stand on one another, the highest drawn first', () => {
  const lower = { className: 'lower', values: [4, 5] };
  const upper = { className: 'upper', values: [1, 5] };
  expect(paths(stackedSteps([lower, upper], frame))).toEqual([
    'M0 100V50H1V0H2V100Z',
    'M0 100V60H1V50H2V100Z',
  ]);
});

test('a line begins at its first value', () => {
  expect(paths(stepLine({ className: 'line', values: [5, 10] }, frame))).toEqual([
    'M0 50V50H1V0H2',
  ]);
});

test('what is above the top or no number stays inside the drawing', () => {
  const values = [99, Number.NaN];
  expect(paths(stackedSteps([{ className: 'a', values }], frame))).toEqual([
    'M0 100V0H1V100H2V100Z',
  ]);
});
