import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../core/analyse.ts';
import { LineIndex } from '../../core/index.ts';
import { toDiagnostic } from '../../server/diagnostics.ts';
import type { TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { WEAK } from './texts.ts';

/** What people type and paste, and what makes offsets hard: line ends of all kinds, wide characters. */
const SNIPPETS = [
  'x',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '😀',
  'é',
  '  - { id: c }\n',
  'minHealthy: ',
  '[',
  '*a',
];
const style = {
  support: { relatedInformation: true, codeDescription: true, unnecessaryTag: true },
  docsUri: 'file:///docs',
};

/** Cuts and pastes at two places, given as shares of the length, so that they fit any text. */
const edit = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  insert: fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 3 }).map((parts) => parts.join('')),
});

describe('incremental edits', () => {
  let client: TestClient;
  let documents = 0;
  beforeAll(async () => {
    client = connectInMemory({ docsUri: style.docsUri });
    await client.initialize();
  });

  it('leave the server with what a fresh reading of the text gives', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
        async (batches) => {
          const uri = `file:///${++documents}.resilience.yaml`;
          let text = WEAK;
          await client.open(uri, text);
          for (const [index, batch] of batches.entries()) {
            const changes = batch.map(({ from, to, insert }) => {
              const places = [from, to].map((share) => place(text, share)).sort((a, b) => a - b);
              const [start = 0, end = 0] = places;
              const lines = new LineIndex(text);
              const range = { start: lines.positionAt(start), end: lines.positionAt(end) };
              text = text.slice(0, start) + insert + text.slice(end);
              return { range, text: insert };
            });
            await client.change(uri, index + 2, ...changes);
            const fresh = analyse(text, uri);
            const expected = fresh.findings.map((finding) => toDiagnostic(finding, fresh, style));
            expect(await client.diagnostics(uri)).toEqual(expected);
          }
          await client.close(uri);
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** An offset that a position can name: not between the two characters of one line end. */
function place(text: string, share: number): number {
  const offset = Math.floor(share * text.length);
  return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
}
