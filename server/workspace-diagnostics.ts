import {
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { isNativeFile } from '../core/index.ts';
import { type DiagnosticStyle, diagnosticsOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { WatchedFiles } from './watched-files.ts';

/** More configs than this are not judged unasked. */
const MOST_CONFIGS = 2_000;

interface Judged {
  readonly resultId: string;
  readonly items: Diagnostic[];
}

/**
 * Answers what is wrong with the configs of the open folders, those that are not open in the editor
 * included. Clients ask again and again: a file is read and judged only when it may have changed, of
 * which the client has to tell.
 */
export function answerWorkspaceDiagnostics(
  connection: Connection,
  documents: Documents,
  watched: WatchedFiles,
  files: Files,
  style: DiagnosticStyle,
  initialized: Promise<void>,
): void {
  let known: Promise<Set<string>> | undefined;
  const judged = new Map<string, Judged>();
  let results = 0;
  const session = Date.now().toString(36);

  async function find(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const { uri: folder } of (await connection.workspace.getWorkspaceFolders()) ?? []) {
      for await (const uri of files.find(folder)) {
        if (isNativeFile(uri)) found.add(uri);
        if (found.size === MOST_CONFIGS) return found;
      }
    }
    return found;
  }

  function judge(uri: string): Judged | undefined {
    const open = documents.get(uri);
    if (open) return { resultId: open.resultId, items: diagnosticsOf(open.analysis, style) };
    const before = judged.get(uri);
    if (before) return before;
    const text = files.read(uri);
    if (text === undefined) return undefined;
    const items = diagnosticsOf(documents.analyseClosed(text, uri), style);
    const result = { resultId: `${session}-closed-${++results}`, items };
    judged.set(uri, result);
    return result;
  }

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    known ??= find();
    const uris = await known;
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    // What is gone has nothing wrong with it any more.
    const items = [...previous.keys()].filter((uri) => !uris.has(uri)).map(nothingWrong);
    for (const uri of uris) {
      if (token.isCancellationRequested) break;
      const isNew = !judged.has(uri);
      const result = judge(uri);
      items.push(result ? reportOf(uri, result, previous.get(uri)) : nothingWrong(uri));
      // Between any two files that are judged everything else gets its turn.
      if (isNew) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return { items };
  });

  function reportOf(
    uri: string,
    { items, resultId }: Judged,
    previous: string | undefined,
  ): WorkspaceDocumentDiagnosticReport {
    const version = documents.versionOf(uri);
    return resultId === previous
      ? { uri, version, kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { uri, version, kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  const forget = (uri: string): void => {
    judged.delete(uri);
    for (const importer of documents.importerUris(uri)) judged.delete(importer);
  };
  documents.onDidChange(forget);
  watched.onDidChange((changes) => {
    for (const { type, uri } of changes) {
      if (!isNativeFile(uri)) {
        // It may say how the others are to be judged.
        judged.clear();
        continue;
      }
      forget(uri);
      void known?.then((uris) =>
        type === FileChangeType.Deleted ? uris.delete(uri) : uris.add(uri),
      );
    }
  });
  void initialized.then(() =>
    connection.workspace.onDidChangeWorkspaceFolders(() => {
      known = undefined;
    }),
  );
}

function nothingWrong(uri: string): WorkspaceDocumentDiagnosticReport {
  return { uri, version: null, kind: DocumentDiagnosticReportKind.Full, items: [] };
}
