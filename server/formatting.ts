import type { Connection, FormattingOptions, TextEdit } from 'vscode-languageserver';
import type { Span } from '../core/index.ts';
import { formatEdits } from '../core/language/index.ts';
import type { Documents } from './documents.ts';
import { isJsonFile } from './ranges.ts';
import { toTextEdits } from './text-edits.ts';

/** Formats YAML. JSON is left to the editor, which has a formatter of its own. */
export function answerFormatting(connection: Connection, documents: Documents): void {
  const format = (uri: string, { tabSize }: FormattingOptions, range?: Span): TextEdit[] => {
    const document = documents.get(uri);
    if (!document || isJsonFile(uri)) return [];
    const { lines, text } = document.analysis;
    const indent = Number.isInteger(tabSize) ? tabSize : 2;
    return toTextEdits(formatEdits(text, { indent, ...(range && { range }) }), lines);
  };
  connection.onDocumentFormatting(({ options, textDocument }) => format(textDocument.uri, options));
  connection.onDocumentRangeFormatting(({ options, range, textDocument }) => {
    const lines = documents.get(textDocument.uri)?.analysis.lines;
    if (!lines) return [];
    const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
    return format(textDocument.uri, options, span);
  });
}
