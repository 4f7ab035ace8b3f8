import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../config/index.ts';
import {
  callRelationsOf,
  completionsAt,
  foldsOf,
  formatEdits,
  linksOf,
  namesOf,
  organiseEdit,
  outlineOf,
  placesOf,
  planRename,
  refactoringsAt,
  renamableAt,
  selectionsAt,
  signatureAt,
  tokensIn,
} from './index.ts';

const SHOP = readFileSync(
  new URL('../../samples/online-shop.resilience.yaml', import.meta.url),
  'utf8',
);
/** What has broken readers of YAML before. */
const HOSTILE = [
  '',
  '\uFEFF',
  '- - - - a',
  '? [a]\n: b',
  'a: &a [*a]',
  '&a : *a',
  '<<: *x',
  '__proto__: { constructor: 1 }\nservices: { __proto__: {}, constructor: {} }',
  'services:\n\t- a',
  '--- |\n a\n...\n--- b',
  'services: { a: { calls: [{ to: a, to: b }, null, , ] } }',
  '"\\ud800": 1\n\'a\n: b',
  '{'.repeat(90),
  'a:'.repeat(300),
];

/** The ranges of everything that can be asked of a text at an offset. */
function* everything(config: Config, offset: number): Generator<{ start: number; end: number }> {
  const { text } = config;
  for (const name of namesOf(config.model).all()) yield* placesOf(name);
  yield* completionsAt(config, offset).flatMap(({ besides, range }) =>
    besides ? [range, besides.range] : [range],
  );
  const open = [...outlineOf(config)];
  for (let item = open.pop(); item; item = open.pop()) {
    yield item.range;
    yield item.nameRange;
    open.push(...item.children);
  }
  for (const { endLine, startLine } of foldsOf(config)) {
    yield { start: config.lines.lineStart(startLine), end: config.lines.lineStart(endLine) };
  }
  yield* selectionsAt(config, offset);
  yield* tokensIn(config, { start: 0, end: text.length }).map(({ range }) => range);
  yield* linksOf(config).map(({ range }) => range);
  yield* formatEdits(text, { indent: 2 });
  const organised = organiseEdit(text);
  if (organised) yield organised;
  const name = renamableAt(config, offset);
  if (name) yield name.range;
  const renamed = planRename(config, offset, 'x y');
  if (renamed.kind === 'edits') yield* renamed.files.flatMap(({ edits }) => [...edits]);
  signatureAt(config, offset);
  refactoringsAt(config, offset);
  callRelationsOf(config.model);
}

function expectSound(text: string, offset: number): void {
  for (const { end, start } of everything(readConfig(text, 'a.resilience.yaml'), offset)) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
}

describe('every feature', () => {
  it.each(HOSTILE.map((text) => [text]))('answers within %j', (text) => {
    for (const offset of [0, text.length >> 1, text.length]) expectSound(text, offset);
  });

  it('answers within a text that is cut, doubled and stirred', () => {
    const cut = fc.record({
      at: fc.nat(SHOP.length),
      length: fc.nat(200),
      to: fc.nat(SHOP.length),
    });
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 4 }), fc.nat(SHOP.length), (cuts, offset) => {
        let text = SHOP;
        for (const { at, length, to } of cuts) {
          text = text.slice(0, to) + SHOP.slice(at, at + length) + text.slice(to + (length >> 1));
        }
        expectSound(text, Math.min(offset, text.length));
      }),
      { numRuns: 25 },
    );
  });
});
