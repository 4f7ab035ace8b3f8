import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeLensRefreshRequest,
  Command,
  type CompletionItem,
  CompletionRequest,
  CompletionResolveRequest,
  CompletionTriggerKind,
  ConfigurationRequest,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  FileChangeType,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type InlayHint,
  InlayHintRefreshRequest,
  InlayHintRequest,
  LogMessageNotification,
  type LogMessageParams,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  RegistrationRequest,
  type TextDocumentContentChangeEvent,
  WorkDoneProgressCreateRequest,
  WorkspaceFoldersRequest,
} from 'vscode-languageserver';
import {
  COMEBACK,
  type ComebackParams,
  type ComebackResponse,
  REACH,
  type ReachParams,
  type ReachResponse,
  SIMULATE,
  type SimulateParams,
  type SimulationResponse,
} from '../../server/protocol.ts';
import { Inbox } from './inbox.ts';

/** What a client with every ability says about itself. */
export const FULL_CLIENT: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    inlayHint: { dynamicRegistration: false },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  window: { workDoneProgress: true },
};

/** The same, but diagnostics must be sent to it. */
export const PUSH_CLIENT: ClientCapabilities = {
  ...FULL_CLIENT,
  textDocument: { publishDiagnostics: FULL_CLIENT.textDocument?.publishDiagnostics ?? {} },
};

const EVERYTHING: Range = {
  start: { line: 0, character: 0 },
  end: { line: 1_000_000, character: 0 },
};

export interface ProgressMessage {
  readonly token: string | number;
  readonly value: { readonly kind: 'begin' | 'report' | 'end' } & Record<string, unknown>;
}

/** An editor as far as the server can tell: speaks LSP and remembers all it was told. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly logs = new Inbox<LogMessageParams>();
  readonly published = new Inbox<PublishDiagnosticsParams>();
  readonly progress = new Inbox<ProgressMessage>();
  /** What the server asked to be told of. */
  readonly registered = new Inbox<Registration>();
  /** How often the server asked for its diagnostics to be pulled again. */
  readonly refreshes = new Inbox<null>();
  /** Tokens of the progress that the server asked for. */
  readonly progressCreated = new Inbox<string | number>();
  /** Each time that the server asked to be asked for hints or lenses again. */
  readonly refreshed = new Inbox<'inlay hints' | 'lenses'>();
  /** What the user has set, by section. */
  settings: Readonly<Record<string, unknown>> = {};
  /** The folders that are open. */
  folders: readonly string[] = [];

  constructor(connection: ProtocolConnection) {
    this.connection = connection;
    connection.onNotification(LogMessageNotification.type, this.logs.add);
    connection.onNotification(PublishDiagnosticsNotification.type, this.published.add);
    connection.onNotification('$/progress', this.progress.add);
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const registration of registrations) this.registered.add(registration);
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => this.refreshes.add(null));
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      this.progressCreated.add(token);
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section = '' }) => this.settings[section] ?? null),
    );
    connection.onRequest(WorkspaceFoldersRequest.type, () =>
      this.folders.map((uri) => ({ uri, name: uri })),
    );
    connection.onRequest(InlayHintRefreshRequest.type, () => this.refreshed.add('inlay hints'));
    connection.onRequest(CodeLensRefreshRequest.type, () => this.refreshed.add('lenses'));
    connection.listen();
  }

  async initialize(
    capabilities: ClientCapabilities = FULL_CLIENT,
    initializationOptions?: unknown,
  ): Promise<InitializeResult> {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  open(uri: string, text: string, languageId = 'faultline', version = 1): Promise<void> {
    const textDocument = { uri, languageId, version, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(
    uri: string,
    version: number,
    ...contentChanges: TextDocumentContentChangeEvent[]
  ): Promise<void> {
    const params = { textDocument: { uri, version }, contentChanges };
    return this.connection.sendNotification('textDocument/didChange', params);
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('An unasked-for "unchanged".');
    return report.items;
  }

  /** What the server offers for a range, or for the whole document. */
  async codeActions(
    uri: string,
    range: Range = EVERYTHING,
    only?: string[],
  ): Promise<CodeAction[]> {
    const answer = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
    return (answer ?? []).filter((action): action is CodeAction => !Command.is(action));
  }

  async complete(
    uri: string,
    position: Position,
    triggerCharacter?: string,
  ): Promise<CompletionItem[]> {
    const answer = await this.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position,
      context: triggerCharacter
        ? { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter }
        : { triggerKind: CompletionTriggerKind.Invoked },
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.connection.sendRequest(CompletionResolveRequest.type, item);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  /** For a range, or for the whole document. */
  async inlayHints(uri: string, range: Range = EVERYTHING): Promise<InlayHint[]> {
    const textDocument = { uri };
    return (
      (await this.connection.sendRequest(InlayHintRequest.type, { textDocument, range })) ?? []
    );
  }

  /** The user changes settings. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
  }

  simulate(
    uri: string,
    params: Omit<SimulateParams, 'textDocument'> = {},
    token?: CancellationToken,
  ): Promise<SimulationResponse> {
    const all: SimulateParams = { textDocument: { uri }, ...params };
    // A token that is undefined would be sent as a second parameter.
    return this.connection.sendRequest(SIMULATE, all, ...(token ? [token] : []));
  }

  /** Tells the server that a file is another one now. */
  fileChanged(uri: string): Promise<void> {
    const changes = [{ uri, type: FileChangeType.Changed }];
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  reach(
    uri: string,
    params: Omit<ReachParams, 'textDocument'> = {},
    token?: CancellationToken,
  ): Promise<ReachResponse> {
    const all: ReachParams = { textDocument: { uri }, ...params };
    return this.connection.sendRequest(REACH, all, ...(token ? [token] : []));
  }

  comeback(
    uri: string,
    params: Omit<ComebackParams, 'textDocument'> = {},
    token?: CancellationToken,
  ): Promise<ComebackResponse> {
    const all: ComebackParams = { textDocument: { uri }, ...params };
    return this.connection.sendRequest(COMEBACK, all, ...(token ? [token] : []));
  }

  /** Returns when the server has read everything that was sent so far. */
  async caughtUp(): Promise<void> {
    await this.connection.sendRequest('test/nothing').catch(() => {});
  }
}
