/** The extension in a worker of a browser. Built into one CommonJS script, dist/browser/client.cjs. */
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { BrowserStart } from '../../server/browser/start.ts';
import { startExtension } from '../extension.ts';
import { clientOptions } from '../language-client/options.ts';

/** Runs the language server in a worker, which starts another one for simulations. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const [server, workerScript] = await Promise.all([
    scriptUrl(context, 'server.js'),
    scriptUrl(context, 'worker.js'),
  ]);
  let worker: Worker | undefined;
  const end = () => worker?.terminate();
  // Asked for again when the server has to be started again.
  const startServer = async (): Promise<MessageTransports> => {
    end();
    worker = new Worker(server, { name: 'Faultline language server' });
    worker.postMessage({ workerScript } satisfies BrowserStart);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: end });
  const options = clientOptions(context);
  await startExtension(context, new LanguageClient('faultline', 'Faultline', startServer, options));
}

/**
 * A script of the extension as a URL of this origin. Workers may only start from there, and extensions
 * come from anywhere: another host, a folder of the user, a remote machine.
 */
async function scriptUrl(context: vscode.ExtensionContext, name: string): Promise<string> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'dist', 'browser', name);
  const script = new Uint8Array(await vscode.workspace.fs.readFile(file));
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(url) });
  return url;
}
