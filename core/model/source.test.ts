import { expect, test } from 'vitest';
import { defaultAside, defaultNote, type Sourced, valuesOf } from './source.ts';

const at = { file: 'a.resilience.yaml', start: 0, end: 0 };
const sourced = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at } });

test('values are taken from their sources, and what has no source stays', () => {
  const policy = { kind: 'leaky', nameAt: at, size: sourced(3), mode: sourced('sync') };
  expect(valuesOf(policy)).toEqual({ kind: 'leaky', nameAt: at, size: 3, mode: 'sync' });
});

test('a default is told as one, and whose it is', () => {
  const ofDapr: Sourced<number> = { value: 1, source: { kind: 'default', at, of: 'Dapr' } };
  const written: Sourced<number> = { value: 1, source: { kind: 'explicit', at } };
  expect([sourced(1), ofDapr, written].map(defaultNote)).toEqual([
    ' (default)',
    ' (default of Dapr)',
    '',
  ]);
  expect([sourced(1), ofDapr, written].map(defaultAside)).toEqual([
    ', default',
    ', default of Dapr',
    '',
  ]);
});
