import {
  type Connection,
  type DocumentSymbol,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { type OutlineItem, outlineOf } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { toRange } from './ranges.ts';

/** Longer lists are searched with a longer query. */
const MOST_SYMBOLS = 500;

/** Answers with the outline of a document, and finds parts by name in all that are open. */
export function answerSymbols(
  connection: Connection,
  documents: Documents,
  support: { readonly symbolTrees: boolean },
): void {
  connection.onDocumentSymbol(({ textDocument }): DocumentSymbol[] | SymbolInformation[] => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const items = outlineOf(document.analysis);
    return support.symbolTrees
      ? items.map((item) => toSymbol(item, document))
      : flat(items, document).map(({ location, ...symbol }) => ({ ...symbol, location }));
  });

  connection.onWorkspaceSymbol(({ query }): WorkspaceSymbol[] => {
    const wanted = query.toLowerCase();
    return documents
      .all()
      .flatMap((document) => flat(outlineOf(document.analysis), document))
      .filter(({ isNamed, name }) => isNamed && isSubsequence(wanted, name.toLowerCase()))
      .slice(0, MOST_SYMBOLS)
      .map(({ isNamed: _, ...symbol }) => symbol);
  });
}

function toSymbol(item: OutlineItem, document: AnalysedDocument): DocumentSymbol {
  const { children, detail, kind, name, nameRange, range } = item;
  const { lines } = document.analysis;
  return {
    name,
    kind: KINDS[kind],
    ...(detail !== undefined && { detail }),
    range: toRange(range, lines),
    selectionRange: toRange(nameRange, lines),
    children: children.map((child) => toSymbol(child, document)),
  };
}

function flat(
  items: readonly OutlineItem[],
  document: AnalysedDocument,
  containerName?: string,
): (SymbolInformation & { readonly isNamed: boolean })[] {
  const { file, lines } = document.analysis;
  return items.flatMap(({ children, kind, name, range }) => [
    {
      name,
      kind: KINDS[kind],
      location: { uri: file, range: toRange(range, lines) },
      isNamed: !UNNAMED.has(kind),
      ...(containerName !== undefined && { containerName }),
    },
    ...flat(children, document, name),
  ]);
}

/** What nobody looks for by a name of its own. */
const UNNAMED: ReadonlySet<OutlineItem['kind']> = new Set(['section', 'setting', 'call', 'fault']);

/** Editors narrow the list down further; what they are given must not be too narrow. */
function isSubsequence(query: string, name: string): boolean {
  let from = 0;
  for (const char of query) {
    const at = name.indexOf(char, from);
    if (at < 0) return false;
    from = at + char.length;
  }
  return true;
}

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  setting: SymbolKind.Property,
  group: SymbolKind.Class,
  component: SymbolKind.Object,
  service: SymbolKind.Module,
  breaker: SymbolKind.Interface,
  bulkhead: SymbolKind.Interface,
  retry: SymbolKind.Interface,
  'rate-limiter': SymbolKind.Interface,
  'concurrency-limit': SymbolKind.Interface,
  'repair-crew': SymbolKind.Object,
  'connection-pool': SymbolKind.Interface,
  scenario: SymbolKind.Event,
  call: SymbolKind.Method,
  fault: SymbolKind.Event,
  zone: SymbolKind.Constant,
  region: SymbolKind.Constant,
};
