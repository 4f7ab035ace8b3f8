import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import { latenessOf, phiOf } from './phi.ts';
import { PhiAccrualDetector, type PhiAccrualDetectorOptions } from './phi-accrual-detector.ts';

const create = (options: Partial<PhiAccrualDetectorOptions> = {}) =>
  new PhiAccrualDetector({ intervalMs: 1_000, ...options }, 0);

function phi(detector: PhiAccrualDetector, nowMs: number): number {
  const evidence = detector.evidence(nowMs);
  return evidence.kind === 'phi' ? evidence.phi : Number.NaN;
}

describe('phi', () => {
  it.each([
    // 10 %, 1 % and 0.1 % of the normal distribution lie above 1.2816, 2.3263 and 3.0902.
    [1.2816, 1],
    [2.3263, 2],
    [3.0902, 3],
    [0, Math.log10(2)],
  ])(
    'of %d standard deviations is %d, as the tail of the normal distribution is',
    (y, expected) => {
      expect(phiOf(y)).toBeCloseTo(expected, 1);
    },
  );

  it('is what Akka makes of it', () => {
    for (let y = -3; y <= 8; y += 0.25) {
      const e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
      expect(phiOf(y)).toBeCloseTo(-Math.log10(e / (1 + e)), 9);
    }
  });

  it('grows for ever, also where the probability itself would be rounded to nothing', () => {
    expect(phiOf(100)).toBeGreaterThan(phiOf(99));
    expect(phiOf(1e6)).toBeGreaterThan(phiOf(1e5));
    expect(phiOf(1e6)).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('has an inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1_000, noNaN: true }), (level) => {
        expect(phiOf(latenessOf(level)) / level).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('PhiAccrualDetector', () => {
  it('learns from the latest intervals, as many as its window holds', () => {
    const gaps = fc.array(fc.double({ min: 1, max: 3_000, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 2, max: 20 }), (gapsMs, windowSize) => {
        const detector = create({ windowSize, acceptablePauseMs: 1e9 });
        let nowMs = 0;
        detector.heartbeat(nowMs);
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          detector.heartbeat(nowMs);
        }
        const known = [750, 1_250, ...gapsMs].slice(-windowSize);
        const mean = known.reduce((sum, gap) => sum + gap, 0) / known.length;
        const squares = known.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
        const spread = Math.max(100, Math.sqrt(squares / known.length));
        expect(phi(detector, nowMs + 2_000)).toBeCloseTo(phiOf((2_000 - mean) / spread), 6);
      }),
    );
  });

  it('forgets an interval without a trace, however long it was', () => {
    const detector = create({ intervalMs: 9_000, windowSize: 4, acceptablePauseMs: 1e15 });
    let nowMs = 0;
    // Beside the square of 1e12 those of the others are no more than rounding errors.
    for (const gapMs of [0, 1e12, 9_000, 9_001, 8_999, 9_000, 9_000, 9_001, 8_999, 9_000]) {
      nowMs += gapMs;
      detector.heartbeat(nowMs);
    }
    // The last four spread less than a millisecond, so the least spread counts.
    expect(phi(detector, nowMs + 9_000 + 2 * 900)).toBeCloseTo(phiOf(2), 6);
  });

  it('is not confused by intervals that are all the same', () => {
    for (const intervalMs of [0.1, 1 / 3, 1e3 / 7, 1e7 / 3]) {
      const detector = create({ intervalMs, windowSize: 10, minStandardDeviationMs: 1e-9 });
      for (let n = 0; n < 30; n += 1) {
        detector.heartbeat(n * intervalMs);
        expect(detector.suspicion((n + 10) * intervalMs)).toBe('failed');
      }
    }
  });

  it('reaches its thresholds when it says so', () => {
    const detector = create({ weakeningPhi: 2, failedPhi: 5, acceptablePauseMs: 0 });
    for (let n = 0; n < 50; n += 1) detector.heartbeat(n * 1_000 + (n % 3) * 200);
    const weakeningAtMs = detector.nextChangeAtMs(49_200);
    expect(phi(detector, weakeningAtMs)).toBeCloseTo(2, 6);
    expect(phi(detector, detector.nextChangeAtMs(weakeningAtMs))).toBeCloseTo(5, 6);
  });

  it('is wrong as often as phi says: one interval in ten is later than phi 1', () => {
    const random = createRandom(1);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const detector = create({ weakeningPhi: 1, windowSize: 1_000 });
    let nowMs = 0;
    let suspected = 0;
    for (let n = 0; n < 20_000; n += 1) {
      nowMs += 1_000 + 200 * normal();
      if (detector.suspicion(nowMs) !== 'trusted') suspected += 1;
      detector.heartbeat(nowMs);
    }
    expect(suspected / 20_000).toBeCloseTo(0.1, 2);
  });

  it('waits longer where heartbeats come irregularly', () => {
    const steady = create();
    const jumpy = create();
    for (let n = 0; n <= 300; n += 1) {
      steady.heartbeat(n * 1_000);
      jumpy.heartbeat(n * 1_000 + (n % 2) * 600);
    }
    expect(steady.nextChangeAtMs(300_000)).toBeLessThan(301_500);
    expect(jumpy.nextChangeAtMs(300_000)).toBeGreaterThan(302_000);
  });

  it('expects the first heartbeats at the interval it was told, with a spread of a quarter', () => {
    expect(phi(create(), 1_000)).toBeCloseTo(phiOf(0));
    expect(phi(create(), 1_250)).toBeCloseTo(phiOf(1));
  });

  it('does not learn from the time before the first heartbeat', () => {
    const detector = create();
    detector.heartbeat(10);
    expect(phi(detector, 1_260)).toBeCloseTo(phiOf(1));
  });

  it('does not learn from the interval that ended a failure', () => {
    const detector = create();
    detector.heartbeat(0);
    detector.heartbeat(3_600_000);
    expect(phi(detector, 3_600_000 + 1_250)).toBeCloseTo(phiOf(1));
  });

  it('does not learn from a clock that stepped back, nor from the same heartbeat twice', () => {
    const detector = create();
    detector.heartbeat(10_000);
    detector.heartbeat(5_000);
    detector.heartbeat(5_000);
    expect(phi(detector, 6_250)).toBeCloseTo(phiOf(1));
  });

  it('never suspects a heartbeat before it is due', () => {
    const detector = create({ weakeningPhi: 1e-9, failedPhi: 1e-6, acceptablePauseMs: 0 });
    expect(detector.suspicion(999)).toBe('trusted');
    expect(detector.suspicion(1_000)).toBe('failed');
  });

  it('is weakening while it uses up the pause that is acceptable, and failed after it', () => {
    const detector = create({ acceptablePauseMs: 3_000 });
    detector.heartbeat(0);
    expect(detector.suspicion(1_900)).toBe('weakening');
    expect(detector.suspicion(4_900)).toBe('weakening');
    expect(detector.suspicion(5_400)).toBe('failed');
  });

  it.each([
    { intervalMs: 0 },
    { weakeningPhi: 0 },
    { weakeningPhi: 5, failedPhi: 4 },
    { windowSize: 1 },
    { minStandardDeviationMs: 0 },
    { acceptablePauseMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => create(options)).toThrow(RangeError);
  });
});
