import type { Connection, InlayHint } from 'vscode-languageserver';
import { hintsAt } from '../core/insight-at.ts';
import type { Documents } from './documents.ts';
import { whileUnchanged } from './requests.ts';
import type { ClientSettings } from './settings.ts';

/** Answers with the one number that matters on each line, unless the user has turned that off. */
export function answerInlayHints(
  connection: Connection,
  documents: Documents,
  settings: ClientSettings,
  support: { readonly inlayHintRefresh: boolean },
): void {
  connection.languages.inlayHint.on(async ({ range, textDocument }): Promise<InlayHint[]> => {
    const { inlayHints } = await whileUnchanged(
      documents,
      textDocument,
      settings.get(textDocument.uri),
    );
    const document = inlayHints ? documents.get(textDocument.uri) : undefined;
    if (!document) return [];
    const { analysis } = document;
    const { lines } = analysis;
    const asked = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
    return hintsAt(analysis, asked).map(({ offset, text }) => ({
      position: lines.positionAt(offset),
      label: text,
      paddingLeft: true,
    }));
  });
  settings.onDidChange(() => {
    if (support.inlayHintRefresh) void connection.languages.inlayHint.refresh();
  });
}
