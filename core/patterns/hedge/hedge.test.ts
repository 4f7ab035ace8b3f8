import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOP } from '../common/stop.ts';
import { RetryBudget } from '../retry/retry-budget.ts';
import { Hedge } from './hedge.ts';

interface Copy {
  readonly takesMs: number;
  readonly succeeds: boolean;
}

/** Makes a call millisecond by millisecond. */
function call(hedge: Hedge, copies: readonly Copy[]) {
  const sentAtMs: number[] = [];
  const failedAtMs: number[] = [];
  const send = (nowMs: number) => sentAtMs.push(nowMs);
  hedge.recordCall(0);
  send(0);
  for (let nowMs = 0; ; nowMs += 1) {
    const ended = copies.filter(({ takesMs }, i) => (sentAtMs[i] ?? nowMs) + takesMs === nowMs);
    if (ended.some(({ succeeds }) => succeeds))
      return { sentAtMs, failedAtMs, answeredAtMs: nowMs };
    for (const _ of ended) {
      failedAtMs.push(nowMs);
      const step = hedge.afterFailure(sentAtMs.length, failedAtMs.length, nowMs);
      if (step === 'send') send(nowMs);
      if (step === 'fail') return { sentAtMs, failedAtMs };
    }
    const isDue = () => {
      const delayMs = hedge.nextDelayMs(sentAtMs.length);
      return delayMs !== STOP && nowMs === (sentAtMs.at(-1) ?? 0) + delayMs;
    };
    while (isDue() && hedge.trySend(sentAtMs.length, nowMs)) send(nowMs);
  }
}

describe('Hedge', () => {
  it('sends the next copy when the last one was not answered in time, up to its number', () => {
    const hedge = new Hedge({ delayMs: 10, attempts: 3 });
    expect([1, 2, 3].map((sent) => hedge.nextDelayMs(sent))).toEqual([10, 10, STOP]);
    expect([1, 2, 3].map((sent) => hedge.trySend(sent, 0))).toEqual([true, true, false]);
    const copies = [
      { takesMs: 100, succeeds: true },
      { takesMs: 100, succeeds: true },
      { takesMs: 15, succeeds: true },
    ];
    expect(call(hedge, copies)).toMatchObject({ sentAtMs: [0, 10, 20], answeredAtMs: 35 });
  });

  it('sends nothing more for a call that is answered in time, or where one copy is all', () => {
    const quick = [{ takesMs: 10, succeeds: true }];
    expect(call(new Hedge({ delayMs: 11, attempts: 3 }), quick).sentAtMs).toEqual([0]);
    const slow = [{ takesMs: 50, succeeds: true }];
    expect(call(new Hedge({ delayMs: 5, attempts: 1 }), slow).sentAtMs).toEqual([0]);
  });

  it('sends the next copy at once when one fails, and counts its delay from there', () => {
    const copies = [
      { takesMs: 4, succeeds: false },
      { takesMs: 100, succeeds: true },
      { takesMs: 1, succeeds: true },
    ];
    const { sentAtMs } = call(new Hedge({ delayMs: 10, attempts: 3 }), copies);
    expect(sentAtMs).toEqual([0, 4, 14]);
  });

  it('fails only when all copies have, and waits for those that still run', () => {
    const hedge = new Hedge({ delayMs: 10, attempts: 2 });
    expect(hedge.afterFailure(1, 1, 0)).toBe('send');
    expect(hedge.afterFailure(2, 1, 0)).toBe('wait');
    expect(hedge.afterFailure(2, 2, 0)).toBe('fail');
  });

  it('sends no more copies than the budget has, though the call may then fail', () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 0 });
    const hedge = new Hedge({ delayMs: 10, attempts: 3, budget });
    const slow = { takesMs: 30, succeeds: false };
    const sent = Array.from({ length: 4 }, () => call(hedge, [slow, slow, slow]).sentAtMs.length);
    expect(sent).toEqual([1, 2, 1, 2]);
  });

  it('takes nothing out of the budget for copies beyond its number', () => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0 });
    const hedge = new Hedge({ delayMs: 10, attempts: 2, budget });
    hedge.recordCall(0);
    expect(hedge.trySend(2, 0)).toBe(false);
    expect(hedge.afterFailure(2, 1, 0)).toBe('wait');
    expect(budget.tryRetry(0)).toBe(true);
  });

  it.each([{ delayMs: -1 }, { delayMs: Number.POSITIVE_INFINITY }, { attempts: 0 }])(
    'refuses %j',
    (wrong) => {
      expect(() => new Hedge({ delayMs: 1, attempts: 1, ...wrong })).toThrow(RangeError);
    },
  );
});

describe('any hedged call', () => {
  const copy = fc.record({ takesMs: fc.integer({ min: 1, max: 40 }), succeeds: fc.boolean() });

  it('has the first success of its copies as its answer, each sent as soon as there is a reason', () => {
    fc.assert(
      fc.property(
        fc.array(copy, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(30),
        (copies, attempts, delayMs) => {
          const result = call(new Hedge({ delayMs, attempts }), copies);
          const { sentAtMs, failedAtMs, answeredAtMs } = result;
          const ends = sentAtMs.map((atMs, i) => ({
            ...copies[i],
            atMs: atMs + (copies[i]?.takesMs ?? 0),
          }));
          const successes = ends.filter(({ succeeds }) => succeeds).map(({ atMs }) => atMs);
          expect(answeredAtMs).toBe(successes.length > 0 ? Math.min(...successes) : undefined);

          expect(sentAtMs.length).toBeLessThanOrEqual(attempts);
          if (answeredAtMs === undefined) expect(sentAtMs.length).toBe(attempts);
          for (const [i, atMs] of sentAtMs.entries()) {
            if (i === 0) continue;
            const lateAtMs = (sentAtMs[i - 1] ?? 0) + delayMs;
            expect(atMs === lateAtMs || (atMs < lateAtMs && failedAtMs.includes(atMs))).toBe(true);
          }
        },
      ),
    );
  });
});
