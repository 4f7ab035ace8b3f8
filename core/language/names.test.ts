import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../config/edit/index.ts';
import { readConfig } from '../config/index.ts';
import type { Model } from '../model/model.ts';
import { references } from '../model/references.ts';
import { callRelationsOf } from './calls.ts';
import { NAME_NOUNS, type NameKind, namesOf, placesOf } from './names.ts';
import { type OutlineItem, outlineOf } from './outline.ts';
import { planRename, renamableAt } from './rename.ts';

const FILE = 'shop.resilience.yaml';
const TEXT = `redundancy:
  db:
    active: [{ id: db-1, zone: a }, db-2]
    standby: [{ id: db-3, zone: a }]
retries: { "quick": { attempts: 2 } }
bulkheads: { pool: { size: 2 } }
services:
  shop:
    bulkhead: pool
    calls:
      - { to: db, retry: quick, bulkhead: pool, fallback: { call: billing } }
      - &again { to: billing, retry: 'quick' }
  billing:
    runsOn: db
    calls: [ *again ]
scenarios:
  lost:
    faults: [ { fail: db-1 }, { fail: db }, { degrade: billing } ]
    load: { requests: 1, callers: 1, services: [shop] }
`;
const config = readConfig(TEXT, FILE);

/** The places of a name, as numbers of lines from 1 with the text that stands there. */
function placesFor(kind: NameKind, name: string): string[] {
  const found = namesOf(config.model).find(kind, name);
  return (found ? placesOf(found) : []).map(({ end, start }) => {
    return `${config.lines.positionAt(start).line + 1}: ${TEXT.slice(start, end)}`;
  });
}

describe('names', () => {
  it.each<[NameKind, string, string[]]>([
    ['group', 'db', ['2: db', '11: db', '14: db', '18: db']],
    ['component', 'db-1', ['3: db-1', '18: db-1']],
    ['component', 'db-2', ['3: db-2']],
    ['service', 'billing', ['13: billing', '11: billing', '12: billing', '18: billing']],
    ['service', 'shop', ['8: shop', '19: shop']],
    ['retry', 'quick', ['5: "quick"', '11: quick', "12: 'quick'"]],
    ['bulkhead', 'pool', ['6: pool', '9: pool', '11: pool']],
    ['scenario', 'lost', ['17: lost']],
    ['zone', 'a', ['3: a', '4: a']],
    ['retry', 'slow', []],
  ])('%s %s: everywhere that it is written', (kind, name, expected) => {
    expect(placesFor(kind, name)).toEqual(expected);
  });

  it('are found at each of their places', () => {
    for (const name of namesOf(config.model).all()) {
      for (const { end, start } of placesOf(name)) {
        for (const offset of [start, end])
          expect(namesOf(config.model).at(offset)?.name).toBe(name);
      }
    }
  });

  it('are those of all references that mean something', () => {
    const uses = [...namesOf(config.model).all()].flatMap(({ uses }) =>
      uses.map(({ start }) => start),
    );
    for (const { at } of references(config.model)) expect(uses).toContain(at.start);
  });

  it('leave out what refers to nothing', () => {
    const { model } = readConfig('services: { a: { calls: [{ to: nobody }] } }', FILE);
    expect([...namesOf(model).all()].map(({ name }) => name)).toEqual(['a']);
  });
});

describe('renaming', () => {
  const rename = (mark: string, newName: string, text = TEXT) => {
    const result = planRename(readConfig(text, FILE), text.indexOf(mark), newName);
    return result.kind === 'edits'
      ? applyEdits(text, result.files[0]?.edits ?? [])
      : result.message;
  };

  it('keeps quotes, and adds them where they are needed', () => {
    expect(rename('quick', 'fast, twice')).toBe(
      TEXT.replace('"quick"', '"fast, twice"')
        .replace('retry: quick', 'retry: "fast, twice"')
        .replace("'quick'", "'fast, twice'"),
    );
  });

  it.each<[string, string, string, RegExp]>([
    ['a name of the same kind', 'shop:', 'billing', /is a service with the name 'billing' already/],
    [
      'a name that a call could mean',
      'shop:',
      'db',
      /is a redundancy group with the name 'db' already/,
    ],
    [
      'a name that a fault could mean',
      'db:',
      'db-2',
      /is a component with the name 'db-2' already/,
    ],
    ['nothing', 'shop:', '  ', /must not be empty/],
    ['several lines', 'shop:', 'a\nb', /on one line/],
    ['what is no name', 'attempts', 'tries', /no name here/],
  ])('refuses %s', (_, mark, newName, message) => {
    expect(rename(mark, newName)).toMatch(message);
  });

  it('refuses a file that cannot be read in full', () => {
    expect(rename('shop:', 'store', `${TEXT}x: [`)).toMatch(/syntax errors/);
  });

  it('says where it would begin, without the quotes', () => {
    const found = renamableAt(config, TEXT.indexOf('"quick"') + 2);
    expect(found && TEXT.slice(found.range.start, found.range.end)).toBe('quick');
  });

  /** What a model says, but for places, with a name of one kind replaced. */
  function said(model: Model, kind: NameKind, from: string, to: string): unknown {
    const places = new Set(
      [namesOf(model).find(kind, from)]
        .flatMap((one) => (one ? placesOf(one) : []))
        .map(({ start }) => start),
    );
    const convert = (value: unknown, key = ''): unknown => {
      if (value instanceof Map) {
        return [...value].map(([name, one]) => [convertName(name, one), convert(one)]);
      }
      if (value instanceof Set) return [...value];
      if (Array.isArray(value)) return value.map((one) => convert(one));
      if (typeof value !== 'object' || value === null) return value;
      if ('nameAt' in value && 'name' in value) {
        const { at: _, name, nameAt, ...rest } = value as never as Record<string, unknown>;
        return { name: swapped(name, nameAt), ...(convert(rest) as object) };
      }
      if ('source' in value && 'value' in value) {
        const { source, value: inner } = value as never as {
          source: { at: unknown; kind: string };
          value: unknown;
        };
        // The type of a group is by default its name.
        return {
          kind: source.kind,
          value:
            key === 'componentType' || source.kind === 'explicit'
              ? swapped(inner, source.at)
              : inner,
        };
      }
      return Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !/^(?:at|file)$/.test(name))
          .map(([name, one]) => [name, convert(one, name)]),
      );
    };
    const swapped = (value: unknown, at: unknown) =>
      value === from && places.has((at as { start: number }).start) ? to : convert(value);
    const convertName = (name: unknown, one: unknown) =>
      swapped(name, (one as { nameAt: unknown }).nameAt);
    return convert(model);
  }

  const samples = ['online-shop', 'replicated-database', 'web-bulkheads'].map((name) =>
    readFileSync(new URL(`../../samples/${name}.resilience.yaml`, import.meta.url), 'utf8'),
  );
  const kinds = Object.keys(NAME_NOUNS) as NameKind[];
  const names = fc.constantFrom(
    'x',
    'new name',
    '7',
    'true',
    'a: b',
    "it's",
    'a"b',
    '- x',
    '#1',
    'é',
    '[x]',
    'null',
  );

  it('changes the name and nothing else of what the file says', () => {
    const text = fc.constantFrom(TEXT, ...samples);
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...kinds),
        fc.nat(),
        names,
        (before, kind, index, newName) => {
          const old = readConfig(before, FILE);
          const all = namesOf(old.model).ofKind(kind);
          const name = all[index % Math.max(1, all.length)];
          const place = name && placesOf(name)[index % placesOf(name).length];
          if (!name || !place) return;
          const result = planRename(old, place.start, newName);
          if (result.kind !== 'edits') throw new Error(result.message);
          const after = applyEdits(before, result.files[0]?.edits ?? []);
          const read = readConfig(after, FILE);
          expect(read.problems).toHaveLength(old.problems.length);
          expect(said(read.model, kind, newName, newName)).toEqual(
            said(old.model, kind, name.name, newName),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('who calls whom', () => {
  it('is told with each place', () => {
    const relations = callRelationsOf(config.model).map(({ at, callee, caller }) => {
      return `${caller.name} → ${callee.kind} ${callee.name} (${at.length})`;
    });
    expect(relations).toEqual([
      'shop → group db (1)',
      'shop → service billing (2)',
      'billing → service billing (1)',
    ]);
  });
});

describe('the outline', () => {
  const lines = (items: readonly OutlineItem[], depth = 0): string[] =>
    items.flatMap(({ children, detail, kind, name }) => [
      `${'  '.repeat(depth)}${kind} ${name}${detail === undefined ? '' : ` (${detail})`}`,
      ...lines(children, depth + 1),
    ]);

  it('shows every part', () => {
    expect(
      lines(outlineOf(readConfig(`objectives: { latency: { p99: 1s } }\n${TEXT}`, FILE))),
    ).toEqual([
      'setting objectives',
      '  setting latency',
      '    setting p99 (1s)',
      'section redundancy (1)',
      '  group db (2 active, 1 standby)',
      '    component db-1',
      '    component db-2',
      '    component db-3',
      'section retries (1)',
      '  retry quick',
      'section bulkheads (1)',
      '  bulkhead pool',
      'section services (2)',
      '  service shop',
      '    call → db',
      '    call → billing',
      '  service billing',
      'section scenarios (1)',
      '  scenario lost',
      '    fault fail db-1',
      '    fault fail db',
      '    fault degrade billing',
    ]);
  });

  it('has its parts inside one another', () => {
    const check = (items: readonly OutlineItem[], outer: { start: number; end: number }) => {
      for (const { children, nameRange, range } of items) {
        expect(range.start).toBeGreaterThanOrEqual(outer.start);
        expect(range.end).toBeLessThanOrEqual(outer.end);
        expect(nameRange.start).toBeGreaterThanOrEqual(range.start);
        expect(nameRange.end).toBeLessThanOrEqual(range.end);
        check(children, range);
      }
    };
    const merged = `a: &a { b: { active: [x] } }\nredundancy: { <<: *a, c: { active: [y] } }\nservices: *a\n`;
    for (const text of [TEXT, merged]) {
      check(outlineOf(readConfig(text, FILE)), { start: 0, end: text.length });
    }
  });
});
