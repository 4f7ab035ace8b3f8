import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/index.ts';
import { Alarm } from './alarm.ts';

function create(keepsAlive = false) {
  const clock = new VirtualClock();
  const rungAtMs: number[] = [];
  return {
    clock,
    rungAtMs,
    alarm: new Alarm(clock, keepsAlive, () => rungAtMs.push(clock.nowMs())),
  };
}

describe('Alarm', () => {
  it('rings once, at its time', async () => {
    const { alarm, clock, rungAtMs } = create();
    alarm.by(100);
    await clock.advance(1_000);
    expect(rungAtMs).toEqual([100]);
  });

  it('rings at the earliest of several times, and has a single timer', async () => {
    const { alarm, clock, rungAtMs } = create();
    for (const atMs of [200, 300, 100, 100]) {
      alarm.by(atMs);
      expect(clock.pendingTimers).toBe(1);
    }
    await clock.advance(1_000);
    expect(rungAtMs).toEqual([100]);
  });

  it('can be set again when it has rung or was cancelled', async () => {
    const { alarm, clock, rungAtMs } = create();
    alarm.by(100);
    await clock.advance(100);
    alarm.by(300);
    alarm.cancel();
    expect(clock.pendingTimers).toBe(0);
    alarm.by(400);
    await clock.advance(1_000);
    expect(rungAtMs).toEqual([100, 400]);
  });

  it('needs no timer for what never comes', () => {
    const { alarm, clock } = create();
    alarm.by(Number.POSITIVE_INFINITY);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([true, false])('keeps the process alive if it is to: %s', (keepsAlive) => {
    const { alarm, clock } = create(keepsAlive);
    alarm.by(100);
    expect([clock.pendingTimers, clock.aliveTimers]).toEqual([1, keepsAlive ? 1 : 0]);
  });
});
