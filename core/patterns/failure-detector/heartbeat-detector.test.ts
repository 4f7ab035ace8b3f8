import { describe, expect, it } from 'vitest';
import { HeartbeatDetector, type HeartbeatDetectorOptions } from './heartbeat-detector.ts';

const create = (options: Partial<HeartbeatDetectorOptions> = {}) =>
  new HeartbeatDetector({ intervalMs: 1_000, ...options }, 0);

describe('HeartbeatDetector', () => {
  it('finds one missed heartbeat weakening and three failed, each half an interval late', () => {
    const detector = create();
    const at = (nowMs: number) => detector.suspicion(nowMs);
    expect([at(1_499), at(1_500), at(3_499), at(3_500)]).toEqual([
      'trusted',
      'weakening',
      'weakening',
      'failed',
    ]);
  });

  it('counts what was missed', () => {
    const detector = create();
    detector.heartbeat(10_000);
    const missed = [10_000, 11_499, 11_500, 12_500, 60_500].map((nowMs) =>
      detector.evidence(nowMs),
    );
    expect(missed).toEqual([0, 0, 1, 2, 50].map((heartbeats) => ({ kind: 'missed', heartbeats })));
  });

  it('counts one more at the very moment it changes, whatever rounding does', () => {
    for (const intervalMs of [0.1, 0.7, 1 / 3, 1e3 / 7]) {
      const detector = new HeartbeatDetector({ intervalMs, graceMs: intervalMs / 3 }, 0);
      detector.heartbeat(0.3);
      const weakeningAtMs = detector.nextChangeAtMs(0.3);
      const failedAtMs = detector.nextChangeAtMs(weakeningAtMs);
      expect(detector.evidence(weakeningAtMs)).toEqual({ kind: 'missed', heartbeats: 1 });
      expect(detector.evidence(failedAtMs)).toEqual({ kind: 'missed', heartbeats: 3 });
    }
  });

  it('does not suspect heartbeats that come within their grace', () => {
    const detector = create({ graceMs: 200 });
    for (let nowMs = 1_199; nowMs < 100_000; nowMs += 1_199) {
      expect(detector.suspicion(nowMs)).toBe('trusted');
      detector.heartbeat(nowMs);
    }
  });

  it('has no weakening when the first missed heartbeat means failed', () => {
    const detector = create({ missed: 1, graceMs: 0 });
    expect(detector.suspicion(999)).toBe('trusted');
    expect(detector.nextChangeAtMs(0)).toBe(1_000);
    expect(detector.suspicion(1_000)).toBe('failed');
  });

  it.each([{ intervalMs: 0 }, { missed: 0 }, { missed: 1.5 }, { graceMs: -1 }])(
    'refuses %j',
    (options) => {
      expect(() => create(options)).toThrow(RangeError);
    },
  );
});
