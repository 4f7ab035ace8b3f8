import { expect, test } from 'vitest';
import { StateLog } from './state-log.ts';

test.each([
  {
    title: 'keeps every change',
    added: [0, 'up', 10, 'down', 20, 'up'],
    kept: [0, 'up', 10, 'down', 20, 'up'],
  },
  { title: 'keeps a repeated state once', added: [0, 'up', 10, 'up'], kept: [0, 'up'] },
  {
    title: 'drops a state that lasted no time',
    added: [0, 'up', 10, 'failed', 10, 'down'],
    kept: [0, 'up', 10, 'down'],
  },
  {
    title: 'drops a change that was taken back at once',
    added: [0, 'up', 10, 'down', 10, 'up'],
    kept: [0, 'up'],
  },
])('a log $title', ({ added, kept }) => {
  const log = new StateLog<string>();
  for (let i = 0; i < added.length; i += 2) log.add(added[i] as number, added[i + 1] as string);
  expect(log.entries.flatMap(({ atMs, state }) => [atMs, state])).toEqual(kept);
});
