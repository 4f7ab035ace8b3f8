import {
  type Connection,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type LocationLink,
  type Position,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import type { SourceRange } from '../core/index.ts';
import { type NamePlace, namesOf, placesAcross, placesOf } from '../core/language/index.ts';
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
    const target = definition && documents.locationOf(definition.at);
    if (!found || !target) return [];
    if (!support.definitionLinks) return [target];
    return [
      {
        originSelectionRange: toRange(found.at, found.document.analysis.lines),
        targetUri: target.uri,
        targetRange: documents.locationOf(definition.part)?.range ?? target.range,
        targetSelectionRange: target.range,
      },
    ];
  });

  connection.onReferences((params): Location[] => {
    const found = nameAt(documents, params);
    if (!found) return [];
    const { definition } = found.name;
    const configs = [found.document.analysis, ...documents.importersOf(params.textDocument.uri)];
    return placesAcross(found.name, configs)
      .filter((at) => params.context.includeDeclaration || !isSamePlace(at, definition?.at))
      .flatMap((at) => documents.locationOf(at) ?? []);
  });

  connection.onDocumentHighlight((params): DocumentHighlight[] => {
    const found = nameAt(documents, params);
    if (!found) return [];
    const { file, lines } = found.document.analysis;
    const definition = found.name.definition?.at;
    return placesOf(found.name)
      .filter((at) => at.file === file)
      .map((at) => ({
        range: toRange(at, lines),
        kind: at === definition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  });
}

function isSamePlace(a: SourceRange, b: SourceRange | undefined): boolean {
  return a.file === b?.file && a.start === b.start;
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
