import { expect, test } from 'vitest';
import { type Sourced, valuesOf } from './source.ts';

const at = { file: 'a.resilience.yaml', start: 0, end: 0 };
const sourced = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at } });

test('values are taken from their sources, and what has none is left out', () => {
  const policy = {
    name: 'db',
    nameAt: at,
    size: sourced(3),
    mode: sourced('sync'),
    trip: { kind: 1 },
  };
  expect(valuesOf(policy)).toEqual({ size: 3, mode: 'sync' });
});
