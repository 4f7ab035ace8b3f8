import { type Connection, type Hover, MarkupKind } from 'vscode-languageserver';
import { wordsOf } from '../core/insight/index.ts';
import { insightAt } from '../core/insight-at.ts';
import type { Documents } from './documents.ts';
import { documentationOf, wordsText } from './markup.ts';
import { isJsonFile, toRange } from './ranges.ts';

/** Answers what can be said of the part under the cursor, and what the format says of the key. */
export function answerHovers(
  connection: Connection,
  documents: Documents,
  support: { readonly markdown: boolean },
): void {
  const kind = support.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  connection.onHover(({ position, textDocument }): Hover | undefined => {
    const document = documents.find(textDocument.uri);
    if (!document) return undefined;
    const { lines } = document.analysis;
    const offset = lines.offsetAt(position);
    const found = insightAt(document.analysis, offset);
    if (!found) return undefined;
    const value = [
      // Editors that have the schema say it themselves.
      ...(found.schema && !isJsonFile(document.analysis.file)
        ? [documentationOf(found.schema, kind)]
        : []),
      ...(found.insight ? [wordsText(wordsOf(found.insight), kind)] : []),
    ].filter((text) => text !== '');
    if (value.length === 0) return undefined;
    return {
      contents: { kind, value: value.join(kind === MarkupKind.Markdown ? '\n\n---\n\n' : '\n\n') },
      range: toRange(found.range, lines),
    };
  });
}
