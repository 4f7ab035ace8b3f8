import { type Connection, FileChangeType } from 'vscode-languageserver';
import type { ClientSupport } from './capabilities.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { WatchedFiles } from './watched-files.ts';

/** The URIs of the files below a folder that may be of interest, in no particular order. */
export type FileFinder = (folderUri: string) => AsyncIterable<string>;

/** More files than this are not looked at: they would take longer than anybody waits. */
const MOST_FILES = 20_000;
const PATTERN = '**/*.{yaml,yml,json}';
const EXTENSION = /\.(?:ya?ml|json)$/i;

/**
 * Looks through the open folders for files of other tools, and keeps up with their changes: what is
 * missing in an open one may be in one that is not open. Between any two files everything else gets
 * its turn.
 */
export function followWorkspaceFiles(
  connection: Connection,
  documents: Documents,
  watched: WatchedFiles,
  files: Files,
  support: ClientSupport,
  initialized: Promise<void>,
): void {
  const tell = (hasChanged: boolean) => {
    if (hasChanged && support.diagnosticRefresh) connection.languages.diagnostics.refresh();
  };

  async function lookThrough(): Promise<void> {
    const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
    let left = MOST_FILES;
    let hasChanged = false;
    for (const { uri: folder } of folders) {
      for await (const uri of files.find(folder)) {
        if (left-- === 0) return tell(hasChanged);
        hasChanged = documents.readFile(uri) || hasChanged;
      }
    }
    tell(hasChanged);
  }

  if (!support.workspaceFolders) return;
  watched.onDidChange((changes) => {
    const own = changes.filter(({ uri }) => EXTENSION.test(uri));
    const told = own.map(({ type, uri }) =>
      type === FileChangeType.Deleted ? documents.forgetFile(uri) : documents.readFile(uri),
    );
    tell(told.includes(true));
  });
  void initialized.then(() => {
    watched.watch(PATTERN);
    return lookThrough().catch((error) =>
      connection.console.warn(`Files that are not open are not known. ${error}`),
    );
  });
}
