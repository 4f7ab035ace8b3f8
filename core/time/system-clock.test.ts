import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

// The host's clock and timers are replaced, so nothing here waits or depends on how fast it runs.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  vi.advanceTimersByTime(10_000);
});
afterEach(() => {
  vi.restoreAllMocks();
  if (vi.isFakeTimers()) vi.advanceTimersByTime(1);
  vi.useRealTimers();
});

describe('The time of the system clock', () => {
  it('can be read as a date', () => {
    vi.useRealTimers();
    expect(Math.abs(systemClock.nowMs() - Date.now())).toBeLessThan(60_000);
  });

  it('goes on like that of the host', () => {
    const beganMs = systemClock.nowMs();
    vi.advanceTimersByTime(40);
    expect(systemClock.nowMs() - beganMs).toBe(40);
  });

  it('is read anew each time when readings are some way apart', () => {
    const host = vi.spyOn(performance, 'now');
    for (let i = 0; i < 200; i += 1) {
      vi.advanceTimersByTime(1);
      systemClock.nowMs();
    }
    expect(host).toHaveBeenCalledTimes(200);
  });

  it('is read one time in 64 in a burst, as long as that goes on', () => {
    const host = vi.spyOn(performance, 'now');
    for (let i = 0; i < 64_000; i += 1) systemClock.nowMs();
    expect(host.mock.calls.length).toBeLessThan(1_100);
  });

  it('is right again one millisecond after a burst, however few readings follow', () => {
    for (let i = 0; i < 1_000; i += 1) systemClock.nowMs();
    const beganMs = systemClock.nowMs();
    vi.advanceTimersByTime(1);
    expect(systemClock.nowMs() - beganMs).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(systemClock.nowMs() - beganMs).toBe(60_001);
  });

  it('is not a burst where work goes on between the readings, even within one turn', () => {
    const host = vi.spyOn(performance, 'now');
    let hostMs = 50_000;
    host.mockImplementation(() => hostMs);
    const beganMs = systemClock.nowMs();
    for (let i = 0; i < 500; i += 1) {
      hostMs += 0.02;
      expect(systemClock.nowMs() - beganMs).toBeCloseTo(hostMs - 50_000, 3);
    }
  });
});

describe('A timer of the system clock', () => {
  const DAY_MS = 86_400_000;

  it('comes once, after its delay, the fraction of a millisecond included', () => {
    const callback = vi.fn();
    systemClock.after(10.2, callback);
    vi.advanceTimersByTime(10);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('may be longer than the host allows', () => {
    const callback = vi.fn();
    systemClock.after(100 * DAY_MS, callback);
    vi.advanceTimersByTime(100 * DAY_MS - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('never comes when its delay is infinite, or after it was cancelled', () => {
    const callback = vi.fn();
    systemClock.after(Number.POSITIVE_INFINITY, callback);
    systemClock.after(10, callback).cancel();
    const long = systemClock.after(100 * DAY_MS, callback);
    vi.advanceTimersByTime(50 * DAY_MS);
    long.cancel();
    vi.advanceTimersByTime(500 * DAY_MS);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep the process alive again when the host has to be asked again', () => {
    const host = vi.spyOn(globalThis, 'setTimeout');
    systemClock.after(100 * DAY_MS, () => undefined).keepAlive(false);
    vi.advanceTimersByTime(50 * DAY_MS);
    const timers = host.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect(timers.map((timer) => timer.hasRef())).toEqual([false, false, false]);
  });

  it('keeps the process alive as long as it is asked to', () => {
    vi.useRealTimers();
    const held = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = held();
    const timer = systemClock.after(DAY_MS, () => undefined);
    expect(held()).toBe(before + 1);
    timer.keepAlive(false);
    expect(held()).toBe(before);
    timer.keepAlive(true);
    expect(held()).toBe(before + 1);
    timer.cancel();
    expect(held()).toBe(before);
  });
});
