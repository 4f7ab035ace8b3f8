import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Countdown } from './countdown.ts';

function started(nowMs: number, lengthMs: number, elapsedMs?: number): Countdown {
  const countdown = new Countdown();
  countdown.start(nowMs, lengthMs, elapsedMs);
  return countdown;
}

describe('Countdown', () => {
  it('is over at the very moment at which it ends', () => {
    const countdown = started(1_000, 500);
    expect([countdown.startedAtMs, countdown.endsAtMs]).toEqual([1_000, 1_500]);
    expect([countdown.isOver(1_499), countdown.isOver(1_500)]).toEqual([false, true]);
  });

  it('says how much has passed and how much is left', () => {
    const countdown = started(1_000, 500);
    expect([countdown.elapsedMs(1_200), countdown.remainingMs(1_200)]).toEqual([200, 300]);
    expect([countdown.elapsedMs(1_700), countdown.remainingMs(1_700)]).toEqual([700, 0]);
  });

  it('can have begun before', () => {
    const countdown = started(1_000, 500, 400);
    expect([countdown.startedAtMs, countdown.remainingMs(1_000)]).toEqual([600, 100]);
  });

  it('moves along with a clock that steps back', () => {
    const countdown = started(86_400_000, 500);
    expect(countdown.isOver(86_400_300)).toBe(false);
    expect(countdown.remainingMs(0)).toBe(200);
    expect(countdown.isOver(0)).toBe(false);
    expect([countdown.startedAtMs, countdown.endsAtMs]).toEqual([-300, 200]);
    expect([countdown.isOver(199), countdown.isOver(200)]).toEqual([false, true]);
  });

  it('lasts as long as its length, counting only steps forward', () => {
    const steps = fc.array(fc.integer({ min: -1_000, max: 100 }), { maxLength: 50, size: 'max' });
    fc.assert(
      fc.property(steps, fc.nat(1_000), (changes, lengthMs) => {
        const countdown = started(0, lengthMs);
        let [nowMs, forwardMs] = [0, 0];
        for (const change of changes) {
          nowMs += change;
          forwardMs += Math.max(0, change);
          expect(countdown.isOver(nowMs)).toBe(forwardMs >= lengthMs);
          expect(countdown.elapsedMs(nowMs)).toBe(forwardMs);
          expect(countdown.remainingMs(nowMs)).toBe(Math.max(0, lengthMs - forwardMs));
        }
      }),
    );
  });
});
