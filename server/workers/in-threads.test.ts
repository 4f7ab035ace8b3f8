import { expect, it } from 'vitest';
import { analyse } from '../../core/index.ts';
import { replicate, Signals } from '../../core/replicate.ts';
import { simulateInThreads } from './in-threads.ts';

const text = `version: 1
services: { web: { traffic: { rate: 20/s }, latency: 1ms } }
simulation: { duration: 1m, replications: 5 }
`;

it('keeps the replications that are whole when it is told to stop', async () => {
  const signals = Signals.forReplications();
  const seen: number[] = [];
  const helpers = {
    count: 2,
    async run(task: Parameters<typeof replicate>[0]) {
      const part = await replicate(task);
      if (task.replication === 1) signals.stop();
      return part;
    },
  };
  const job = { text, file: 'a', options: {}, judging: {} };
  const onProgress = (fraction: number) => seen.push(fraction);
  const outcome = await simulateInThreads(analyse(text, 'a'), job, helpers, signals, onProgress);
  expect(outcome).toMatchObject({
    kind: 'partial',
    report: { partial: { planned: 5, isCut: false }, replications: 2 },
  });
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBeLessThan(1);
});
