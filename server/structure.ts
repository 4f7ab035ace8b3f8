import {
  type Connection,
  type DocumentLink,
  type FoldingRange,
  FoldingRangeKind,
  type LinkedEditingRanges,
  type SelectionRange,
} from 'vscode-languageserver';
import { RULE_PAGES } from '../core/index.ts';
import {
  foldsOf,
  linksOf,
  namesOf,
  placesOf,
  rangeWithoutQuotes,
  selectionsAt,
} from '../core/language/index.ts';
import type { Documents } from './documents.ts';
import { toRange } from './ranges.ts';

/** Answers what a text is made of: what can be folded, selected, followed and edited together. */
export function answerStructure(
  connection: Connection,
  documents: Documents,
  { docsUri }: { readonly docsUri: string | undefined },
): void {
  connection.onFoldingRanges(({ textDocument }): FoldingRange[] => {
    const document = documents.get(textDocument.uri);
    return (document ? foldsOf(document.analysis) : []).map(({ kind, ...fold }) => ({
      ...fold,
      ...(kind && {
        kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
      }),
    }));
  });

  connection.onSelectionRanges(({ positions, textDocument }): SelectionRange[] => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const { lines } = document.analysis;
    return positions.map((position) => {
      const ranges = selectionsAt(document.analysis, lines.offsetAt(position));
      const chain = ranges.reduceRight<SelectionRange | undefined>(
        (parent, range) => ({ range: toRange(range, lines), ...(parent && { parent }) }),
        undefined,
      );
      return chain ?? { range: { start: position, end: position } };
    });
  });

  connection.onDocumentLinks(({ textDocument }): DocumentLink[] => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const { lines } = document.analysis;
    return linksOf(document.analysis).flatMap((link): DocumentLink[] => {
      const range = toRange(link.range, lines);
      if (link.kind === 'file') return [{ range, target: link.file }];
      const title = RULE_PAGES.get(link.ruleId)?.title;
      if (docsUri === undefined || title === undefined) return [];
      return [{ range, target: `${docsUri}/${link.ruleId}.md`, tooltip: title }];
    });
  });

  // Where a name is defined its uses follow what is typed; a use may come to name something else.
  connection.languages.onLinkedEditingRange(
    ({ position, textDocument }): LinkedEditingRanges | null => {
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const { lines, model, text } = document.analysis;
      const found = namesOf(model).at(lines.offsetAt(position));
      if (!found || found.at !== found.name.definition?.at || found.name.uses.length === 0)
        return null;
      // What stands in another file does not follow.
      if (found.name.uses.some(({ file }) => file !== found.at.file)) return null;
      const ranges = placesOf(found.name).map((at) => rangeWithoutQuotes(text, at));
      return ranges.every(({ end, start }) => text.slice(start, end) === found.name.name)
        ? { ranges: ranges.map((range) => toRange(range, lines)), wordPattern: '[\\w.-]+' }
        : null;
    },
  );
}
