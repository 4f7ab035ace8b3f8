import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failuresTolerated, majority, primaryWrites, quorumGuarantees } from './quorum.ts';
import { dataLossMs, detectionMs, recoveryTime } from './recovery-time.ts';

describe('a quorum', () => {
  it.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
    [6, 4, 2],
    [7, 4, 3],
    [9, 5, 4],
  ])('of %i voters is %i and tolerates the loss of %i', (voters, quorum, tolerated) => {
    expect(majority(voters)).toBe(quorum);
    expect(failuresTolerated(voters)).toBe(tolerated);
  });

  it('promises what every choice of copies keeps', () => {
    const small = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(small, small, small, (copies, write, read) => {
        fc.pre(write <= copies && read <= copies);
        const choices = (size: number) =>
          Array.from({ length: 2 ** copies }, (_, set) => set).filter((set) => {
            return set.toString(2).replaceAll('0', '').length === size;
          });
        const alwaysMeet = (a: number, b: number) =>
          choices(a).every((one) => choices(b).every((other) => (one & other) !== 0));
        expect(quorumGuarantees(copies, write, read)).toMatchObject({
          readsSeeWrites: alwaysMeet(read, write),
          writesMeet: alwaysMeet(write, write),
          lossesSurvived: write - 1,
        });
      }),
    );
  });

  it('of more copies than there are has no answer', () => {
    expect(quorumGuarantees(3, 4, 1)).toBeUndefined();
    expect(quorumGuarantees(3, 2, 2)).toMatchObject({ writesSurvive: 1, readsSurvive: 1 });
  });

  it('of a primary and its standbys needs both', () => {
    expect(primaryWrites(1, 1, 0.99)?.up).toBeCloseTo(0.9801, 12);
    expect(primaryWrites(2, 1, 0.99)?.up).toBeCloseTo(0.989901, 12);
    expect(primaryWrites(2, 1, 0.99)?.down).toBeCloseTo(0.010099, 12);
  });
});

describe('recovery', () => {
  it('begins with noticing', () => {
    expect(detectionMs(10_000, 3, 1000)).toBe(31_000);
    expect(detectionMs(10_000, 0, 1000)).toBeUndefined();
  });

  it('takes all its steps, and names the longest', () => {
    const steps = { detectMs: 90_000, decideMs: 0, activateMs: 60_000, warmUpMs: 0 };
    expect(recoveryTime({ ...steps, redirectMs: 300_000 })).toEqual({
      totalMs: 450_000,
      longest: 'redirectMs',
    });
    expect(recoveryTime({ ...steps, redirectMs: -1 })).toBeUndefined();
  });

  it('loses what no surviving replica has', () => {
    expect(dataLossMs(30_000, 3_600_000)).toBe(30_000);
    expect(dataLossMs(undefined, 3_600_000)).toBe(3_600_000);
    expect(dataLossMs(Number.NaN, 1)).toBeUndefined();
  });
});
