import { type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { CONFIGURATION_NAME, type Configuration } from '../core/index.ts';
import type { ClientSupport } from './capabilities.ts';
import { type Configurations, decoded } from './configurations.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { Documents } from './documents.ts';

/**
 * Keeps findings true when configurations change, and shows what is wrong with a configuration in its
 * own file. A client that cannot watch files has them read whenever a document is judged.
 */
export function watchConfigurations(
  connection: Connection,
  configurations: Configurations,
  documents: Documents,
  support: ClientSupport,
  style: DiagnosticStyle,
  initialized: Promise<void>,
): void {
  const watched = new Set<string>();
  const watch = (name: string): void => {
    if (!support.watchedFiles || watched.has(name)) return;
    watched.add(name);
    const watchers = [{ globPattern: `**/${name}` }];
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error) =>
        connection.console.warn(`Changes of ${name} will not be noticed. ${error}`),
      );
  };

  configurations.onDidRead((configuration) => {
    publish(connection, configuration, style);
    const baseline = configurations.baselineOf(configuration)?.split('/').at(-1);
    if (baseline) watch(decoded(baseline));
  });
  if (!support.watchedFiles) return;
  configurations.remember();
  void initialized.then(() => watch(CONFIGURATION_NAME));
  connection.onDidChangeWatchedFiles(() => {
    configurations.forget();
    documents.judgeAgain();
    if (support.diagnosticRefresh) connection.languages.diagnostics.refresh();
  });
}

function publish(
  connection: Connection,
  configuration: Configuration,
  style: DiagnosticStyle,
): void {
  const diagnostics = configuration.problems.map((one) => toDiagnostic(one, configuration, style));
  void connection.sendDiagnostics({ uri: configuration.file, diagnostics });
}
