import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('calls back in the order of the times, and of the making where those are equal', async () => {
    const delays = fc.array(fc.nat(20), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(delays, async (delaysMs) => {
        const clock = new VirtualClock(5);
        const rung: { readonly index: number; readonly atMs: number }[] = [];
        delaysMs.forEach((delayMs, index) => {
          clock.after(delayMs, () => rung.push({ index, atMs: clock.nowMs() }));
        });
        await clock.advance(20);
        const expected = delaysMs
          .map((delayMs, index) => ({ index, atMs: 5 + delayMs }))
          .sort((a, b) => a.atMs - b.atMs || a.index - b.index);
        expect(rung).toEqual(expected);
        expect(clock.nowMs()).toBe(25);
      }),
    );
  });

  it('lets promises go on before the next timer comes', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    clock.after(10, () => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => clock.after(5, () => log.push(`nested at ${clock.nowMs()}`)));
    });
    clock.after(20, () => log.push(`plain at ${clock.nowMs()}`));
    await clock.advance(30);
    expect(log).toEqual(['nested at 15', 'plain at 20']);
  });

  it('leaves what is cancelled, and what is not yet due', async () => {
    const clock = new VirtualClock();
    let rung = 0;
    const timers = [10, 10, 11, Number.POSITIVE_INFINITY].map((delayMs) =>
      clock.after(delayMs, () => {
        rung += 1;
        timers[1]?.cancel();
      }),
    );
    expect(clock.pendingTimers).toBe(4);
    await clock.advance(10);
    expect(rung).toBe(1);
    expect(clock.pendingTimers).toBe(2);
  });

  it('knows for which timers a process would stay alive', () => {
    const clock = new VirtualClock();
    const timers = [10, 20].map((delayMs) => clock.after(delayMs, () => {}));
    timers[0]?.keepAlive(false);
    expect(clock.aliveTimers).toBe(1);
    timers[1]?.cancel();
    timers[0]?.keepAlive(true);
    expect(clock.aliveTimers).toBe(1);
  });

  it('takes a time in the past for now', async () => {
    const clock = new VirtualClock(100);
    const times: number[] = [];
    clock.after(-50, () => times.push(clock.nowMs()));
    await clock.advance(0);
    expect(times).toEqual([100]);
  });
});
