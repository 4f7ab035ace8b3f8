import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { wordsOf } from './insight/index.ts';
import { hintsAt, insightAt } from './insight-at.ts';
import { randomConfig } from './simulation/testing/random-config.ts';

const SHOP = readFileSync(
  new URL('../samples/online-shop.resilience.yaml', import.meta.url),
  'utf8',
);

/** What is said at the first place of a mark. */
function told(text: string, mark: string) {
  const found = insightAt(analyse(text, 'a.resilience.yaml'), text.indexOf(mark));
  const words = found?.insight && wordsOf(found.insight);
  return {
    title: words?.title,
    rows: Object.fromEntries((words?.rows ?? []).map(({ label, value }) => [label, value])),
    notes: words?.notes,
    documents: found?.schema?.title,
  };
}

function hints(text: string): string[] {
  const analysis = analyse(text, 'a.resilience.yaml');
  return hintsAt(analysis, { start: 0, end: text.length }).map(({ offset, text: hint }) => {
    const before = text.slice(0, offset);
    return `${before.slice(before.lastIndexOf('\n') + 1).trim()} ‹${hint}›`;
  });
}

describe('the insight at a word', () => {
  it.each([
    ['web:', "Redundancy group 'web'", undefined],
    ['minHealthy: 2\n    active:', "Redundancy group 'web'", 'Minimum healthy'],
    ['web-2', "Redundancy group 'web'", undefined],
    ['retryAfter', "Redundancy group 'web'", 'Pause between attempts'],
    ['catalogue, timeout', "Call 'storefront' → 'catalogue'", undefined],
    ['timeout: 800ms', "Call 'storefront' → 'catalogue'", 'Timeout'],
    ['quick, fallback', "Retry policy 'quick'", undefined],
    ['runsOn', "Service 'storefront'", 'Runs on'],
    ['web\n    bulkhead', "Redundancy group 'web'", undefined],
    ['browsing\n', "Bulkhead 'browsing'", undefined],
    ['availability: 99.9%', 'Objective: availability', undefined],
    ['99.9%', 'Objective: availability', undefined],
    ['db-primary-1, type', "Redundancy group 'database'", undefined],
    ['storefront, account', "Service 'storefront'", undefined],
    ['expect:', "Scenario 'zone-a-lost'", 'Expectations'],
    ['services:', undefined, 'Services'],
    ['seed', undefined, 'Seed'],
  ])('%j is about %j', (mark, title, documents) => {
    expect(told(SHOP, mark)).toMatchObject({ title, documents });
  });

  it('is none on blanks and comments', () => {
    const analysis = analyse(SHOP, 'a.resilience.yaml');
    for (const mark of ['# An online', '  web:', '\n\nversion']) {
      expect(insightAt(analysis, SHOP.indexOf(mark))).toBeUndefined();
    }
  });

  it.each([
    ['redundancy:\n  db: { active: [a, b], standbyMode: ho }\n', 'db'],
    ['services:\n  shop: { calls: [{ to: db, timeout: 5 }] }\n', 'db'],
    ['retries: { again: { attempts: 3x } }\n', 'again'],
    [
      'services:\n  shop: { calls: [{ to: db, retry: again }] }\nretries: { again: { x: 1 } }\n',
      'db',
    ],
  ])('says nothing of what is still being typed: %j', (yaml, mark) => {
    const found = told(`version: 1\n${yaml}`, mark);
    expect(found.title).toBeUndefined();
    expect(found.documents).toBeDefined();
  });

  it('asks for the numbers that are missing, where they belong', () => {
    const text = `version: 1
bulkheads: { pool: { size: 3 } }
circuitBreakers: { breaker: { window: 10s } }
services:
  shop: { calls: [{ to: cart }, { to: cart }] }
  cart: { latency: 5ms, calls: [{ to: pay, timeout: 1s, bulkhead: pool, circuitBreaker: breaker }] }
  pay: {}
`;
    expect(told(text, 'pool:').notes).toEqual([
      "Add 'traffic.rate' to 'shop' and 'latency' to 'pay' to see how full it is.",
    ]);
    expect(told(text, 'breaker:').notes).toEqual([
      "Add 'traffic.rate' to 'shop' to see how fast it opens.",
    ]);
    expect(told(text, 'shop:').notes).toEqual([
      "Add 'traffic.rate' to see how many requests it gets.",
      "Add 'runsOn' to 'cart' and 'objectives.availability' to 'pay' to see what is reachable.",
    ]);
  });

  it('tells of a promise that cannot be kept what stands in its way', () => {
    const text = `version: 1
objectives: { availability: 99.9%, latency: { p99: 100ms } }
services:
  shop: { traffic: { rate: 3/s }, errorRate: 0%, calls: [{ to: pay, timeout: 1s }] }
  blog: { traffic: { rate: 1/s }, errorRate: 0%, latency: 80ms }
  pay: { objectives: { availability: 99% }, latency: { p50: 20ms, p99: 400ms } }
`;
    // Three quarters of the requests need what is down for 1 % of the time.
    expect(told(text, '99.9%').rows).toEqual({
      Promise: '99.9% leaves 43m 12s down in 30d',
      Reachable: '99.25%, 5h 24m down in 30d: the promise cannot be kept',
      'Limited by': "'pay' (5h 24m)",
    });
    expect(told(text, 'p99').rows.Reachable).toMatch(
      /^not below 3\d\dms, for 'pay' alone is that slow: the promise cannot be kept$/,
    );
  });

  it('names the group whose members are all needed, rather than each of them', () => {
    const text = `version: 1
objectives: { availability: 99% }
redundancy:
  db: { minHealthy: 2, active: [a, b], failures: { mtbf: 99h }, recovery: { time: 1h, successRate: 100% } }
services: { shop: { runsOn: db } }
`;
    expect(told(text, '99%').rows).toMatchObject({
      Reachable: '98.01%, 14h 20m down in 30d: the promise cannot be kept',
      'Limited by': "'db' (14h 20m)",
    });
  });

  it('says nothing of what is reachable while a part that matters is being typed', () => {
    const text = `version: 1
services:
  shop: { errorRate: 1%, objectives: { availability: 99% }, calls: [{ to: pay, timeout: 1s }] }
  pay: { errorRate: 2%, latency: }
`;
    expect(Object.keys(told(text, '99%').rows)).toEqual(['Promise']);
    const sound = text.replace('latency: ', 'latency: 1s ');
    expect(Object.keys(told(sound, '99%').rows)).toEqual(['Promise', 'Reachable', 'Limited by']);
  });

  it('tells calls that an alias repeats of the first service that makes them', () => {
    const text = `version: 1
services:
  shop: &shop { calls: [{ to: pay, timeout: 1s }] }
  blog: *shop
  pay: {}
`;
    expect(told(text, 'pay, timeout').title).toBe("Call 'shop' → 'pay'");
  });

  it('multiplies nothing that must not be done twice', () => {
    const text = `version: 1
retries: { again: { attempts: 3 } }
services:
  shop:
    calls:
      - { to: pay, timeout: 1s, retry: again, hedge: { after: 1s } }
      - { to: mail, timeout: 1s, retry: again, hedge: { after: 1s }, idempotent: false }
  pay: {}
  mail: {}
`;
    expect(told(text, 'pay, timeout').rows['When all fails']).toBe(
      "requests multiply: up to ×6 at 'pay'",
    );
    expect(told(text, 'mail, timeout').rows).not.toHaveProperty('When all fails');
  });

  it('counts the requests of calls that go round in a circle', () => {
    const text = `version: 1
services:
  a: { calls: [{ to: b, timeout: 1s }] }
  b: { calls: [{ to: c, timeout: 1s }, { to: a, timeout: 1s }] }
  c: {}
`;
    expect(told(text, 'b, timeout').rows['When all fails']).toBe(
      'requests without end, for calls go round in a circle',
    );
  });

  it('knows when a breaker can never open', () => {
    const text = `version: 1
circuitBreakers: { slow: { window: 30s, minimumCalls: 100 }, fast: { window: 30s } }
services:
  shop:
    traffic: { rate: 2/s }
    calls:
      - { to: pay, timeout: 1s, circuitBreaker: slow }
      - { to: pay, timeout: 1s, circuitBreaker: fast }
  pay: { errorRate: 1% }
`;
    expect(told(text, 'slow:').rows['In an outage']).toBe(
      'never opens: its window holds 60 calls on average, and needs 100',
    );
    // Half of the window of 30 s must fail, and the first call takes a second to do so. Whoever met
    // an error at the first of the two calls does not make the second.
    expect(told(text, 'fast:').rows['In an outage']).toBe(
      'opens 16s after everything began to hang, at 1.98/s',
    );
  });

  it('says what a scenario takes down, and when', () => {
    const text = `version: 1
redundancy:
  db: { minHealthy: 1, active: [a, b] }
services: { shop: { traffic: { rate: 1/s }, calls: [{ to: db }] }, blog: { traffic: { rate: 1/s } } }
scenarios:
  both: { faults: [{ at: 10s, for: 1m, fail: a }, { at: 1m, for: 1m, fail: b }] }
  apart: { faults: [{ at: 10s, for: 10s, fail: a }, { at: 1m, for: 1m, fail: b }] }
`;
    expect(told(text, 'both:').rows).toEqual({
      Faults: '2 faults, after 1m 2 components are down',
      'Below minimum': "'db'",
      'Services lost': "'shop'",
    });
    const degraded = text.replace('for: 10s, fail: a', 'for: 10s, degrade: db, errorRate: 100%');
    expect(told(degraded, 'apart:').rows).toMatchObject({ 'Services lost': "'shop'" });
    const faulty = degraded.replace('100%', '99%');
    expect(told(faulty, 'apart:').rows).toMatchObject({ 'Services lost': 'none' });
    expect(told(text, 'apart:').rows).toMatchObject({
      Faults: '2 faults, after 10s 1 component is down',
      'Services lost': 'none',
    });
  });
});

describe('hints', () => {
  it('stand behind what is on one line, else behind the name', () => {
    expect(
      hints(`version: 1
redundancy: { a: { minHealthy: 1, active: [x, y] }, b: &b { active: [z] }, c: *b }
services:
  shop:
    calls:
      - to: a # the first
        retry: again
        timeout: 1s
      - { to: a, timeout: 1s, retry: again }
retries: { again: {} }
`),
    ).toEqual([
      'redundancy: { a: { minHealthy: 1, active: [x, y] } ‹HIGH›',
      'redundancy: { a: { minHealthy: 1, active: [x, y] }, b: &b { active: [z] } ‹LOW›',
      'redundancy: { a: { minHealthy: 1, active: [x, y] }, b: &b { active: [z] }, c: ‹LOW›',
      '- to: a ‹≤ 3.3s›',
      '- { to: a, timeout: 1s, retry: again } ‹≤ 3.3s›',
    ]);
  });

  it('are only those of the range that is asked for', () => {
    const analysis = analyse(SHOP, 'a.resilience.yaml');
    const all = hintsAt(analysis, { start: 0, end: SHOP.length });
    const some = hintsAt(analysis, {
      start: SHOP.indexOf('  database:'),
      end: SHOP.indexOf('  queue:'),
    });
    expect(all.map(({ text }) => text)).toEqual(
      expect.arrayContaining(some.map(({ text }) => text)),
    );
    expect(some).toHaveLength(2);
    const inside = { start: SHOP.indexOf('minHealthy: 2\n'), end: SHOP.indexOf('standby:') };
    expect(hintsAt(analysis, inside)).toEqual([]);
  });
});

describe('any text', () => {
  /** What makes a config strange: unfinished, contradictory, hostile or far too large. */
  const PIECES = [
    '',
    '\n',
    ' ',
    '0',
    '0s',
    '0%',
    '100%',
    '1e400',
    '-1',
    '9999999999',
    '100000000d',
    'null',
    '[',
    '}',
    '*a',
    '&a ',
    '<<: ',
    '__proto__',
    'constructor',
    'web',
    'catalogue',
    '😀',
    '# x\n',
    '  - { to: orders, retry: quick }\n',
    'minHealthy: 0\n',
    'attempts: 1000000\n',
    'mtbf: 1ms',
  ];
  const edits = fc.array(
    fc.record({ at: fc.nat(SHOP.length), cut: fc.nat(40), piece: fc.constantFrom(...PIECES) }),
    { minLength: 1, maxLength: 4 },
  );
  const edited = edits.map((all) =>
    all.reduce(
      (text, { at, cut, piece }) => text.slice(0, at) + piece + text.slice(at + cut),
      SHOP,
    ),
  );

  /** Without names, which may hold anything. */
  const UNFIT = /NaN|undefined|Infinity|-\d|–|\[object|^$/;
  const isFit = (text: string) => !UNFIT.test(text.replaceAll(/'.*?'/gs, 'name'));

  it('gives insights whose words are fit to read, within the text, at any offset', {
    timeout: 120_000,
  }, () => {
    const texts = fc.oneof(
      { arbitrary: edited, weight: 3 },
      { arbitrary: randomConfig, weight: 1 },
    );
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, shares, (text, offsets) => {
        const analysis = analyse(text, 'a.resilience.yaml');
        for (const share of offsets) {
          const offset = Math.floor(share * text.length);
          const found = insightAt(analysis, offset);
          if (!found) continue;
          expect(found.range.start).toBeLessThanOrEqual(offset);
          expect(found.range.end).toBeGreaterThanOrEqual(offset);
          expect(found.range.end).toBeLessThanOrEqual(text.length);
          if (!found.insight) continue;
          expect(found.insight.at.end).toBeLessThanOrEqual(text.length);
          const { notes, rows, title } = wordsOf(found.insight);
          const all = [title, ...rows.flatMap(({ label, value }) => [label, value]), ...notes];
          expect(all.filter((one) => !isFit(one))).toEqual([]);
        }
        for (const { offset, text: hint } of hintsAt(analysis, { start: 0, end: text.length })) {
          expect(offset).toBeLessThanOrEqual(text.length);
          expect(isFit(hint)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
