import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDITED_TEXTS } from '../test/support/edited-files.ts';
import { editedTexts, randomEdit } from '../test/support/random-edits.ts';
import { type Analysis, analyse } from './analyse.ts';
import { AnalysisSession } from './analysis-session.ts';
import { holdsNamedEntries } from './config/schema/schema.ts';
import { parseText } from './config/syntax/parse.ts';
import { SyntaxReader } from './config/syntax/syntax-reader.ts';
import { LineIndex } from './config/text/line-index.ts';

const FILE = 'a.resilience.yaml';
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
const someText = fc.constantFrom(...EDITED_TEXTS);
const someEdits = fc.array(randomEdit, { minLength: 1, maxLength: 12 });

/** All that an analysis says, by its values. */
function said({ lines, ...analysis }: Analysis) {
  const last = lines.positionAt(analysis.text.length);
  return structuredClone({ ...analysis, last, lineCount: lines.lineCount });
}

describe('an analysis of a text after any edits', () => {
  it('is the analysis of that text', () => {
    fc.assert(
      fc.property(someText, someEdits, (first, edits) => {
        const session = new AnalysisSession(FILE);
        for (const text of editedTexts(first, edits)) {
          expect(said(session.update(text))).toEqual(said(analyse(text, FILE)));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a text that is read entry by entry', () => {
  it('says what it says as a whole', () => {
    fc.assert(
      fc.property(someText, someEdits, (first, edits) => {
        const reader = new SyntaxReader(holdsNamedEntries);
        for (const text of editedTexts(first, edits)) {
          const { root, problems, comments } = reader.read(text, new LineIndex(text));
          const whole = parseText(text);
          expect(root).toEqual(whole.root);
          expect(comments).toEqual(whole.comments);
          expect(sorted(problems)).toEqual(sorted(whole.problems));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function sorted(problems: readonly { readonly range: { readonly start: number } }[]) {
  return problems.map((problem) => JSON.stringify(problem)).sort();
}
