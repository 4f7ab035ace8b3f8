import type { Connection } from 'vscode-languageserver';
import { isNativeFile } from '../core/index.ts';
import type { Documents } from './documents.ts';
import type { WatchedFiles } from './watched-files.ts';

/** What configs may import. */
const CONFIGS = '**/{*.resilience,resilience}.{yaml,yml,json}';

/** Keeps findings true when files change that open configs import. */
export function watchImports(
  connection: Connection,
  documents: Documents,
  watched: WatchedFiles,
  support: { readonly diagnosticRefresh: boolean },
  initialized: Promise<void>,
): void {
  if (!watched.isSupported) return;
  void initialized.then(() => watched.watch(CONFIGS));
  watched.onDidChange((changes) => {
    const configs = changes.map(({ uri }) => uri).filter(isNativeFile);
    if (documents.filesChanged(configs) && support.diagnosticRefresh) {
      connection.languages.diagnostics.refresh();
    }
  });
}
