import type { Connection } from 'vscode-languageserver';
import type { ClientSupport } from './capabilities.ts';
import type { Documents } from './documents.ts';
import type { ClientSettings } from './settings.ts';

/**
 * Keeps findings true to what the user has set. A client answers only after a document was opened,
 * so that is judged again where the answer says more than nothing.
 */
export function followSettings(
  connection: Connection,
  documents: Documents,
  settings: ClientSettings,
  support: Pick<ClientSupport, 'diagnosticRefresh'>,
): void {
  async function judge(uri: string): Promise<boolean> {
    const before = settings.known(uri).configuration;
    const { configuration } = await settings.get(uri);
    if (configuration?.text === before?.text) return false;
    documents.judgeAgain([uri]);
    return true;
  }

  async function judgeAll(uris: readonly string[]): Promise<void> {
    const changes = await Promise.all(uris.map(judge));
    if (changes.includes(true) && support.diagnosticRefresh) {
      connection.languages.diagnostics.refresh();
    }
  }

  documents.onDidOpen((uri) => void judgeAll([uri]));
  documents.onDidClose((uri) => settings.forget(uri));
  settings.onDidChange(() => void judgeAll(documents.uris()));
}
