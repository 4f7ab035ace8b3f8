import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../config/edit/index.ts';
import { isSameData } from '../config/edit/plain.ts';
import { toPlainValue } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';
import { formatEdits } from './format.ts';

const format = (text: string, indent = 2) => applyEdits(text, formatEdits(text, { indent }));

describe('formatting', () => {
  it.each<[string, string, string]>([
    ['indents by two', 'a:\n    b:\n        c: 1\n', 'a:\n  b:\n    c: 1\n'],
    ['keeps lists in the column of their key', 'a:\n- b: 1\n  c: 2\n', 'a:\n- b: 1\n  c: 2\n'],
    ['indents lists that are indented', 'a:\n    - b: 1\n      c: 2\n', 'a:\n  - b: 1\n    c: 2\n'],
    ['closes up behind dashes', 'a:\n  -   b: 1\n      c: 2\n', 'a:\n  - b: 1\n    c: 2\n'],
    ['sets one blank behind colons', 'a:   1\nb :  2\n', 'a: 1\nb: 2\n'],
    ['sets blanks in brackets', 'a: {b: 1,c:   [ 1,2 ] }\n', 'a: { b: 1, c: [1, 2] }\n'],
    ['empties empty brackets', 'a: {  }\nb: [ ]\n', 'a: {}\nb: []\n'],
    [
      'leaves brackets over lines their shape',
      'a:\n    b: [1,\n        2]\n',
      'a:\n  b: [1,\n      2]\n',
    ],
    [
      'moves comments along',
      'a:\n    # of b\n    b: 1 # here\n    # last\nc: 1\n',
      'a:\n  # of b\n  b: 1 # here\n  # last\nc: 1\n',
    ],
    [
      'keeps the distance of comments',
      'a: 1     # one\nbc: 2    # two\n',
      'a: 1     # one\nbc: 2    # two\n',
    ],
    ['keeps one blank line', '\n\na: 1\n\n\n\nb: 1\n\n\n', 'a: 1\n\nb: 1\n'],
    ['ends the last line', 'a: 1', 'a: 1\n'],
    ['trims lines', 'a: 1  \n  \nb: 1\t\n', 'a: 1\n\nb: 1\n'],
    ['keeps line ends', 'a:\r\n    b: 1\r\n\r\n\r\nc: 1\r\n', 'a:\r\n  b: 1\r\n\r\nc: 1\r\n'],
    [
      'leaves texts as they are',
      'a:\n    b: |\n        x\n\n\n          y  \nc: 1\n',
      'a:\n  b: |\n      x\n\n\n        y  \nc: 1\n',
    ],
    ['leaves quotes over lines', 'a:\n    b: "x  \n      y"\n', 'a:\n  b: "x  \n    y"\n'],
    [
      'knows anchors and merges',
      'a:   &x\n    b: 1\nc:\n    <<:   *x\n',
      'a: &x\n  b: 1\nc:\n  <<: *x\n',
    ],
    ['leaves what is broken', 'a:   [1\nb:  {\n', 'a:   [1\nb:  {\n'],
    ['knows lists in lists', 'a:\n    -   - 1\n        - 2\n', 'a:\n  - - 1\n    - 2\n'],
  ])('%s', (_, before, after) => expect(format(before)).toBe(after));

  it('indents as far as it is told', () => {
    expect(format('a:\n  b:\n    - c: 1\n', 4)).toBe('a:\n    b:\n        - c: 1\n');
  });

  it('changes only the lines it is asked for', () => {
    const text = 'a:   1\nb:   2\nc:   3\n';
    const range = { start: text.indexOf('b'), end: text.indexOf('b') + 1 };
    expect(applyEdits(text, formatEdits(text, { indent: 2, range }))).toBe(
      'a:   1\nb: 2\nc:   3\n',
    );
  });

  it('changes nothing of the samples', () => {
    for (const file of globSync('samples/**/*.resilience.yaml')) {
      const text = readFileSync(file, 'utf8');
      expect(format(text), file).toBe(text);
    }
  });

  it('means the same, has the same comments, and is done once, however blanks were set', () => {
    const sample = fc.constantFrom(
      ...globSync('samples/*.resilience.yaml').map((file) => readFileSync(file, 'utf8')),
    );
    const blanks = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom(' ', '  ', '\n', '\n\n', '\t', ' # x\n')),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(
        sample,
        blanks,
        fc.constantFrom(1, 2, 3, 4),
        fc.boolean(),
        (text, noise, indent, isCrLf) => {
          let before = text;
          for (const [at, blank] of noise) {
            const offset = at % (before.length + 1);
            before = before.slice(0, offset) + blank + before.slice(offset);
          }
          if (isCrLf) before = before.replaceAll('\n', '\r\n');
          const old = parseText(before);
          const after = format(before, indent);
          const read = parseText(after);
          if (!old.root || !read.root) return expect(after).toBe(before);
          expect(isSameData(toPlainValue(read.root), toPlainValue(old.root))).toBe(true);
          expect(read.comments.map((one) => one.text.trim())).toEqual(
            old.comments.map((one) => one.text.trim()),
          );
          expect(format(after, indent)).toBe(after);
        },
      ),
      { numRuns: 30 },
    );
  });
});
