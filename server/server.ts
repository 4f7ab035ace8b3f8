import type { Connection } from 'vscode-languageserver';
import { answerCallHierarchy } from './call-hierarchy.ts';
import { readClientSupport, serverCapabilities } from './capabilities.ts';
import { answerCodeActions } from './code-actions.ts';
import { answerCodeLenses } from './code-lens.ts';
import { answerComebacks } from './comeback.ts';
import { answerCompletions } from './completion.ts';
import { Configurations } from './configurations.ts';
import { answerConversions } from './convert.ts';
import type { DiagnosticStyle } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { type Disk, Files } from './files.ts';
import { followSettings } from './follow-settings.ts';
import { answerFormatting } from './formatting.ts';
import { answerHovers } from './hover.ts';
import { answerInlayHints } from './inlay-hints.ts';
import { answerNames } from './names.ts';
import { followOtherLanguages } from './other-languages.ts';
import type { InitializationOptions } from './protocol.ts';
import { answerDiagnosticPulls } from './pull-diagnostics.ts';
import { pushDiagnostics } from './push-diagnostics.ts';
import { answerReach } from './reach.ts';
import { answerRenames } from './rename.ts';
import { answerScenarios } from './scenarios.ts';
import { answerSemanticTokens } from './semantic-tokens.ts';
import { ClientSettings } from './settings.ts';
import { answerSignatureHelp } from './signature-help.ts';
import { answerSimulations } from './simulate.ts';
import type { Simulator } from './simulator.ts';
import { answerStructure } from './structure.ts';
import { answerSymbols } from './symbols.ts';
import { watchConfigurations } from './watch-configurations.ts';
import { watchImports } from './watch-imports.ts';
import { WatchedFiles } from './watched-files.ts';
import { answerWorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { followWorkspaceFiles } from './workspace-files.ts';

/** What the server needs from the place it runs in; the server itself runs anywhere. */
export interface Runtime extends Disk {
  readonly version: string;
  readonly simulator: Simulator;
  /** Where the rules' pages are if the client does not say: `<docsUri>/<ruleId>.md`. */
  readonly docsUri?: string;
}

/** Serves one client over one connection. */
export function startServer(connection: Connection, runtime: Runtime): void {
  let settings: ClientSettings | undefined;
  const files = new Files(runtime);
  const configurations = new Configurations(
    files.read,
    (uri) => settings?.known(uri).configuration,
  );
  const documents = new Documents(connection, configurations, files.read);
  // Only then may the server ask the client for anything.
  const initialized = new Promise<void>((resolve) => connection.onInitialized(() => resolve()));

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    const support = readClientSupport(capabilities);
    const style: DiagnosticStyle = {
      support,
      docsUri: (readDocsUri(initializationOptions) ?? runtime.docsUri)?.replace(/\/+$/, ''),
    };
    const readsFiles = initializationOptions?.readsFiles === true && support.watchedFiles;
    const clientFiles = readsFiles ? files.askClient(connection) : undefined;
    // Features listen from here on, so a request that comes too early is answered with an error.
    if (support.pullDiagnostics) answerDiagnosticPulls(connection, documents, style, clientFiles);
    else pushDiagnostics(connection, documents, style);
    const watched = new WatchedFiles(connection, support.watchedFiles, clientFiles);
    watchConfigurations(
      connection,
      configurations,
      documents,
      watched,
      support,
      style,
      initialized,
    );
    watchImports(connection, documents, watched, support, initialized);
    followOtherLanguages(connection, support, initialized);
    if (files.canFind) {
      followWorkspaceFiles(connection, documents, watched, files, support, initialized);
    }
    // Unless the client tells of changes, what was judged once could not be told again.
    const judgesClosed =
      files.canFind &&
      files.canRead &&
      support.pullDiagnostics &&
      support.workspaceFolders &&
      watched.isSupported;
    if (judgesClosed) {
      answerWorkspaceDiagnostics(connection, documents, watched, files, style, initialized);
    }
    const commands = readCommands(initializationOptions);
    if (support.codeActions) {
      answerCodeActions(connection, documents, { ...style, support, commands });
    }
    answerHovers(connection, documents, support);
    answerCompletions(connection, documents, support);
    answerNames(connection, documents, support);
    answerRenames(connection, documents, support);
    answerSymbols(connection, documents, support);
    answerCallHierarchy(connection, documents);
    answerStructure(connection, documents, style);
    answerFormatting(connection, documents);
    answerSemanticTokens(connection, documents);
    answerSignatureHelp(connection, documents);
    settings = new ClientSettings(connection, support, initialized);
    followSettings(connection, documents, settings, support);
    answerCodeLenses(connection, documents, settings, { ...support, commands });
    if (support.inlayHints) answerInlayHints(connection, documents, settings, support);
    answerScenarios(connection, documents);
    answerSimulations(connection, documents, runtime.simulator, style);
    answerConversions(connection, documents);
    answerReach(connection, documents, runtime.simulator);
    answerComebacks(connection, documents, runtime.simulator);
    return {
      capabilities: serverCapabilities(support, judgesClosed),
      serverInfo: { name: 'Faultline', version: runtime.version },
    };
  });
  connection.onShutdown(() => runtime.simulator.dispose());
  connection.listen();
}

function readCommands(options: Partial<InitializationOptions> | null | undefined): Set<unknown> {
  return new Set(Array.isArray(options?.commands) ? options.commands : []);
}

/** Options come from any client, so nothing about them is certain. */
function readDocsUri(
  options: Partial<InitializationOptions> | null | undefined,
): string | undefined {
  return typeof options?.docsUri === 'string' ? options.docsUri : undefined;
}
