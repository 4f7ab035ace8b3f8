import type { Connection, FileEvent } from 'vscode-languageserver';
import { CONFIGURATION_NAME, type Configuration } from '../core/index.ts';
import type { ClientSupport } from './capabilities.ts';
import { type Configurations, decoded } from './configurations.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import type { WatchedFiles } from './watched-files.ts';

/**
 * Keeps findings true when configurations change, and shows what is wrong with a configuration in its
 * own file. A client that cannot watch files has them read whenever a document is judged.
 */
export function watchConfigurations(
  connection: Connection,
  configurations: Configurations,
  documents: Documents,
  watched: WatchedFiles,
  support: ClientSupport,
  style: DiagnosticStyle,
  initialized: Promise<void>,
): void {
  const names = new Set<string>([CONFIGURATION_NAME]);
  const watch = (name: string): void => {
    names.add(name);
    watched.watch(`**/${name}`);
  };
  const speaksOfOne = ({ uri }: FileEvent) => names.has(decoded(uri).split('/').at(-1) ?? '');

  configurations.onDidRead((configuration) => {
    publish(connection, configuration, style);
    const baseline = configurations.baselineOf(configuration)?.split('/').at(-1);
    if (baseline) watch(decoded(baseline));
  });
  if (!watched.isSupported) return;
  configurations.remember();
  void initialized.then(() => watch(CONFIGURATION_NAME));
  watched.onDidChange((changes) => {
    if (!changes.some(speaksOfOne)) return;
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
