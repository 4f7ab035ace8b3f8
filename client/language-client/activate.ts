import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node';

import {
  type InitializationOptions,
  REACH_COMMAND,
  RUN_COMMAND,
  SHOW_USES_COMMAND,
} from '../../server/protocol.ts';

/**
 * Native configs: the YAML ones have a language of their own, the JSON ones stay JSON. For what it has
 * to say of other files, the server registers itself.
 */
export const DOCUMENT_SELECTOR = [
  { language: 'faultline' },
  { language: 'json', pattern: '**/{*.resilience,resilience}.json' },
  { language: 'jsonc', pattern: '**/{*.resilience,resilience}.json' },
];

/** Starts the language server and stops it with the extension. */
export async function activateLanguageClient(
  context: vscode.ExtensionContext,
): Promise<LanguageClient> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  const output = vscode.window.createOutputChannel('Faultline', { log: true });
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENT_SELECTOR,
    outputChannel: output,
    initializationOptions: {
      docsUri: vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules').toString(),
      commands: [REACH_COMMAND, RUN_COMMAND, SHOW_USES_COMMAND],
    } satisfies InitializationOptions,
  };
  const client = new LanguageClient('faultline', 'Faultline', { run, debug }, options);
  context.subscriptions.push(output, client);
  await client.start();
  return client;
}
