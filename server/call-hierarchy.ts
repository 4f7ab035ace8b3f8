import {
  type CallHierarchyItem,
  type Connection,
  type Range,
  SymbolKind,
} from 'vscode-languageserver';
import type { Analysis } from '../core/index.ts';
import { callRelationsOf, type Name, namesOf, viewsOf } from '../core/language/index.ts';
import type { Documents } from './documents.ts';

/** What an item carries to be found again; it comes back from the client. */
interface ItemData {
  readonly kind: 'service' | 'group';
  /** The config from which it was seen. */
  readonly view: string;
}

/** Answers who calls a service or a redundancy group, and what a service calls. */
export function answerCallHierarchy(connection: Connection, documents: Documents): void {
  connection.languages.callHierarchy.onPrepare(({ position, textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    const { lines, model } = document.analysis;
    const found = namesOf(model).at(lines.offsetAt(position))?.name;
    const item = found && toItem(found, document.analysis, documents);
    return item ? [item] : null;
  });

  /** What else stands at the other side of calls, in the config that was asked and those made of it. */
  const relations = (item: CallHierarchyItem, side: 'caller' | 'callee'): Relation[] => {
    const { kind, view } = (item.data ?? {}) as Partial<ItemData>;
    const document = typeof view === 'string' ? documents.get(view) : undefined;
    if (!document || (kind !== 'service' && kind !== 'group')) return [];
    const own = namesOf(document.analysis.model).find(kind, item.name);
    const found = new Map<string, Relation>();
    for (const one of [document.analysis, ...documents.importersOf(item.uri)]) {
      const [same] = own ? viewsOf(own, [one]) : [];
      for (const relation of same ? callRelationsOf(one.model) : []) {
        if (relation[side] !== same?.name) continue;
        const other = toItem(relation[side === 'caller' ? 'callee' : 'caller'], one, documents);
        const ranges = relation.at.flatMap((at) => documents.locationOf(at)?.range ?? []);
        if (other) found.set(`${other.uri} ${other.name} ${other.detail}`, { other, ranges });
      }
    }
    return [...found.values()];
  };

  connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
    relations(item, 'callee').map(({ other, ranges }) => ({ from: other, fromRanges: ranges })),
  );

  connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
    relations(item, 'caller').map(({ other, ranges }) => ({ to: other, fromRanges: ranges })),
  );
}

interface Relation {
  readonly other: CallHierarchyItem;
  /** Of the calls, in the file of the caller. */
  readonly ranges: Range[];
}

function toItem(
  { definition, kind, name }: Name,
  { file: view }: Pick<Analysis, 'file'>,
  documents: Documents,
): CallHierarchyItem | undefined {
  if (!definition || (kind !== 'service' && kind !== 'group')) return undefined;
  const written = documents.locationOf(definition.at);
  const part = documents.locationOf(definition.part);
  if (!written || !part) return undefined;
  return {
    name,
    kind: kind === 'service' ? SymbolKind.Module : SymbolKind.Class,
    detail: kind === 'service' ? 'service' : 'redundancy group',
    uri: part.uri,
    range: part.range,
    selectionRange: written.range,
    data: { kind, view } satisfies ItemData,
  };
}
