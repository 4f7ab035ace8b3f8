import { describe, expect, it } from 'vitest';
import { applyEdits, type Operation } from './edit.ts';
import { ConfigEditor } from './editor.ts';

/** The text after an edit, or why there is none. */
function edit(text: string, ...operations: Operation[]): string {
  const result = new ConfigEditor(text).plan(operations);
  return result.kind === 'edits' ? applyEdits(text, result.edits) : `refused: ${result.reason}`;
}

const set = (path: string, value: unknown) => ({ kind: 'set', path: at(path), value }) as Operation;
const remove = (path: string): Operation => ({ kind: 'remove', path: at(path) });
const rename = (path: string, key: string): Operation => ({ kind: 'rename', path: at(path), key });
const append = (path: string, value: unknown) =>
  ({ kind: 'append', path: at(path), value }) as Operation;
const insert = (path: string, key: string, value: unknown, after?: string) =>
  ({ kind: 'insert', path: at(path), key, value, ...(after && { after }) }) as Operation;

/** `db/active/0` as a path. */
function at(path: string): (string | number)[] {
  return path === '' ? [] : path.split('/').map((step) => (/^\d+$/.test(step) ? +step : step));
}

describe('a scalar is replaced', () => {
  it.each([
    ['where it stands', 'a: 1 # why\nb: 2\n', set('a', 3), 'a: 3 # why\nb: 2\n'],
    ['in double quotes', 'a: "x"\n', set('a', 'y z'), 'a: "y z"\n'],
    ['in single quotes', "a: 'x'\n", set('a', "it's"), "a: 'it''s'\n"],
    ['in double quotes where single ones cannot', "a: 'x'\n", set('a', 'y\nz'), 'a: "y\\nz"\n'],
    ['without quotes by a number', 'a: "1"\n', set('a', 2), 'a: 2\n'],
    ['with quotes where it needs them', 'a: 1s\n', set('a', '>= 99.9%'), 'a: ">= 99.9%"\n'],
    ["with the file's quotes", "a: 1s\nb: 'x'\n", set('a', 'yes'), "a: 'yes'\nb: 'x'\n"],
    ['between brackets', 'a: [x, y]\n', set('a/0', 'p, q'), 'a: ["p, q", y]\n'],
    ['where nothing was written', 'a: # why\nb:\n', set('a', 1), 'a: 1 # why\nb:\n'],
    ['where an alias was', 'a: &x 1\nb: *x\n', set('b', 2), 'a: &x 1\nb: 2\n'],
    ['behind an anchor that nobody uses', 'a: &x 1\n', set('a', 2), 'a: &x 2\n'],
    ['from a block of text', 'a: |\n  one\n  two\n\nb: 1\n', set('a', 'x'), 'a: x\n\nb: 1\n'],
    ['under a key that only looks like a merge', '"<<": x\n', set('<<', 1), '"<<": 1\n'],
    ['in JSON', '{"a": "x"}', set('a', 'y'), '{"a": "y"}'],
    ['by a duration, bare', 'a: 5m\n', set('a', '30d'), 'a: 30d\n'],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));
});

describe('a collection is replaced in its own style', () => {
  it.each([
    ['brackets', 'a: [x] # why\n', set('a', ['y', 'z']), 'a: [y, z] # why\n'],
    ['lines', 'a:\n  - x # old\n', set('a', ['y', 'z']), 'a:\n  - y\n  - z # old\n'],
    ['lines by a scalar', 'a: # why\n  - x\n  - y\nb: 1\n', set('a', 1), 'a: 1 # why\nb: 1\n'],
    [
      'lines by lines of another kind',
      'a:\n- x\n- y\nb:\n    c: 1\n',
      set('a', { z: { d: [1, [2]] } }),
      'a:\n    z:\n        d:\n        - 1\n        - [2]\nb:\n    c: 1\n',
    ],
    [
      'a scalar by lines',
      'a:\n  k: 1\nb: 1 # b\n',
      set('b', { c: 2 }),
      'a:\n  k: 1\nb: # b\n  c: 2\n',
    ],
    [
      'spread brackets',
      '{\n\t"a": [\n\t\t1\n\t]\n}\n',
      set('a', [1, { b: 2 }]),
      '{\n\t"a": [\n\t\t1,\n\t\t{\n\t\t\t"b": 2\n\t\t}\n\t]\n}\n',
    ],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));
});

describe('a key is inserted', () => {
  const yaml = 'db:\n  active: [a] # two\n  # the rest\n  min: 1\n\n# other\nweb: {}\n';
  it.each([
    [
      'behind the last',
      yaml,
      insert('db', 'type', 'x'),
      yaml.replace('min: 1\n', 'min: 1\n  type: x\n'),
    ],
    [
      'behind a given one, below its comment',
      yaml,
      insert('db', 'type', 'x', 'active'),
      yaml.replace('# two\n', '# two\n  type: x\n'),
    ],
    ['into empty braces', yaml, insert('web', 'min', 1), yaml.replace('{}', '{ min: 1 }')],
    ['into braces', 'a: { b: 1 } # c\n', insert('a', 'd', 'x'), 'a: { b: 1, d: x } # c\n'],
    ['into tight braces', 'a: {b: {}}\n', insert('a/b', 'd', 'x'), 'a: {b: {d: x}}\n'],
    [
      'in a list item',
      '- id: a\n  # why\n- b\n',
      insert('0', 'zone', 'z'),
      '- id: a\n  zone: z\n  # why\n- b\n',
    ],
    ['at the end of a file without line end', 'a: 1', insert('', 'b', 2), 'a: 1\nb: 2'],
    [
      'with Windows line ends',
      'a: 1\r\nb: 2\r\n',
      insert('', 'c', 3, 'a'),
      'a: 1\r\nc: 3\r\nb: 2\r\n',
    ],
    ['with quotes like the others', '"a": 1\n', insert('', 'b', 'x'), '"a": 1\n"b": x\n'],
    ['small, in braces', 'a: 1\n', insert('', 'b', { c: 1, d: 2 }), 'a: 1\nb: { c: 1, d: 2 }\n'],
    [
      'on lines, as its siblings are',
      'a:\n    b:\n        c: 1\n',
      insert('a', 'd', { e: 1 }),
      'a:\n    b:\n        c: 1\n    d:\n        e: 1\n',
    ],
    [
      'behind a comment that belongs to what is before it',
      'a:\n  b:\n    - c\n    # no more\n  # next\n',
      insert('a', 'd', 1),
      'a:\n  b:\n    - c\n    # no more\n  d: 1\n  # next\n',
    ],
    [
      'beside what is merged',
      'a: &a { b: 1 }\nc:\n  <<: *a\n',
      insert('c', 'b', 2),
      'a: &a { b: 1 }\nc:\n  <<: *a\n  b: 2\n',
    ],
    ['into JSON on one line', '{ "a": 1 }', insert('', 'b', 'x'), '{ "a": 1, "b": "x" }'],
    [
      'into JSON on lines',
      '{\n  "a": { "b": 1 }\n}\n',
      insert('', 'c', { d: [] }),
      '{\n  "a": { "b": 1 },\n  "c": { "d": [] }\n}\n',
    ],
    [
      'into JSON as JSON.stringify writes it',
      '{\n    "a": {}\n}',
      insert('a', 'c', { d: ['x'] }),
      '{\n    "a": {\n        "c": {\n            "d": [\n                "x"\n            ]\n        }\n    }\n}',
    ],
    [
      'before the comment of the next, in spread braces',
      'a: {\n    b: 1, # one\n    c: 2 # two\n  }\n',
      insert('a', 'd', 3),
      'a: {\n    b: 1, # one\n    c: 2, # two\n    d: 3\n  }\n',
    ],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));
});

describe('an item is appended', () => {
  it.each([
    ['in brackets', 'a: [x]\n', append('a', 'y'), 'a: [x, y]\n'],
    ['in empty brackets', 'a: []\n', append('a', 'y'), 'a: [y]\n'],
    [
      'in brackets with a comment',
      'a: [ # none yet\n  ]\n',
      append('a', 'y'),
      'a: [y, # none yet\n  ]\n',
    ],
    ['with a comma at the end', 'a: [x, ]\n', append('a', 'y'), 'a: [x, y, ]\n'],
    ['quoted like the others', "a: ['x']\n", append('a', 'y'), "a: ['x', 'y']\n"],
    [
      'under dashes that are not indented',
      'a:\n- x\nb: 1\n',
      append('a', 'y'),
      'a:\n- x\n- y\nb: 1\n',
    ],
    [
      'as braces beside braces',
      'a:\n  - { id: x, zone: p }\n',
      append('a', { id: 'y', zone: 'q' }),
      'a:\n  - { id: x, zone: p }\n  - { id: y, zone: q }\n',
    ],
    [
      'as lines beside lines',
      'a:\n  -\n    id: x\n',
      append('a', { id: 'y', zone: 'q' }),
      'a:\n  -\n    id: x\n  - id: y\n    zone: q\n',
    ],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));

  it('after another', () =>
    expect(edit('a: []\nb:\n  - x\n', append('a', 1), append('b', 'y'), append('a', 2))).toBe(
      'a: [1, 2]\nb:\n  - x\n  - y\n',
    ));
});

describe('a part is removed', () => {
  it.each([
    ['with its line and comment', 'a: 1\nb: 2 # b\nc: 3\n', remove('b'), 'a: 1\nc: 3\n'],
    ['but not the comment above', 'a: 1\n# why\nb: 2\n', remove('b'), 'a: 1\n# why\n'],
    ['with all of its lines', 'a:\n  - x\n  # end\nb: 1\n', remove('a'), 'b: 1\n'],
    ['from the line of its dash', '- id: a\n  zone: b\n', remove('0/id'), '- zone: b\n'],
    ['the last of a mapping', 'a: # why\n  b: 1\nc: 2\n', remove('a/b'), 'a: {} # why\nc: 2\n'],
    ['the last of a list', 'a:\n  - b\n', remove('a/0'), 'a: []\n'],
    ['the last of an item', '- a: 1\n- b\n', remove('0/a'), '- {}\n- b\n'],
    ['the last of all', 'a: 1\n', remove('a'), '{}\n'],
    ['at the end of a file without line end', 'a: 1\nb: 2', remove('b'), 'a: 1'],
    ['with Windows line ends', 'a: 1\r\nb: 2\r\nc: 3', remove('c'), 'a: 1\r\nb: 2'],
    ['first in brackets', 'a: [x, y]\n', remove('a/0'), 'a: [y]\n'],
    ['last in brackets', 'a: [x, y]\n', remove('a/1'), 'a: [x]\n'],
    ['alone in brackets', 'a: [ x ]\n', remove('a/0'), 'a: []\n'],
    ['with its comma, in JSON', '{\n  "a": 1,\n  "b": 2\n}\n', remove('b'), '{\n  "a": 1\n}\n'],
    [
      'from lines in brackets',
      '[\n  a, # a\n  b, # b\n  c\n]\n',
      remove('1'),
      '[\n  a, # a\n  c\n]\n',
    ],
    ['behind a comment', '[\n  a, # a\n  b ]\n', remove('1'), '[\n  a # a\n   ]\n'],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));
});

describe('a key is renamed', () => {
  it.each([
    ['in its quotes', '"a": 1 # why\nb: 2\n', rename('a', 'c'), '"c": 1 # why\nb: 2\n'],
    ['with quotes where it needs some', 'a: 1\n', rename('a', 'x: y'), '"x: y": 1\n'],
    ['whatever its value', 'a: &x\n  b: 1\nc: *x\n', rename('a', 'd'), 'd: &x\n  b: 1\nc: *x\n'],
  ])('%s', (_, text, operation, expected) => expect(edit(text, operation)).toBe(expected));
});

describe('an edit is refused', () => {
  const shared = 'a: &a\n  b: { c: 1 }\nd: *a\ne:\n  <<: *a\n  f: 1\n';
  it.each([
    ['where there is nothing', 'a: 1\n', set('b', 1), 'not-found'],
    ['for an item that is not there', 'a: [x]\n', remove('a/1'), 'not-found'],
    ['behind a key that is not there', 'a: 1\n', insert('', 'b', 1, 'c'), 'not-found'],
    ['for a key that is there', 'a: 1\n', insert('', 'a', 2), 'exists'],
    ['for a name that is taken', 'a: 1\nb: 2\n', rename('a', 'b'), 'exists'],
    ['for a key in a list', 'a: [x]\n', insert('a', 'b', 1), 'wrong-kind'],
    ['for an item in a mapping', 'a: { b: 1 }\n', append('a', 1), 'wrong-kind'],
    ['inside what an alias repeats', shared, set('d/b', 1), 'alias'],
    ['for what is merged', shared, set('e/b', 1), 'merged'],
    ['for the merge itself', shared, remove('e/<<'), 'merged'],
    ['inside what aliases repeat', shared, set('a/b/c', 2), 'shared'],
    ['where aliases would lose their anchor', shared, remove('a'), 'shared'],
    ['in the value of an anchor', 'a: &x 1\nb: *x\n', set('a', 2), 'shared'],
    ['on the line of an error', 'a: 1\nb: [1\nc: 2\n', append('b', 2), 'broken'],
    ['in a file that cannot be read', 'a: \0\n', set('a', 1), 'broken'],
    ['where a key stands twice', 'a: 1\na: 2\n', remove('a'), 'broken'],
    ['for an explicit key', '? a\n: 1\n', set('a', 1), 'unsupported'],
    ['for a value with a tag', 'a: !!str 1\n', set('a', 1), 'unsupported'],
    ['for the whole file', 'a: 1\n', remove(''), 'unsupported'],
  ])('%s', (_, text, operation, reason) =>
    expect(edit(text, operation)).toBe(`refused: ${reason}`),
  );

  it('when another edit changes the same place', () =>
    expect(edit('a: { b: 1 }\n', set('a', 1), set('a/b', 2))).toBe('refused: overlap'));

  it('as a whole', () =>
    expect(edit('a: 1\n', set('a', 2), set('b', 2))).toBe('refused: not-found'));
});

it('changes no more than it must', () => {
  const result = new ConfigEditor('a: 1 # why\nb: { c: "x", d: 2 }\n').plan([
    set('b/c', 'y'),
    set('a', 10),
    insert('b', 'e', true),
  ]);
  expect(result).toEqual({
    kind: 'edits',
    edits: [
      { start: 3, end: 4, newText: '10' },
      { start: 19, end: 22, newText: '"y"' },
      { start: 28, end: 28, newText: ', e: true' },
    ],
  });
});

it('edits a long file in one go', () => {
  const groups = Array.from({ length: 300 }, (_, index) => `  g${index}:\n    active: [a, b]\n`);
  const text = `redundancy:\n${groups.join('')}`;
  const operations = groups.map((_, index) => insert(`redundancy/g${index}`, 'minHealthy', 1));
  const expected = text.replaceAll('[a, b]\n', '[a, b]\n    minHealthy: 1\n');
  expect(edit(text, ...operations)).toBe(expected);
});
