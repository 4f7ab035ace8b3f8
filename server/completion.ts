import {
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import { insightOf, wordsOf } from '../core/insight/index.ts';
import { schemaAt } from '../core/insight-at.ts';
import { type Completion, completionsAt, namesOf } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { documentationOf, wordsText } from './markup.ts';
import { isJsonFile, toRange } from './ranges.ts';

/** Keys that open a list of proposals without being asked to. */
export const COMPLETION_TRIGGERS: readonly string[] = [':', ' ', '-', '{', '[', ',', '"', "'"];

export interface CompletionSupport {
  readonly snippets: boolean;
  readonly insertAsIs: boolean;
  readonly completionMarkdown: boolean;
}

/** What `completionItem/resolve` needs to say more. */
interface ResolveData {
  readonly uri: string;
  readonly documented: NonNullable<Completion['documented']>;
}

/**
 * Answers with what can be written at the cursor. In JSON only with names: the editor has the
 * schema, and proposes the rest itself.
 */
export function answerCompletions(
  connection: Connection,
  documents: Documents,
  support: CompletionSupport,
): void {
  connection.onCompletion(({ context, position, textDocument }): CompletionItem[] => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const { analysis } = document;
    const offset = analysis.lines.offsetAt(position);
    const isJson = isJsonFile(analysis.file);
    const found = completionsAt(analysis, offset).filter(({ kind }) => !isJson || kind === 'name');
    // A blank or a dash opens a list only where there is little to choose from.
    if (context?.triggerCharacter === ' ' || context?.triggerCharacter === '-') {
      if (!/(?::|-|,|\{|\[)\s*$/.test(analysis.text.slice(lineStart(analysis, offset), offset)))
        return [];
    }
    return found.map((one) => toItem(one, document, support));
  });
  connection.onCompletionResolve((item) => {
    const documentation = documentationFor(item.data, documents, support);
    return documentation ? { ...item, documentation } : item;
  });
}

function lineStart({ lines }: AnalysedDocument['analysis'], offset: number): number {
  return lines.lineStart(lines.positionAt(offset).line);
}

function toItem(
  completion: Completion,
  { analysis: { file, lines } }: AnalysedDocument,
  support: CompletionSupport,
): CompletionItem {
  const { besides, detail, documented, kind, label, range, snippet, sortText, text } = completion;
  const data: ResolveData | undefined = documented && { uri: file, documented };
  return {
    label,
    kind: KINDS[kind],
    sortText,
    filterText: label,
    insertTextFormat: support.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Blocks are indented for the place where they go.
    ...(support.insertAsIs && { insertTextMode: InsertTextMode.asIs }),
    textEdit: { range: toRange(range, lines), newText: support.snippets ? snippet : text },
    ...(detail !== undefined && { detail }),
    ...(besides && {
      additionalTextEdits: [{ range: toRange(besides.range, lines), newText: besides.newText }],
    }),
    ...(data && { data }),
  };
}

/** Data come back from the client, so nothing about them is certain. */
function documentationFor(
  data: Partial<ResolveData> | undefined,
  documents: Documents,
  { completionMarkdown }: CompletionSupport,
): CompletionItem['documentation'] {
  const kind = completionMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  const { documented, uri } = data ?? {};
  if (typeof documented !== 'object' || documented === null || typeof uri !== 'string') {
    return undefined;
  }
  if ('pointer' in documented) {
    const value = documentationOf(schemaAt(String(documented.pointer)), kind);
    return value === '' ? undefined : { kind, value };
  }
  const model = documents.get(uri)?.analysis.model;
  const definition = model && namesOf(model).find(documented.nameKind, documented.name)?.definition;
  if (!definition) return undefined;
  const { at, part } = definition;
  const written = model.imports?.find(({ file }) => file === at.file)?.model ?? model;
  const insight = insightOf(written, at, part);
  return insight && { kind, value: wordsText(wordsOf(insight), kind) };
}

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  name: CompletionItemKind.Reference,
  unit: CompletionItemKind.Unit,
  block: CompletionItemKind.Snippet,
};
