/** The extension in a Node process. Built into one CommonJS file, dist/client.cjs. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from '../extension.ts';
import { clientOptions } from '../language-client/options.ts';
import { registerCheckTasks } from '../tasks/check.ts';

/** Runs the language server as a process; it stops with the extension. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  const options = clientOptions(context);
  const client = new LanguageClient('faultline', 'Faultline', { run, debug }, options);
  context.subscriptions.push(registerCheckTasks(context.extensionUri));
  await startExtension(context, client);
}
