import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comeback, Goodput, judgeComebacks } from './index.ts';

const END_MS = 600_000;
const RATE = 50;

/** Requests that arrive evenly, of which a share is answered at once, as of the time. */
function goodput(share: (ms: number) => number, ratePerSecond = RATE, endMs = END_MS): Goodput {
  const course = new Goodput(endMs);
  let due = 0;
  for (let ms = 0; ms < endMs; ms += 1000 / ratePerSecond) {
    course.arrive(ms);
    due += share(ms);
    if (due < 1) continue;
    due--;
    course.answer('ok', ms);
  }
  return course;
}

/** Broken from the second minute to the third, unless it is said otherwise. */
const FAULT = { cause: 0, fromMs: 60_000, toMs: 120_000, nextMs: END_MS };

function judged(course: Goodput, fault: Partial<typeof FAULT> = {}, endMs = END_MS): Comeback {
  const disturbance = { ...FAULT, nextMs: endMs, ...fault };
  const [comeback, ...others] = judgeComebacks(new Map([['web', course]]), [disturbance], endMs);
  expect(others).toEqual([]);
  return comeback as Comeback;
}

/** Answers `during` the fault and until `backMs`, then all. */
const until = (backMs: number, during = 0) =>
  goodput((ms) => (ms >= FAULT.fromMs && ms < backMs ? during : 1));

describe('goodput after a disturbance', () => {
  it.each([
    ['is back as it ends', until(120_000), { verdict: 'recovers', backMs: 0 }],
    ['was never away', until(0), { verdict: 'recovers', backMs: 0 }],
    ['is back soon after', until(150_000), { verdict: 'recovers' }],
    ['is back late', until(300_000), { verdict: 'recovers-slowly' }],
    ['never comes back', until(END_MS), { verdict: 'stuck', goodputRatio: 0 }],
    ['stays at two fifths', until(END_MS, 0.4), { verdict: 'stuck' }],
    [
      'is far from what it was for a long time',
      goodput((ms) => (ms < 60_000 || ms > 300_000 ? 1 : 0.75)),
      { verdict: 'recovers-slowly', backMs: expect.closeTo(177_000, -4) },
    ],
    ['lacks five per cent, which is little', until(END_MS, 0.95), { verdict: 'recovers' }],
    [
      'is on its way up',
      goodput((ms) => (ms < FAULT.fromMs ? 1 : (0.8 * ms) / END_MS)),
      { verdict: 'unclear', reason: 'rising' },
    ],
    [
      'is compared with what was usual, not with everything',
      goodput((ms) => (ms > FAULT.fromMs && ms < FAULT.toMs ? 0 : 0.5)),
      { verdict: 'recovers', goodputRatio: expect.closeTo(1, 2) },
    ],
  ])('%s', (_, course, expected) => expect(judged(course)).toMatchObject(expected));

  it('comes back after as long as it took, to the length of a stretch', () => {
    // Fifty requests, a six hundredth of the run.
    const { backMs = Number.NaN } = judged(until(151_500));
    expect(Math.abs(backMs - 31_500)).toBeLessThanOrEqual(1_000);
  });

  it('is not slow within ten seconds of a fault that was short', () => {
    const short = { fromMs: 119_000 };
    const lost = (toMs: number) => goodput((ms) => (ms >= 119_000 && ms < toMs ? 0 : 1));
    expect(judged(lost(128_000), short).verdict).toBe('recovers');
    expect(judged(lost(135_000), short).verdict).toBe('recovers-slowly');
  });

  it('follows the load: less of it is no loss', () => {
    const course = new Goodput(END_MS);
    for (let ms = 0; ms < END_MS; ms += ms < 120_000 ? 20 : 100) {
      course.arrive(ms);
      if (ms < FAULT.fromMs || ms > FAULT.toMs) course.answer('ok', ms);
    }
    expect(judged(course).verdict).toBe('recovers');
  });

  it('does not count the answers of a fallback', () => {
    const course = goodput((ms) => (ms < FAULT.fromMs ? 1 : 0));
    for (let ms: number = FAULT.fromMs; ms < END_MS; ms += 20) course.answer('degraded', ms);
    expect(judged(course).verdict).toBe('stuck');
  });
});

describe('a run cannot tell', () => {
  it.each([
    ['what is not over', until(END_MS), { toMs: Number.POSITIVE_INFINITY }, END_MS, 'not-over'],
    ['what ends too soon', until(END_MS), {}, 240_000, 'too-short'],
    ['what is disturbed again', until(END_MS), { nextMs: 150_000 }, END_MS, 'too-short'],
    ['without a time before', until(120_000), { fromMs: 1_000 }, END_MS, 'little-traffic'],
    [
      'what was going down before',
      goodput((ms) => (ms < 30_000 ? 1 : ms < 60_000 ? 0.6 : 0)),
      {},
      END_MS,
      'falling',
    ],
    ['what never worked', goodput(() => 0), {}, END_MS, 'little-traffic'],
  ])('%s', (_, course, fault, endMs, reason) => {
    expect(judged(course, fault, endMs)).toMatchObject({ verdict: 'unclear', reason });
  });
});

describe('of several disturbances with one cause', () => {
  const together = (course: Goodput, ...spans: [number, number][]) => {
    const disturbances = spans.map(([from, to], index) => ({
      cause: -1,
      fromMs: from * 1000,
      toMs: to * 1000,
      nextMs: (spans[index + 1]?.[0] ?? END_MS / 1000) * 1000,
    }));
    return judgeComebacks(new Map([['web', course]]), disturbances, END_MS);
  };
  const lost = goodput((ms) => (ms < 60_000 || ms >= 400_000 ? 1 : 0));

  it('the worst is told', () => {
    expect(together(lost, [60, 70], [420, 430])).toMatchObject([{ verdict: 'recovers-slowly' }]);
  });

  it('those that follow each other closely are one', () => {
    expect(together(lost, [60, 390], [399, 401])).toMatchObject([
      { verdict: 'recovers', backMs: 0 },
    ]);
  });
});

it('whatever happens, the numbers are numbers', () => {
  const share = fc.constantFrom(0, 0.2, 0.9, 1);
  fc.assert(
    fc.property(
      share,
      share,
      share,
      fc.constantFrom(0.2, 5, 50),
      fc.nat(END_MS),
      fc.nat(END_MS),
      (before, during, after, rate, a, b) => {
        const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)];
        const course = goodput((ms) => (ms < fromMs ? before : ms < toMs ? during : after), rate);
        const one = judged(course, { fromMs, toMs });
        expect(one.goodputRatio).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(one.goodputRatio)).toBe(true);
        expect(one.backMs === undefined).toBe(['stuck', 'unclear'].includes(one.verdict));
        expect(one.backMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(one.reason === undefined).toBe(one.verdict !== 'unclear');
      },
    ),
    { numRuns: 60 },
  );
});
