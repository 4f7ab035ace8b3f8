import { type CallHierarchyItem, type Connection, SymbolKind } from 'vscode-languageserver';
import { type CallRelation, callRelationsOf, type Name, namesOf } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { toRange } from './ranges.ts';

/** What an item carries to be found again; it comes back from the client. */
interface ItemData {
  readonly kind: 'service' | 'group';
}

/** Answers who calls a service or a redundancy group, and what a service calls. */
export function answerCallHierarchy(connection: Connection, documents: Documents): void {
  connection.languages.callHierarchy.onPrepare(({ position, textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    const { lines, model } = document.analysis;
    const found = namesOf(model).at(lines.offsetAt(position))?.name;
    const item = found && toItem(found, document);
    return item ? [item] : null;
  });

  const relations = (
    item: CallHierarchyItem,
    side: 'caller' | 'callee',
  ): readonly {
    readonly other: CallHierarchyItem;
    readonly relation: CallRelation;
    readonly document: AnalysedDocument;
  }[] => {
    const document = documents.get(item.uri);
    const kind = (item.data as Partial<ItemData> | undefined)?.kind;
    if (!document || (kind !== 'service' && kind !== 'group')) return [];
    const { model } = document.analysis;
    const own = namesOf(model).find(kind, item.name);
    return callRelationsOf(model).flatMap((relation) => {
      if (relation[side] !== own) return [];
      const other = toItem(relation[side === 'caller' ? 'callee' : 'caller'], document);
      return other ? [{ other, relation, document }] : [];
    });
  };

  connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
    relations(item, 'callee').map(({ document, other, relation }) => ({
      from: other,
      fromRanges: relation.at.map((at) => toRange(at, document.analysis.lines)),
    })),
  );

  connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
    relations(item, 'caller').map(({ document, other, relation }) => ({
      to: other,
      fromRanges: relation.at.map((at) => toRange(at, document.analysis.lines)),
    })),
  );
}

function toItem(
  { definition, kind, name }: Name,
  { analysis: { file, lines } }: AnalysedDocument,
): CallHierarchyItem | undefined {
  if (!definition || (kind !== 'service' && kind !== 'group')) return undefined;
  return {
    name,
    kind: kind === 'service' ? SymbolKind.Module : SymbolKind.Class,
    detail: kind === 'service' ? 'service' : 'redundancy group',
    uri: file,
    range: toRange(definition.part, lines),
    selectionRange: toRange(definition.at, lines),
    data: { kind } satisfies ItemData,
  };
}
