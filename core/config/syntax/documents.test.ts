import { describe, expect, it } from 'vitest';
import { parseDocument, splitDocuments } from './documents.ts';

const parts = (text: string) =>
  splitDocuments(text).map(({ start, end }) => text.slice(start, end));

describe('documents', () => {
  it.each([
    ['one', 'a: 1\n', ['a: 1\n']],
    ['none', '', ['']],
    ['one with a marker', '---\na: 1\n', ['---\na: 1\n']],
    ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['remarks before the first', '# why\n---\na: 1\n', ['# why\n---\na: 1\n']],
    ['a remark behind a marker', '--- # one\na: 1\n---\nb: 2', ['--- # one\na: 1\n', '---\nb: 2']],
    ['Windows lines', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['dashes that are none', 'a: |\n  ---\n  x\nb: ----\n', ['a: |\n  ---\n  x\nb: ----\n']],
    ['an empty one', '---\n---\na: 1\n', ['---\n', '---\na: 1\n']],
    ['JSON', '{ "a": "---" }', ['{ "a": "---" }']],
  ])('of %s', (_, text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('are read where they stand, shared nodes included', () => {
    const text = 'x: 1\n---\na: &a { b: 2 } # why\nc: *a\n';
    const [, second] = splitDocuments(text);
    const { comments, root } = parseDocument(text, second ?? { start: 0, end: 0 });
    const entries = root?.kind === 'mapping' ? root.entries : [];
    expect(entries.map(({ keyRange: { start, end } }) => text.slice(start, end))).toEqual([
      'a',
      'c',
    ]);
    expect(entries[0]?.value).toBe(entries[1]?.value);
    expect(comments.map(({ range: { start, end } }) => text.slice(start, end))).toEqual(['# why']);
  });

  it('say what is wrong with them where it is wrong', () => {
    const text = 'x: 1\n---\na: [\n';
    const { problems } = parseDocument(text, { start: 5, end: text.length });
    expect(problems.length).toBeGreaterThan(0);
    for (const { range } of problems) expect(range.start).toBeGreaterThanOrEqual(5);
  });
});
