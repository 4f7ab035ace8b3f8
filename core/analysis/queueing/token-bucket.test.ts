import { describe, expect, it } from 'vitest';
import { tokenBucketRejected } from './token-bucket.ts';

/** What a bucket does with calls that arrive by chance. */
function simulated(load: number, rate: number, burst: number, maxWaitMs: number): number {
  let state = 12_345;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  let [tokens, lastS, nowS, rejected] = [burst, 0, 0, 0];
  const calls = 400_000;
  for (let call = 0; call < calls; call += 1) {
    nowS += -Math.log(random()) / load;
    tokens = Math.min(burst, tokens + (nowS - lastS) * rate);
    lastS = nowS;
    if ((1 - tokens) / rate > maxWaitMs / 1000 + 1e-9) rejected += 1;
    else tokens -= 1;
  }
  return rejected / calls;
}

describe('a token bucket', () => {
  it('of one token turns away who comes within the time of one', () => {
    expect(tokenBucketRejected(40, 100, 1, 0)).toBeCloseTo(0.4 / 1.4, 12);
    expect(tokenBucketRejected(0, 100, 1, 0)).toBe(0);
  });

  it('turns away what is too much in the long run', () => {
    expect(tokenBucketRejected(200, 100, 5, 1_000)).toBe(0.5);
    expect(tokenBucketRejected(100, 100, 5, 0)).toBe(0);
  });

  it.each([
    [40, 100, 1, 0],
    [80, 100, 2, 0],
    [80, 100, 5, 0],
    [90, 100, 10, 0],
    [95, 100, 3, 100],
    [50, 100, 1, 15],
    [98, 100, 20, 30],
  ])(
    'with %d calls, %d tokens a second, a burst of %d and a wait of %d ms does as one that runs',
    (...args) => {
      expect(tokenBucketRejected(...args)).toBeCloseTo(simulated(...args), 2);
    },
  );

  it('of many tokens turns away nobody, as far as can be said', () => {
    expect(tokenBucketRejected(50, 100, 1_000, 0)).toBe(0);
  });

  it.each([
    [Number.NaN, 1, 1, 0],
    [1, 0, 1, 0],
    [1, 1, 0, 0],
    [1, 1, 1, -1],
  ])('is not asked for %d, %d, %d, %d', (...args) => {
    expect(tokenBucketRejected(...args)).toBeUndefined();
  });
});
