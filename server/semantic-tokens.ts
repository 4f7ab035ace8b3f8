import { type Connection, SemanticTokensBuilder } from 'vscode-languageserver';
import { type TokenKind, tokensIn } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';

/** What words are, in terms that every colour theme knows. */
const TYPES: Readonly<Record<TokenKind, string>> = {
  key: 'property',
  quantity: 'number',
  number: 'number',
  boolean: 'keyword',
  choice: 'enumMember',
  service: 'namespace',
  group: 'class',
  component: 'variable',
  scenario: 'event',
  zone: 'string',
  region: 'string',
  'repair-crew': 'type',
  breaker: 'type',
  bulkhead: 'type',
  retry: 'type',
  'rate-limiter': 'type',
  'concurrency-limit': 'type',
  'connection-pool': 'type',
};

export const TOKEN_LEGEND = {
  tokenTypes: [...new Set(Object.values(TYPES))],
  tokenModifiers: ['declaration'],
};

/** Answers what the words of a document are; of a changed one only what is different. */
export function answerSemanticTokens(connection: Connection, documents: Documents): void {
  const builders = new Map<string, SemanticTokensBuilder>();
  documents.onDidClose((uri) => builders.delete(uri));
  const { semanticTokens } = connection.languages;

  const build = (builder: SemanticTokensBuilder, document: AnalysedDocument): void => {
    pushTokens(builder, document, { start: 0, end: document.analysis.text.length });
  };
  semanticTokens.on(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { data: [] };
    const builder = new SemanticTokensBuilder();
    builders.set(textDocument.uri, builder);
    build(builder, document);
    return builder.build();
  });
  semanticTokens.onDelta(({ previousResultId, textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { data: [] };
    const builder = builders.get(textDocument.uri) ?? new SemanticTokensBuilder();
    builders.set(textDocument.uri, builder);
    builder.previousResult(previousResultId);
    build(builder, document);
    return builder.buildEdits();
  });
  semanticTokens.onRange(({ range, textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { data: [] };
    const { lines } = document.analysis;
    const builder = new SemanticTokensBuilder();
    const within = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
    pushTokens(builder, document, within);
    return builder.build();
  });
}

function pushTokens(
  builder: SemanticTokensBuilder,
  { analysis }: AnalysedDocument,
  within: { readonly start: number; readonly end: number },
): void {
  const { lines } = analysis;
  for (const { isDefinition, kind, range } of tokensIn(analysis, within)) {
    const start = lines.positionAt(range.start);
    const end = lines.positionAt(range.end);
    // A token is on one line; a text over several is left to the grammar.
    if (start.line !== end.line) continue;
    const type = TOKEN_LEGEND.tokenTypes.indexOf(TYPES[kind]);
    builder.push(
      start.line,
      start.character,
      end.character - start.character,
      type,
      isDefinition ? 1 : 0,
    );
  }
}
