import {
  type Connection,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type LocationLink,
  type Position,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { type NamePlace, namesOf } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { toRange } from './ranges.ts';

/** Answers where what is named at the cursor is defined, and where else its name is written. */
export function answerNames(
  connection: Connection,
  documents: Documents,
  support: { readonly definitionLinks: boolean },
): void {
  connection.onDefinition((params): LocationLink[] | Location[] => {
    const found = nameAt(documents, params);
    const definition = found?.name.definition;
    if (!found || !definition) return [];
    const { file, lines } = found.document.analysis;
    const range = toRange(definition.at, lines);
    if (!support.definitionLinks) return [{ uri: file, range }];
    return [
      {
        originSelectionRange: toRange(found.at, lines),
        targetUri: file,
        targetRange: toRange(definition.part, lines),
        targetSelectionRange: range,
      },
    ];
  });

  connection.onReferences((params): Location[] => {
    const found = nameAt(documents, params);
    if (!found) return [];
    const { definition, uses } = found.name;
    const { file, lines } = found.document.analysis;
    const places =
      definition && params.context.includeDeclaration ? [definition.at, ...uses] : uses;
    return places.map((at) => ({ uri: file, range: toRange(at, lines) }));
  });

  connection.onDocumentHighlight((params): DocumentHighlight[] => {
    const found = nameAt(documents, params);
    if (!found) return [];
    const { definition, uses } = found.name;
    const { lines } = found.document.analysis;
    return [
      ...(definition
        ? [{ range: toRange(definition.at, lines), kind: DocumentHighlightKind.Write }]
        : []),
      ...uses.map((at) => ({ range: toRange(at, lines), kind: DocumentHighlightKind.Read })),
    ];
  });
}

function nameAt(
  documents: Documents,
  { position, textDocument }: TextDocumentPositionParams,
): (NamePlace & { readonly document: AnalysedDocument }) | undefined {
  const document = documents.get(textDocument.uri);
  const found = document && namesOf(document.analysis.model).at(offsetOf(document, position));
  return found && { ...found, document };
}

function offsetOf({ analysis: { lines } }: AnalysedDocument, position: Position): number {
  return lines.offsetAt(position);
}
