import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import {
  CONVERT_COMMAND,
  type InitializationOptions,
  OPEN_CONFIG_COMMAND,
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

/** What the client says to any server, wherever that runs. */
export function clientOptions(context: vscode.ExtensionContext): LanguageClientOptions {
  const output = vscode.window.createOutputChannel('Faultline', { log: true });
  context.subscriptions.push(output);
  return {
    documentSelector: DOCUMENT_SELECTOR,
    outputChannel: output,
    initializationOptions: {
      docsUri: vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules').toString(),
      commands: [
        CONVERT_COMMAND,
        OPEN_CONFIG_COMMAND,
        REACH_COMMAND,
        RUN_COMMAND,
        SHOW_USES_COMMAND,
      ],
      readsFiles: true,
    } satisfies InitializationOptions,
  };
}
