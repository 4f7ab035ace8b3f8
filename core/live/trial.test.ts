import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import type { Signal } from './signal.ts';
import { controlled } from './testing/controlled.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';
import { Trial } from './trial.ts';

expectNoUnhandledRejections();

function start(run: (signal: Signal) => unknown) {
  const clock = new VirtualClock();
  const ends: unknown[] = [];
  const onEnd = (...end: unknown[]) => ends.push(end);
  return {
    clock,
    ends,
    trial: new Trial({ what: 'health check', run, limitMs: 100, clock, onEnd }),
  };
}

describe('Trial', () => {
  it.each([
    [true, () => undefined],
    [true, async () => 'fine'],
    [false, () => false],
    [false, async () => false],
  ])('says %s for what is answered by %s', async (passed, run) => {
    const { clock, ends } = start(run);
    await clock.advance(0);
    expect(ends).toEqual([[passed, undefined]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    () => Promise.reject('down'),
    () => {
      throw 'down';
    },
  ])('has failed with an error that is thrown, and says which: %#', async (run) => {
    const { clock, ends } = start(run);
    await clock.advance(1_000);
    expect(ends).toEqual([[false, 'down']]);
  });

  it('has failed when it takes too long, and is aborted', async () => {
    const { operation, run } = controlled<boolean>();
    let signal: Signal | undefined;
    const { clock, ends } = start((own) => {
      signal = own;
      return operation(undefined as never);
    });
    await clock.advance(99);
    expect([ends, clock.aliveTimers]).toEqual([[], 0]);
    await clock.advance(1);
    expect(ends).toEqual([[false, expect.any(TimeoutError)]]);
    expect(signal?.reason).toBeInstanceOf(TimeoutError);
    run(1).resolve(true);
    await clock.advance(0);
    expect(ends).toHaveLength(1);
  });

  it('says nothing when it is cancelled, which aborts it once', async () => {
    const { operation, run } = controlled<boolean>();
    let aborted = 0;
    const { clock, ends, trial } = start((signal) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
      });
      return operation(undefined as never);
    });
    trial.cancel();
    trial.cancel();
    run(1).reject('aborted');
    await clock.advance(1_000);
    expect([ends, aborted, clock.pendingTimers]).toEqual([[], 1, 0]);
  });

  it('is not aborted by a cancellation that comes too late', async () => {
    let signal: Signal | undefined;
    const { clock, trial } = start((own) => {
      signal = own;
    });
    await clock.advance(0);
    trial.cancel();
    expect(signal?.aborted).toBe(false);
  });
});
