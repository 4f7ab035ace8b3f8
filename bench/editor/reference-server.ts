/**
 * A server that does next to nothing, as a measure of what all servers must do: it keeps the text and
 * finds nothing wrong with it. With `parse` it reads the whole text before it says so.
 */
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineCounter, parseDocument } from 'yaml';

const parses = process.argv[2] === 'parse';
const connection = createConnection(
  ProposedFeatures.all,
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
    hoverProvider: true,
    completionProvider: {},
  },
}));
connection.languages.diagnostics.on(({ textDocument }) => {
  read(textDocument.uri);
  return { kind: 'full', items: [] };
});
connection.onHover(({ textDocument }) => {
  read(textDocument.uri);
  return null;
});
connection.onCompletion(({ textDocument }) => {
  read(textDocument.uri);
  return [];
});
documents.listen(connection);
connection.listen();

function read(uri: string): void {
  const text = documents.get(uri)?.getText() ?? '';
  if (parses) parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false });
}
