import type { Connection } from 'vscode-languageserver';
import { type DiagnosticStyle, diagnosticsOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';

/** Long enough to take the keys of one word together, too short to be noticed. */
const DEBOUNCE_MS = 30;

/** Publishes diagnostics for clients that cannot pull them. */
export function pushDiagnostics(
  connection: Connection,
  documents: Documents,
  style: DiagnosticStyle,
): void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  documents.onDidChange((uri) => {
    clearTimeout(waiting.get(uri));
    waiting.set(uri, setTimeout(publish, DEBOUNCE_MS, uri));
  });

  documents.onDidClose((uri) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  /** Looks the document up again, so what is published is of the version that it names. */
  function publish(uri: string): void {
    waiting.delete(uri);
    const document = documents.find(uri);
    if (!document) {
      // It was one of ours before the last edit.
      void connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    const { analysis, version } = document;
    const diagnostics = diagnosticsOf(analysis, style);
    void connection.sendDiagnostics({ uri, version, diagnostics });
  }
}
