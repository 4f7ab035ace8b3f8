import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { completionsAt } from './completion.ts';

/** Completions where `‸` stands. */
function complete(marked: string, file = 'shop.resilience.yaml') {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  return { text, offset, found: completionsAt(readConfig(text, file), offset) };
}

/** A text with one of the proposals accepted. */
function accept(marked: string, label: string): string {
  const { found, text } = complete(marked);
  const chosen = found.find((one) => one.label === label);
  if (!chosen) return `no '${label}' among ${found.map((one) => one.label).join(', ')}`;
  const { besides, range, text: newText } = chosen;
  const head = besides
    ? text.slice(0, besides.range.start) +
      besides.newText +
      text.slice(besides.range.end, range.start)
    : text.slice(0, range.start);
  return head + newText + text.slice(range.end);
}

const labels = (marked: string) => complete(marked).found.map(({ label }) => label);

describe('completion of keys', () => {
  it.each<[string, string, string[], string[]]>([
    ['the root', 'version: 1\n‸', ['services', 'redundancy', 'simulation'], ['version', 'tier']],
    ['a half-typed key', 'version: 1\nservices:\n  shop:\n    ti‸\n', ['tier', 'calls'], ['to']],
    ['a blank line', 'services:\n  shop:\n    tier: 1\n    ‸\n', ['latency'], ['tier']],
    ['keys below the cursor', 'services:\n  shop:\n    ‸\n    tier: 1\n', ['latency'], ['tier']],
    ['behind a dash', 'services:\n  shop:\n    calls:\n      - ‸', ['to', 'timeout'], []],
    ['an item', 'services:\n  shop:\n    calls:\n      - to: a\n        ‸', ['timeout'], ['to']],
    [
      'a list in its key’s column',
      'services:\n  shop:\n    calls:\n    - to: a\n      ‸',
      ['timeout'],
      ['to'],
    ],
    ['brackets', 'retries:\n  quick: { ‸', ['attempts', 'backoff'], []],
    [
      'brackets with keys',
      'retries:\n  quick: { attempts: 3, ‸, budget: 1% }',
      ['backoff'],
      ['attempts', 'budget'],
    ],
    [
      'brackets in brackets',
      'retries:\n  quick: { attempts: 3, backoff: { in‸',
      ['initial', 'max'],
      ['attempts'],
    ],
    [
      'brackets over lines',
      'services:\n  a:\n    calls: [{ to: b,\n      timeout: 1s }, { to: c,\n      ‸',
      ['timeout', 'retry'],
      ['to'],
    ],
    ['under a key without a colon', 'services:\n  shop\n    ‸', ['tier'], []],
    [
      'behind a bracket that was left open',
      'retries:\n  a: { attempts: 3\n  b:\n    ‸\n',
      ['attempts'],
      [],
    ],
    ['an existing key', 'services:\n  shop:\n    la‸tency: 5ms\n', ['latency', 'tier'], []],
    [
      'an alternative that is chosen',
      'scenarios:\n  s:\n    faults:\n      - fail: a\n        ‸',
      ['at', 'for'],
      ['degrade', 'randomFailures'],
    ],
  ])('in %s', (_, text, some, others) => {
    expect(labels(text)).toEqual(expect.arrayContaining(some));
    expect(labels(text).filter((label) => others.includes(label))).toEqual([]);
  });

  it.each([
    ['a comment', 'services: # ‸'],
    ['behind closed brackets', 'retries:\n  a: { attempts: 3 } ‸'],
    ['the indentation of a line', 'services:\n ‸ shop: {}'],
  ])('not in %s', (_, text) => expect(labels(text)).toEqual([]));

  it('puts required keys first', () => {
    const { found } = complete('services:\n  a:\n    calls:\n      - ‸');
    const [first] = found.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1));
    expect(first).toMatchObject({ label: 'to', detail: 'To (required)' });
  });
});

describe('completion of values', () => {
  const system = `redundancy:
  database: { active: [{ id: db-1, zone: a }, { id: db-2, zone: b }] }
retries: { quick: {}, slow: {} }
services:
  shop: {}
  billing:
    calls:
      - { to: database, ‸ }
`;
  const at = (written: string) => system.replace('‸', written);
  it.each([
    ['names of policies', at('retry: ‸'), ['quick', 'slow']],
    ['names of policies, half typed', at('retry: qu‸'), ['quick', 'slow']],
    ['names in quotes', at('retry: "‸"'), ['quick', 'slow']],
    ['callees', system.replace('to: database, ‸', 'to: ‸'), ['shop', 'billing', 'database']],
    ['an enumeration', at('onTimeout: ‸'), ['abort', 'abandon']],
    ['true and false', at('idempotent: ‸'), ['true', 'false']],
    ['units', at('timeout: 30‸'), ['30ms', '30s', '30m', '30h', '30d']],
    [
      'units of a second number',
      at('timeout: 1m30‸'),
      ['1m30ms', '1m30s', '1m30m', '1m30h', '1m30d'],
    ],
    [
      'units of rates',
      'services:\n  a:\n    traffic: { rate: 40‸',
      ['40/s', '40/min', '40/h', '40k/s'],
    ],
    ['per cent', 'objectives:\n  availability: 99.9‸', ['99.9%']],
    [
      'zones',
      'redundancy:\n  a:\n    active:\n      - { id: x, zone: east }\n      - id: y\n        zone: ‸',
      ['east'],
    ],
    [
      'targets',
      `${at('')}scenarios: { s: { faults: [{ fail: ‸`,
      ['db-1', 'db-2', 'database', 'shop', 'billing'],
    ],
    ['items', `${at('')}scenarios: { s: { load: { services: [shop, ‸`, ['shop', 'billing']],
    ['zones to lose', `${at('')}scenarios: { s: { faults: [{ failZone: ‸`, ['a', 'b']],
    ['the version', 'version: ‸', ['1']],
  ])('%s', (_, text, expected) => {
    expect(
      complete(text)
        .found.filter(({ kind }) => kind !== 'block')
        .map(({ label }) => label),
    ).toEqual(expected);
  });
});

describe('what is accepted', () => {
  it.each<[string, string, string, string]>([
    [
      'a key with its choices',
      'services:\n  a:\n    calls:\n      - to: a\n        onT‸',
      'onTimeout',
      'services:\n  a:\n    calls:\n      - to: a\n        onTimeout: abort',
    ],
    [
      'a block',
      'retries:\n  quick:\n    ‸',
      'backoff',
      'retries:\n  quick:\n    backoff:\n      initial: 200ms\n      max: 5s\n      jitter: full',
    ],
    [
      'a block in brackets',
      'retries:\n  quick: { ‸ }',
      'backoff',
      'retries:\n  quick: { backoff: { initial: 200ms, max: 5s, jitter: full } }',
    ],
    [
      'a key that has a value',
      'services:\n  a:\n    ti‸: 1',
      'tier',
      'services:\n  a:\n    tier: 1',
    ],
    [
      'an entry that is missing',
      'services:\n  a:\n    calls: [{ to: a, retry: quick }]\nretries:\n  ‸',
      'quick',
      'services:\n  a:\n    calls: [{ to: a, retry: quick }]\nretries:\n  quick:\n    attempts: 3\n    backoff: { initial: 200ms, max: 5s, jitter: full }\n    budget: 10%',
    ],
    [
      'an item without a dash',
      'services:\n  a:\n    calls:\n      ‸',
      '- { to: a, timeout: 300ms }',
      'services:\n  a:\n    calls:\n      - { to: a, timeout: 300ms }',
    ],
    [
      'a line that is not indented enough',
      'services:\n  a:\n    tier: 1\n   ti‸',
      'instances',
      'services:\n  a:\n    tier: 1\n    instances: 1',
    ],
    [
      'a line that is indented too far',
      'services:\n  a:\n    tier: 1\n      ‸',
      'instances',
      'services:\n  a:\n    tier: 1\n    instances: 1',
    ],
    [
      'a text that needs quotes',
      'scenarios:\n  a:\n    expect:\n      availability: ‸',
      '>= 99.9%',
      'scenarios:\n  a:\n    expect:\n      availability: ">= 99.9%"',
    ],
    [
      'the rest of a value',
      'retries:\n  a:\n    backoff: { jitter: fu‸xx }',
      'full',
      'retries:\n  a:\n    backoff: { jitter: full }',
    ],
  ])('%s', (_, text, label, expected) => expect(accept(text, label)).toBe(expected));
});

const SHOP = readFileSync(
  new URL('../../samples/online-shop.resilience.yaml', import.meta.url),
  'utf8',
);

describe('completion anywhere', () => {
  it('is silent right outside quotes', () => {
    const text = "version: 1\nscenarios: { a: { expect: { availability: '>= 99%' } } }\n";
    const config = readConfig(text, 'a.resilience.yaml');
    const [before, behind] = [text.indexOf("'"), text.lastIndexOf("'") + 1];
    expect([before, behind].map((offset) => completionsAt(config, offset))).toEqual([[], []]);
    expect(completionsAt(config, before + 1)).not.toEqual([]);
  });

  it('answers within the text, however broken it is', () => {
    const noise = fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      '- ',
      ': ',
      '"',
      "'",
      '\n',
      '\t',
      '# ',
      '&a ',
      '|',
      'é',
      '\r\n',
    );
    const place = fc.nat(SHOP.length);
    fc.assert(
      fc.property(place, place, noise, fc.nat(60), (cut, at, inserted, removed) => {
        const text = SHOP.slice(0, cut) + inserted + SHOP.slice(cut + removed);
        const offset = Math.min(at, text.length);
        for (const { besides, range } of completionsAt(
          readConfig(text, 'a.resilience.yaml'),
          offset,
        )) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.start).toBeLessThanOrEqual(offset);
          expect(range.end).toBeGreaterThanOrEqual(offset);
          expect(range.end).toBeLessThanOrEqual(text.length);
          if (besides) expect(besides.range.end).toBeLessThanOrEqual(range.start);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('proposes no key that the format does not know, at any line of a sample', () => {
    const lines = SHOP.split('\n');
    const problems = (text: string) =>
      readConfig(text, 'a.resilience.yaml').problems.filter(({ ruleId }) =>
        ['unknown-key', 'yaml-syntax', 'duplicate-key', 'wrong-type'].includes(ruleId),
      );
    for (const [number, line] of lines.entries()) {
      // A key in front of anything else would part it from what it belongs to.
      if (!/^ *\w+:/.test(line)) continue;
      const indent = /^ */.exec(line)?.[0] ?? '';
      const marked = [...lines.slice(0, number), `${indent}‸`, ...lines.slice(number)].join('\n');
      const keys = complete(marked).found.filter(({ kind }) => kind === 'key');
      for (const { label } of keys.filter((_, index) => index % 9 === number % 9)) {
        expect(problems(accept(marked, label)), `${label} in front of line ${number + 1}`).toEqual(
          [],
        );
      }
    }
  });
});
