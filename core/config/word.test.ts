import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from './read.ts';
import { wordAt } from './word.ts';

const TEXT = `version: 1
redundancy:
  db: &db
    minHealthy: 2 # at least
    active: [a, { id: "b b" }]
  cache: *db
services:
  __proto__:
    calls:
      - to: db
`;

const DB = 'minHealthy: 2 # at least\n    active: [a, { id: "b b" }]';

function word(mark: string, text = TEXT) {
  const config = readConfig(text, 'a.resilience.yaml');
  const found = wordAt(config, text.indexOf(mark));
  return (
    found && {
      word: text.slice(found.range.start, found.range.end),
      value: text.slice(found.value.start, found.value.end),
      title: found.schema.title,
    }
  );
}

describe('the word', () => {
  it.each([
    ['minH', 'minHealthy', '2', 'Minimum healthy'],
    ['2 #', '2', '2', 'Minimum healthy'],
    ['a, {', 'a', 'a', 'Member'],
    ['id:', 'id', '"b b"', 'Id'],
    ['b b', '"b b"', '"b b"', 'Id'],
    ['cache', 'cache', DB, 'Redundancy group'],
    ['__proto__', '__proto__', 'calls:\n      - to: db', 'Service'],
    ['to: ', 'to', 'db', 'To'],
  ])('at %j is %j', (mark, found, value, title) => {
    expect(word(mark)).toEqual({ word: found, value, title });
  });

  it.each([['# at'], ['{ id'], ['*db'], ['[a']])('at %j is none', (mark) => {
    expect(word(mark)).toBeUndefined();
  });

  it('is found in JSON', () => {
    const text = '{ "services": { "shop": { "tier": 1 } } }';
    expect(word('1', text)?.title).toBe('Tier');
  });

  it('lies within any text, at any offset', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(TEXT.length), fc.nat(TEXT.length), (from, to, at) => {
        const text = TEXT.slice(0, from) + TEXT.slice(to);
        const found = wordAt(readConfig(text, 'a.resilience.yaml'), at);
        if (!found) return;
        expect(found.range.start).toBeLessThanOrEqual(at);
        expect(found.range.end).toBeGreaterThanOrEqual(at);
        expect(found.value.end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
