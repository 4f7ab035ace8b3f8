import { expect, test } from 'vitest';
import { TroubleLog } from './trouble-log.ts';

test('a member that is taken for failed by mistake is a trouble until it is trusted', () => {
  const log = new TroubleLog();
  log.note({ kind: 'mistaken', atMs: 10, component: 'a' });
  log.note({ kind: 'mistaken', atMs: 15, component: 'b' });
  log.note({ kind: 'trusted', atMs: 20, component: 'a' });
  expect(log.troubles).toEqual([
    { fromMs: 10, toMs: 20 },
    { fromMs: 15, toMs: Number.POSITIVE_INFINITY },
  ]);
});

test('a member that fails after it was taken for failed is a trouble until it is back', () => {
  const log = new TroubleLog();
  log.note({ kind: 'mistaken', atMs: 10, component: 'a' });
  log.note({ kind: 'failure', atMs: 15, component: 'a', failureType: 'crash', severity: 'low' });
  log.note({ kind: 'recovery', atMs: 30, component: 'a', method: 'm', downMs: 15 });
  expect(log.troubles).toEqual([
    { fromMs: 10, toMs: 30 },
    { fromMs: 15, toMs: 30 },
  ]);
});

test('a member that only weakens, or failed a call, is no trouble of its own', () => {
  const log = new TroubleLog();
  log.note({ kind: 'weakening', atMs: 10, component: 'a' });
  log.note({ kind: 'distrusted', atMs: 10, component: 'b' });
  expect(log.troubles).toEqual([]);
});
