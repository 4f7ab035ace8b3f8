import { expect, it } from 'vitest';
import { faultToleranceLevel } from './fault-tolerance-level.ts';

it.each([
  [4, 2, 'HIGH'],
  [3, 2, 'MEDIUM'],
  [2, 2, 'MEDIUM'],
  [1, 2, 'LOW'],
  [2, 1, 'HIGH'],
  [0, 1, 'LOW'],
] as const)('%d available of a minimum of %d is %s', (available, minHealthy, level) => {
  expect(faultToleranceLevel(available, minHealthy)).toBe(level);
});
