import { describe, expect, test } from 'vitest';
import { findDisruptions } from './recovery.ts';
import { TimeSeries } from './time-series.ts';

const SECONDS = 600;

/** Hundred answers a second for ten minutes; `failures` says how many of them fail. */
function disruptions(failures: (second: number) => number, troubleMs: readonly number[]) {
  const answers = new TimeSeries(1000, SECONDS);
  const failedAnswers = new TimeSeries(1000, SECONDS);
  for (let second = 0; second < SECONDS; second++) {
    answers.add(second * 1000, 100);
    failedAnswers.add(second * 1000, failures(second));
  }
  return findDisruptions({ answers, failedAnswers }, troubleMs, SECONDS * 1000);
}

const between = (second: number, from: number, to: number) => second >= from && second < to;
/** Two of a hundred always fail, now and then four. */
const noise = (second: number) => (second % 7 === 0 ? 4 : 2);

describe('service is disturbed', () => {
  test.each([
    {
      title: 'from the first bad second to the last',
      failures: (s: number) => (between(s, 61, 75) ? 40 : noise(s)),
      expected: [{ fromMs: 61_000, toMs: 75_000, isOver: true }],
    },
    {
      title: 'for as long as it does not stay well',
      failures: (s: number) => (between(s, 61, 63) || between(s, 80, 82) ? 40 : noise(s)),
      expected: [{ fromMs: 61_000, toMs: 82_000, isOver: true }],
    },
    {
      title: 'anew when it has been well for a twentieth of the run',
      failures: (s: number) => (between(s, 61, 63) || between(s, 200, 201) ? 40 : noise(s)),
      expected: [
        { fromMs: 61_000, toMs: 63_000, isOver: true },
        { fromMs: 200_000, toMs: 201_000, isOver: true },
      ],
    },
    {
      title: 'to the end when it never comes back',
      failures: (s: number) => (s >= 61 ? 40 : noise(s)),
      expected: [{ fromMs: 61_000, toMs: 600_000, isOver: false }],
    },
    { title: 'never by the usual failures', failures: noise, expected: [] },
    {
      title: 'only after the first fault',
      failures: (s: number) => (between(s, 20, 25) ? 40 : noise(s)),
      expected: [],
    },
  ])('$title', ({ expected, failures }) => {
    expect(disruptions(failures, [60_000])).toEqual(expected);
  });

  test('not by bursts that are usual', () => {
    const bursts = (second: number) => (second % 10 === 0 ? 15 : 0);
    expect(disruptions(bursts, [60_000])).toEqual([]);
  });

  test('separately by each fault that strikes while all is well', () => {
    const failures = (s: number) => (between(s, 60, 65) || between(s, 70, 72) ? 40 : noise(s));
    expect(disruptions(failures, [60_000, 70_000])).toEqual([
      { fromMs: 60_000, toMs: 65_000, isOver: true },
      { fromMs: 70_000, toMs: 72_000, isOver: true },
    ]);
  });

  test('never where nothing went wrong', () => {
    expect(disruptions((second) => (second > 300 ? 40 : 0), [])).toEqual([]);
  });

  test('also when nothing but failure was ever seen', () => {
    expect(disruptions(() => 100, [0])).toEqual([{ fromMs: 0, toMs: 600_000, isOver: false }]);
  });
});
