import { expect, it } from 'vitest';
import type { Latency } from '../model/model.ts';
import { createRandom } from '../time/index.ts';
import { createLatencySampler } from './latency.ts';

/** The share of times up to `ms` that the distribution says, at some places. */
const CASES: readonly { latency: Latency; shares: readonly [ms: number, share: number][] }[] = [
  {
    latency: { kind: 'constant', ms: 80 },
    shares: [
      [79, 0],
      [80, 1],
    ],
  },
  {
    latency: { kind: 'uniform', minMs: 50, maxMs: 150 },
    shares: [
      [75, 0.25],
      [150, 1],
    ],
  },
  { latency: { kind: 'exponential', meanMs: 100 }, shares: [[100, 1 - Math.exp(-1)]] },
  {
    latency: { kind: 'lognormal', p50Ms: 80, p99Ms: 900 },
    shares: [
      [80, 0.5],
      [900, 0.99],
    ],
  },
  {
    latency: { kind: 'weibull', p50Ms: 80, shape: 0.7 },
    shares: [
      [80, 0.5],
      [80 * 2 ** (1 / 0.7), 0.75],
    ],
  },
  {
    latency: {
      kind: 'empirical',
      quantiles: [
        { share: 0, ms: 0 },
        { share: 0.5, ms: 80 },
        { share: 0.9, ms: 200 },
        { share: 0.99, ms: 1000 },
        { share: 1, ms: 1000 },
      ],
    },
    shares: [
      [40, 0.25],
      [80, 0.5],
      [140, 0.7],
      [200, 0.9],
      [999.9, 0.99],
      [1000, 1],
    ],
  },
];

it.each(CASES)('$latency.kind times are as short as they are said to be', ({ latency, shares }) => {
  const draw = createLatencySampler(latency);
  const random = createRandom(1, 'latency');
  const count = 100_000;
  const times = Float64Array.from({ length: count }, () => draw(random));
  for (const [ms, share] of shares) {
    const found = times.filter((time) => time <= ms).length / count;
    // Four standard deviations.
    const tolerance = 4 * Math.sqrt((share * (1 - share)) / count) + 1e-4;
    expect(Math.abs(found - share)).toBeLessThanOrEqual(tolerance);
  }
});
