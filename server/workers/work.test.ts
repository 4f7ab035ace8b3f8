import { expect, it } from 'vitest';
import { analyse } from '../../core/analyse.ts';
import { simulate } from '../../core/simulate.ts';
import { CANCEL, type WorkerMessage, type WorkerRequest } from './messages.ts';
import { serveWork } from './work.ts';

const TEXT = `version: 1
services:
  shop: { traffic: { rate: 20/s }, latency: 10ms }
simulation: { duration: 10s, replications: 4, years: 10 }
`;
const REQUEST: WorkerRequest = {
  task: 'simulate',
  text: TEXT,
  file: 'a',
  judging: {},
  options: {},
};

/** What a thread without shared memory answers, with so many replications heard before `CANCEL`. */
async function answer(cancelAt = Number.POSITIVE_INFINITY) {
  let tell: (message: WorkerRequest | typeof CANCEL) => void = () => {};
  let breaths = 0;
  return new Promise<Extract<WorkerMessage, { kind: 'outcome' }>['outcome']>((resolve, reject) => {
    serveWork({
      listen: (onMessage) => {
        tell = onMessage;
      },
      send: (message) => message.kind === 'outcome' && resolve(message.outcome),
      breathe: async () => {
        if (breaths++ === cancelAt) tell(CANCEL);
      },
      fail: reject,
    });
    tell(REQUEST);
  });
}

it('without shared memory, a simulation comes to the same', async () => {
  expect(await answer()).toEqual(simulate(analyse(TEXT, 'a')));
});

it.each([
  [0, { kind: 'cancelled' }],
  [2, { kind: 'partial', report: { replications: 2 } }],
])('cancelled before replication %i, it tells what there is', async (cancelAt, expected) => {
  expect(await answer(cancelAt)).toMatchObject(expected);
});
