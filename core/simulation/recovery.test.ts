import { describe, expect, test } from 'vitest';
import { findDisruptions } from './recovery.ts';
import { TrafficStatistics } from './traffic-statistics.ts';
import type { Trouble } from './trouble-log.ts';

const SECONDS = 600;

/** Hundred answers a second for ten minutes; `failures` says how many of them fail. */
function disruptions(failures: (second: number) => number, troubleMs: readonly number[]) {
  const { disruptions } = findIn({ failures, troubles: troubleMs.map(lasting) });
  return disruptions;
}

const lasting = (fromMs: number) => ({ fromMs, toMs: Number.POSITIVE_INFINITY });

interface Traffic {
  readonly troubles: readonly Trouble[];
  readonly failures: (second: number) => number;
  /** A second; by default a hundred, of which all are answered. */
  readonly arrivals?: number;
  readonly answers?: (second: number) => number;
}

function findIn({ answers, arrivals = 100, failures, troubles }: Traffic) {
  const statistics = new TrafficStatistics(5000, SECONDS / 5);
  for (let second = 0; second < SECONDS; second++) {
    const count = answers?.(second) ?? arrivals;
    for (let i = 0; i < arrivals; i++) statistics.arrive(second * 1000 + i);
    for (let i = 0; i < count; i++) {
      const outcome = i < failures(second) ? 'error' : 'ok';
      statistics.answer(outcome, second * 1000 + i, 1);
    }
  }
  return findDisruptions(statistics, troubles, SECONDS * 1000);
}

const between = (second: number, from: number, to: number) => second >= from && second < to;
/** Two of a hundred always fail, now and then four. */
const noise = (second: number) => (second % 7 === 0 ? 4 : 2);

describe('service is disturbed', () => {
  test.each([
    {
      title: 'from the first bad second to the last',
      failures: (s: number) => (between(s, 61, 75) ? 40 : noise(s)),
      expected: [{ fromMs: 61_000, toMs: 74_039, isOver: true }],
    },
    {
      title: 'for as long as it does not stay well',
      failures: (s: number) => (between(s, 61, 63) || between(s, 80, 82) ? 40 : noise(s)),
      expected: [{ fromMs: 61_000, toMs: 81_039, isOver: true }],
    },
    {
      title: 'anew when it has been well for a twentieth of the run',
      failures: (s: number) => (between(s, 61, 63) || between(s, 200, 201) ? 40 : noise(s)),
      expected: [
        { fromMs: 61_000, toMs: 62_039, isOver: true },
        { fromMs: 200_000, toMs: 200_039, isOver: true },
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
      { fromMs: 60_000, toMs: 64_039, isOver: true },
      { fromMs: 70_000, toMs: 71_039, isOver: true },
    ]);
  });

  test('never where nothing went wrong', () => {
    expect(disruptions((second) => (second > 300 ? 40 : 0), [])).toEqual([]);
  });

  test('also when nothing but failure was ever seen', () => {
    expect(disruptions(() => 100, [0])).toEqual([{ fromMs: 0, toMs: 600_000, isOver: false }]);
  });

  test('by requests that hang, though not one of them fails', () => {
    const answers = (s: number) => (between(s, 60, 80) ? 10 : 100);
    const failures = () => 0;
    expect(findIn({ answers, failures, troubles: [lasting(60_000)] }).disruptions).toEqual([
      { fromMs: 60_000, toMs: 80_000, isOver: true },
    ]);
  });

  test('but not by a service that only takes longer', () => {
    const answers = (s: number) => (between(s, 60, 62) ? 60 : 100);
    const failures = () => 0;
    expect(findIn({ answers, failures, troubles: [lasting(60_000)] }).disruptions).toEqual([]);
  });

  test('compared with what happens after a fault at the start', () => {
    const failures = (s: number) => (s < 540 ? 40 : noise(s));
    const troubles = [{ fromMs: 0, toMs: 540_000 }];
    expect(findIn({ failures, troubles })).toEqual({
      disruptions: [{ fromMs: 0, toMs: 539_039, isOver: true }],
      isUsualKnown: true,
    });
  });

  test('perhaps, where there is nothing to compare with', () => {
    expect(findIn({ failures: () => 40, troubles: [lasting(0)] })).toEqual({
      disruptions: [],
      isUsualKnown: false,
    });
    expect(findIn({ failures: () => 0, troubles: [lasting(0)] }).isUsualKnown).toBe(true);
  });

  test('also when there is only a request a second', () => {
    const failures = (s: number) => (between(s, 200, 260) ? 1 : 0);
    expect(findIn({ arrivals: 1, failures, troubles: [lasting(200_000)] }).disruptions).toEqual([
      { fromMs: 200_000, toMs: 259_000, isOver: true },
    ]);
  });
});
