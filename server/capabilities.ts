import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver';
import {
  DiagnosticTag,
  InsertTextMode,
  MarkupKind,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { CODE_ACTION_KINDS } from './code-actions.ts';
import { COMPLETION_TRIGGERS } from './completion.ts';
import { TOKEN_LEGEND } from './semantic-tokens.ts';
import { SIGNATURE_TRIGGERS } from './signature-help.ts';

/** What the client can do, as far as the server cares. */
export interface ClientSupport {
  readonly pullDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly unnecessaryTag: boolean;
  /** It understands actions, rather than commands only. */
  readonly codeActions: boolean;
  /** It asks for the edit of an action when it is chosen. */
  readonly resolveEdits: boolean;
  /** It tells of files that change. */
  readonly watchedFiles: boolean;
  /** It pulls diagnostics again when it is asked to. */
  readonly diagnosticRefresh: boolean;
  /** It understands edits that name the version of the document that they are for. */
  readonly documentChanges: boolean;
  /** Hovers may be Markdown. */
  readonly markdown: boolean;
  readonly inlayHints: boolean;
  readonly inlayHintRefresh: boolean;
  /** It asks for lenses again when it is asked to. */
  readonly codeLensRefresh: boolean;
  /** It shows where a link begins, and more of its target than the name. */
  readonly definitionLinks: boolean;
  /** It shows symbols in symbols. */
  readonly symbolTrees: boolean;
  /** It asks whether there is something to rename before it asks for a new name. */
  readonly prepareRename: boolean;
  /** It knows the stops of snippets. */
  readonly snippets: boolean;
  /** It can be told to leave the indentation of what it inserts as it is. */
  readonly insertAsIs: boolean;
  /** The documentation of proposals may be Markdown. */
  readonly completionMarkdown: boolean;
  /** It answers when it is asked for settings. */
  readonly configuration: boolean;
  /** It tells of changed settings if it is asked to. */
  readonly configurationChanges: boolean;
  /** It says which folders are open. */
  readonly workspaceFolders: boolean;
  /** It tells of documents of other languages if it is asked to. */
  readonly dynamicDocuments: boolean;
}

/** Findings of a file of another tool may be in what another file says. */
export const DIAGNOSTIC_OPTIONS = {
  identifier: 'faultline',
  interFileDependencies: true,
  workspaceDiagnostics: false,
} as const;

export function readClientSupport({ textDocument, workspace }: ClientCapabilities): ClientSupport {
  // Since LSP 3.18 a client says under `diagnostic` what it can show of pulled diagnostics; before
  // that, and still in most clients, `publishDiagnostics` speaks for both.
  const { completion, diagnostic, publishDiagnostics } = textDocument ?? {};
  const { completionItem } = completion ?? {};
  const shown = { ...publishDiagnostics, ...diagnostic };
  return {
    pullDiagnostics: diagnostic !== undefined,
    relatedInformation: shown.relatedInformation === true,
    codeDescription: shown.codeDescriptionSupport === true,
    codeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    resolveEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    diagnosticRefresh: workspace?.diagnostics?.refreshSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    prepareRename: textDocument?.rename?.prepareSupport === true,
    snippets: completionItem?.snippetSupport === true,
    insertAsIs:
      completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true,
    completionMarkdown: completionItem?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    inlayHints: textDocument?.inlayHint !== undefined,
    codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    dynamicDocuments: textDocument?.synchronization?.dynamicRegistration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    unnecessaryTag: shown.tagSupport?.valueSet.includes(DiagnosticTag.Unnecessary) === true,
  };
}

/** @param judgesClosed whether files are judged that are not open */
export function serverCapabilities(
  support: ClientSupport,
  judgesClosed: boolean,
): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...(support.pullDiagnostics && {
      diagnosticProvider: { ...DIAGNOSTIC_OPTIONS, workspaceDiagnostics: judgesClosed },
    }),
    hoverProvider: true,
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: support.prepareRename ? { prepareProvider: true } : true,
    documentSymbolProvider: { label: 'Faultline' },
    workspaceSymbolProvider: true,
    callHierarchyProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    linkedEditingRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    semanticTokensProvider: { legend: TOKEN_LEGEND, full: { delta: true }, range: true },
    signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] },
    codeLensProvider: { resolveProvider: true },
    ...(support.inlayHints && { inlayHintProvider: true }),
    ...(support.codeActions && {
      codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: true },
    }),
  };
}
