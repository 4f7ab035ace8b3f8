import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path, PlainValue } from '../../model/plain-value.ts';
import { toPlainValue } from '../syntax/node.ts';
import { parseText } from '../syntax/parse.ts';
import { applyEdits, type Operation } from './edit.ts';
import { ConfigEditor } from './editor.ts';
import {
  entriesOf,
  jsonTexts,
  keys,
  plainValues,
  type WrittenValue,
  yamlTexts,
} from './testing/written-values.ts';

type Tree = PlainValue;

/** What a sound text says, read anew. */
function said(text: string): unknown {
  const { root, problems } = parseText(text);
  expect(problems).toEqual([]);
  return root && toPlainValue(root);
}

/** The value with one operation done, by the book. */
function changed(value: Tree, operation: Operation): unknown {
  const at = (tree: Tree, path: Path, change: (one: Tree) => Tree): Tree => {
    const [step, ...rest] = path;
    if (step === undefined) return change(tree);
    const entries = entriesOf(tree).map(([key, one]) => {
      return [key, key === step ? at(one, rest, change) : one] as const;
    });
    return Array.isArray(tree) ? entries.map(([, one]) => one) : mapping(entries);
  };
  const parent = operation.path.slice(0, -1);
  const last = operation.path.at(-1);
  switch (operation.kind) {
    case 'set':
      return at(value, operation.path, () => operation.value);
    case 'insert':
      return at(value, operation.path, (one) =>
        mapping([...entriesOf(one), [operation.key, operation.value]]),
      );
    case 'append':
      return at(value, operation.path, (one) => [...(one as readonly Tree[]), operation.value]);
    case 'remove':
      return at(value, parent, (one) => {
        const kept = entriesOf(one).filter(([key]) => key !== last);
        return Array.isArray(one) ? kept.map(([, item]) => item) : mapping(kept);
      });
    case 'rename':
      return at(value, parent, (one) =>
        mapping(entriesOf(one).map(([key, item]) => [key === last ? operation.key : key, item])),
      );
  }
}

/** An object whose keys may be `__proto__`. */
function mapping(entries: readonly (readonly [string | number, Tree])[]): Tree {
  return Object.fromEntries(entries);
}

/** An operation on some place of a value; numbers choose, so that they fit any value. */
function operationOn(
  value: Tree,
  [place, kind]: readonly [number, number],
  added: Tree,
  key: string,
): Operation {
  const places = placesIn(value);
  const [path, target] = places[place % places.length] as readonly [Path, Tree];
  const isMapping = typeof target === 'object' && target !== null && !Array.isArray(target);
  const choices: Operation[] = path.length === 0 ? [] : [{ kind: 'set', path, value: added }];
  if (Array.isArray(target)) choices.push({ kind: 'append', path, value: added });
  if (isMapping && !Object.hasOwn(target, key)) {
    choices.push({ kind: 'insert', path, key, value: added });
    const after = Object.keys(target)[kind % 3];
    if (after !== undefined) choices.push({ kind: 'insert', path, key, value: added, after });
  }
  if (path.length > 0) choices.push({ kind: 'remove', path });
  const siblings = places.filter(([other]) => other.length === path.length);
  if (typeof path.at(-1) === 'string' && !siblings.some(([other]) => other.at(-1) === key)) {
    choices.push({ kind: 'rename', path, key });
  }
  return choices[kind % choices.length] ?? { kind: 'insert', path: [], key: 'fresh', value: added };
}

function placesIn(value: Tree, path: Path = []): readonly (readonly [Path, Tree])[] {
  const inside = entriesOf(value).flatMap(([step, one]) => placesIn(one, [...path, step]));
  return [[path, value], ...inside];
}

/** Any text that might be met, sound or not. */
const fragments = fc.constantFrom(
  ...[
    'a: 1',
    'b:',
    '  c: x # why',
    '  - d',
    '- e',
    '- f: 2',
    '    g: 3',
    'h: [i, j]',
    'k: { l: m }',
  ],
  ...[
    '&x',
    '*x',
    '<<: *x',
    'n: &x { o: 1 }',
    'p: *x',
    '? q',
    ': r',
    '!!str 1',
    's: |',
    '  text',
    '[',
    ']',
  ],
  ...[
    '{',
    '}',
    ',',
    '"',
    "'",
    '#',
    '\t',
    '---',
    '...',
    '\ufeff',
    '%YAML 1.2',
    'a: 2',
    '__proto__: 1',
    '~',
  ],
);
const anyTexts = fc
  .array(fragments, { maxLength: 12 })
  .chain((parts) => fc.constantFrom('\n', '\r\n', '\n  ', ' ').map((glue) => parts.join(glue)));

const isInside = (path: Path, outer: Path) => outer.every((step, index) => path[index] === step);

/** Comments that must still be there: all, but for those of what is removed or replaced. */
function lasting({ comments }: WrittenValue, { kind, path }: Operation): string[] {
  return [...comments]
    .filter(([, about]) => !((kind === 'remove' || kind === 'set') && isInside(about, path)))
    .map(([comment]) => comment);
}

describe.each([
  ['YAML', yamlTexts],
  ['JSON', jsonTexts],
])('an edit of %s', (_, texts) => {
  const cases = fc.tuple(texts, fc.tuple(fc.nat(), fc.nat()), plainValues, keys);

  it('says the new thing and nothing else, keeps all comments, and never refuses', () => {
    fc.assert(
      fc.property(cases, ([written, choice, added, key]) => {
        expect(said(written.text)).toEqual(written.value);
        const operation = operationOn(written.value, choice, added, key);
        const result = new ConfigEditor(written.text).plan([operation]);
        if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
        const after = applyEdits(written.text, result.edits);
        expect(said(after)).toEqual(changed(written.value, operation));
        for (const comment of lasting(written, operation)) expect(after).toContain(comment);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('several edits at once', () => {
  it.each([
    ['YAML', yamlTexts],
    ['JSON', jsonTexts],
  ])('of %s say what one after the other would, or are refused as a whole', (_, texts) => {
    const additions = fc.array(fc.tuple(fc.nat(), plainValues, keys), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.tuple(texts, additions), ([{ text, value }, wanted]) => {
        const collections = placesIn(value).filter(([, one]) => typeof one === 'object' && one);
        const operations = wanted.map(([place, added, key], index): Operation => {
          const [path, target] = collections[place % collections.length] as readonly [Path, Tree];
          if (Array.isArray(target)) return { kind: 'append', path, value: added };
          return { kind: 'insert', path, key: `${key}+${index}`, value: added };
        });
        const result = new ConfigEditor(text).plan(operations);
        if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
        const expected = operations.reduce<Tree>((one, operation) => {
          return changed(one, operation) as Tree;
        }, value);
        expect(said(applyEdits(text, result.edits))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any text', () => {
  it('is edited right or not at all', () => {
    const cases = fc.tuple(anyTexts, fc.tuple(fc.nat(), fc.nat()), plainValues, keys);
    let edited = 0;
    fc.assert(
      fc.property(cases, ([text, choice, added, key]) => {
        const { root } = parseText(text);
        const value = ((root && toPlainValue(root)) ?? null) as Tree;
        const operation = operationOn(value, choice, added, key);
        const result = new ConfigEditor(text).plan([operation]);
        if (result.kind === 'refused') return;
        edited++;
        const after = parseText(applyEdits(text, result.edits)).root;
        expect((after && toPlainValue(after)) ?? null).toEqual(changed(value, operation));
      }),
      { numRuns: 2_000 },
    );
    expect(edited).toBeGreaterThan(200);
  });
});
