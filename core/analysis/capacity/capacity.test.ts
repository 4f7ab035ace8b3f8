import { describe, expect, it } from 'vitest';
import { deadlockFreePoolSize, poolForEachCaller, usefulConnections } from './connection-pools.ts';
import { membersForPeak, safeUtilisation, utilisationAfterLoss } from './headroom.ts';

describe('headroom', () => {
  it('shrinks when the rest takes over', () => {
    expect(utilisationAfterLoss(0.6, 3, 1)).toBeCloseTo(0.9, 12);
    expect(utilisationAfterLoss(0.6, 2, 1)).toBeCloseTo(1.2, 12);
    expect(safeUtilisation(3, 1)).toBeCloseTo(2 / 3, 12);
    expect(utilisationAfterLoss(0.6, 2, 2)).toBeUndefined();
  });

  it('takes six clusters of 5,000 a second for 19,000 with two spares', () => {
    expect(membersForPeak(19_000, 5000, 2)).toBe(6);
    expect(membersForPeak(0.3, 0.1, 0)).toBe(3);
    expect(membersForPeak(0, 1, 1)).toBe(1);
  });
});

describe('connection pools', () => {
  it('leave room on the server', () => {
    expect(poolForEachCaller(100, 20, 0.1)).toBe(4);
    expect(poolForEachCaller(10, 1, 0.9)).toBe(1);
    expect(poolForEachCaller(10, 20, 0)).toBe(0);
    expect(poolForEachCaller(10, 0, 0)).toBeUndefined();
  });

  it('are large enough for tasks that hold several', () => {
    expect(deadlockFreePoolSize(8, 3)).toBe(17);
    expect(deadlockFreePoolSize(8, 1)).toBe(1);
    expect(usefulConnections(4, 1)).toBe(9);
  });
});
