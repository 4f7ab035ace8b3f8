import { describe, expect, it } from 'vitest';
import {
  type ChainState,
  type ChainSteps,
  exploreChain,
  stationaryShares,
} from './markov-chain.ts';

/** Share of time in the states that `isUp` picks. */
function shareOf(start: ChainState, steps: ChainSteps, isUp: (state: ChainState) => boolean) {
  const chain = exploreChain(start, steps, 1000);
  const shares = chain && stationaryShares(chain);
  if (!chain || !shares) throw new Error('The chain has no solution.');
  return chain.states.reduce((sum, state, i) => sum + (isUp(state) ? (shares[i] ?? 0) : 0), 0);
}

describe('a chain', () => {
  it('spends its time as a birth and death process does', () => {
    const up = shareOf(
      [0],
      ([failed = 0], leads) => {
        if (failed < 5) leads([failed + 1], (5 - failed) * 0.001);
        if (failed > 0) leads([failed - 1], 0.1);
      },
      ([failed = 0]) => failed <= 2,
    );
    // Three of five with one repairer.
    expect(Math.abs(1 - up / 0.9999418170736628)).toBeLessThan(1e-12);
  });

  it('covers a takeover that takes time and may fail', () => {
    // 0 as it should be, 1 switching, 2 one in repair, 3 both failed, 4 the takeover failed.
    const rates = [
      [0, 1, 0.00095],
      [0, 4, 0.00005],
      [1, 2, 120],
      [2, 0, 0.1],
      [2, 3, 0.001],
      [3, 2, 0.2],
      [4, 0, 0.1],
    ] as const;
    const up = shareOf(
      [0],
      ([at], leads) => {
        for (const [from, to, rate] of rates) if (from === at) leads([to], rate);
      },
      ([at]) => at === 0 || at === 2,
    );
    expect(Math.abs(1 - up / 0.999450112679461)).toBeLessThan(1e-12);
  });

  it('keeps the digits of shares that are next to nothing', () => {
    const chain = exploreChain(
      [0],
      ([at = 0], leads) => {
        if (at < 8) leads([at + 1], 1e-4);
        if (at > 0) leads([at - 1], 1);
      },
      10,
    );
    const shares = chain && stationaryShares(chain);
    expect((shares?.[8] ?? 0) / (1e-32 * (1 - 1e-4))).toBeCloseTo(1, 12);
  });

  it('has no answer where it ends, or is too large', () => {
    const ending = exploreChain([0], ([at], leads) => at === 0 && leads([1], 1), 10);
    expect(ending && stationaryShares(ending)).toBeUndefined();
    expect(exploreChain([0], ([at = 0], leads) => leads([at + 1], 1), 10)).toBeUndefined();
  });
});
