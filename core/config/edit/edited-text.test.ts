import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits, type TextEdit } from './edit.ts';
import { EditedText } from './edited-text.ts';

/** Edits of a text of some length: cuts at sorted places, each with something new. */
function editsOf(length: number, places: readonly number[], news: readonly string[]): TextEdit[] {
  const offsets = places.map((place) => place % (length + 1)).sort((a, b) => a - b);
  return news.flatMap((newText, index) => {
    const [start, end] = [offsets[2 * index], offsets[2 * index + 1]];
    return start === undefined || end === undefined ? [] : [{ start, end, newText }];
  });
}

it('leads from the first text to the last in one step, however many there were', () => {
  const batch = fc.tuple(
    fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.string(), fc.array(batch, { maxLength: 4 }), (original, batches) => {
      const edited = new EditedText(original);
      let text = original;
      for (const [places, news] of batches) {
        const edits = editsOf(text.length, places, news);
        text = applyEdits(text, edits);
        edited.apply(edits);
        expect(edited.text).toBe(text);
      }
      expect(applyEdits(original, edited.edits)).toBe(text);
    }),
  );
});

it('keeps what no edit has touched', () => {
  const edited = new EditedText('one two three');
  edited.apply([{ start: 4, end: 7, newText: '2' }]);
  edited.apply([{ start: 0, end: 3, newText: '1' }]);
  edited.apply([{ start: 2, end: 3, newText: '22' }]);
  expect(edited.edits).toEqual([
    { start: 0, end: 3, newText: '1' },
    { start: 4, end: 7, newText: '22' },
  ]);
});
