import { expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { objectivesOf, reach } from './index.ts';

/** Members that are up 99 % of the time. */
const MEMBERS = 'failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }';

/** A binary tree of services, on fifty groups that none of them can do without. */
function largeSystem(count: number): string {
  const services = Array.from({ length: count }, (_, i) => {
    const below = [2 * i + 1, 2 * i + 2].filter((next) => next < count);
    const calls = [...below.map((next) => `{ to: s${next} }`), `{ to: g${i % 50} }`];
    return `  s${i}: { latency: 1ms, calls: [${calls.join(', ')}] }`;
  });
  const groups = Array.from({ length: 50 }, (_, i) => {
    return `  g${i}: { minHealthy: 1, active: [m${i}-1, m${i}-2], ${MEMBERS} }`;
  });
  return [
    'version: 1',
    'objectives: { availability: 99.99%, latency: { p99: 1ms } }',
    'redundancy:',
    ...groups,
    'services:',
    ...services,
    '',
  ].join('\n');
}

it('a large system is searched with work that its size bounds', () => {
  const count = 1_000;
  const { model, problems } = readConfig(largeSystem(count), 'a.yaml');
  expect(problems).toEqual([]);
  // Services, groups, members and calls.
  const parts = 1 + count + 50 + 100 + (2 * count - 1);
  const found = objectivesOf(model).map((objective) =>
    reach(model, objective, { accept: () => ({ kind: 'accepted', confirmation: null }) }),
  );
  expect(found.map(({ kind }) => kind)).toEqual(['unreachable', 'unreachable']);
  for (const one of found) {
    const evaluations = one.kind === 'unreachable' ? one.evaluations : 0;
    expect(evaluations).toBeLessThan(1_000_000 / parts + 10);
  }
});
