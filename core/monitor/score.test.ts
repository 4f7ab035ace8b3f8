import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultToleranceScore, type ScoreInput } from './score.ts';

const PERFECT: ScoreInput = {
  availabilityPercent: 100,
  mttrMinutes: 0,
  mtbfHours: Number.POSITIVE_INFINITY,
  failedComponents: 0,
  knownComponents: 5,
};

describe('faultToleranceScore', () => {
  it('is 100 when nothing ever failed', () => {
    expect(faultToleranceScore(PERFECT)).toEqual({
      total: 100,
      availability: 40,
      recovery: 30,
      frequency: 20,
      diversity: 10,
    });
  });

  it('adds up its four parts', () => {
    const score = faultToleranceScore({
      availabilityPercent: 90,
      mttrMinutes: 50,
      mtbfHours: 120,
      failedComponents: 2,
      knownComponents: 5,
    });
    expect(score).toMatchObject({ availability: 36, recovery: 25, frequency: 12, diversity: 6 });
    expect(score.total).toBe(79);
  });

  it('takes nothing more for a recovery of over five hours', () => {
    expect(faultToleranceScore({ ...PERFECT, mttrMinutes: 1_000 }).recovery).toBe(0);
  });

  it('gives full marks for a failure every 200 hours', () => {
    expect(faultToleranceScore({ ...PERFECT, mtbfHours: 201 }).frequency).toBe(20);
    expect(faultToleranceScore({ ...PERFECT, mtbfHours: 199 }).frequency).toBeCloseTo(19.9);
  });

  it('gives full marks for diversity when no components are known', () => {
    expect(faultToleranceScore({ ...PERFECT, knownComponents: 0 }).diversity).toBe(10);
  });

  it('lies between 0 and 100', () => {
    const positive = fc.double({ min: 0, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        positive,
        positive,
        fc.nat(10),
        fc.nat(10),
        (availabilityPercent, mttrMinutes, mtbfHours, failedComponents, others) => {
          const knownComponents = failedComponents + others;
          const input = { availabilityPercent, mttrMinutes, mtbfHours, failedComponents };
          const { total } = faultToleranceScore({ ...input, knownComponents });
          expect(total).toBeGreaterThanOrEqual(0);
          expect(total).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
