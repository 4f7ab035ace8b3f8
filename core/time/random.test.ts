import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type RandomStream } from './random.ts';

function draw(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.next());
}

describe('createRandom', () => {
  it('gives the numbers of an independent implementation', () => {
    const words = draw(createRandom(42, 'db-1', 'latency'), 4).map((number) => number * 2 ** 32);
    expect(words).toEqual([3795896992, 3039287461, 1791416013, 3639540756]);
  });

  it('gives the same sequence for the same seed and names', () => {
    fc.assert(
      fc.property(fc.double(), fc.array(fc.string()), (seed, names) => {
        const first = draw(createRandom(seed, ...names), 10);
        expect(draw(createRandom(seed, ...names), 10)).toEqual(first);
      }),
    );
  });

  it('gives another sequence for another seed, name, order or split of names', () => {
    const streams = [
      createRandom(1),
      createRandom(2),
      createRandom(0.5),
      createRandom(2 ** 40),
      createRandom(1, 'a'),
      createRandom(1, 'a', 'b'),
      createRandom(1, 'b', 'a'),
      createRandom(1, 'ab'),
      createRandom(1, 'ab', 'c'),
      createRandom(1, 'a', 'bc'),
      createRandom(1, ''),
      createRandom(11),
    ];
    const openings = streams.map((stream) => draw(stream, 3).join());
    expect(new Set(openings).size).toBe(streams.length);
  });

  it('stays in [0, 1) and spreads evenly', () => {
    const numbers = draw(createRandom(7), 100_000);
    const counts = new Array<number>(10).fill(0);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    for (const number of numbers) {
      const tenth = Math.floor(number * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('gives neighbouring seeds streams that do not resemble each other', () => {
    const a = draw(createRandom(1), 10_000);
    const b = draw(createRandom(2), 10_000);
    const covariance = a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] ?? 0) - 0.5), 0) / a.length;
    expect(Math.abs(covariance * 12)).toBeLessThan(0.05);
  });
});
