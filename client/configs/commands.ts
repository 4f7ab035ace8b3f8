import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CONVERT,
  CONVERT_COMMAND,
  type ConvertCommandArguments,
  type ConvertParams,
  type ConvertResponse,
  OPEN_CONFIG_COMMAND,
  type OpenConfigCommandArguments,
} from '../../server/protocol.ts';
import type { ReportPanels } from '../report/panels.ts';

/** The command that converts a file of another tool, and the one that opens what was made for somebody. */
export function registerConfigCommands(
  client: BaseLanguageClient,
  panels: ReportPanels,
): vscode.Disposable {
  const open = async (...[text, isToBeSimulated]: OpenConfigCommandArguments) => {
    const document = await vscode.workspace.openTextDocument({
      language: 'faultline',
      content: text,
    });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
    if (isToBeSimulated) await panels.simulate({ uri: document.uri });
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(OPEN_CONFIG_COMMAND, open),
    vscode.commands.registerCommand(
      CONVERT_COMMAND,
      async (resource?: unknown, isToBeSimulated?: ConvertCommandArguments[1]) => {
        const uri = uriOf(resource) ?? vscode.window.activeTextEditor?.document.uri;
        if (!uri) {
          void vscode.window.showInformationMessage('Open a file of another tool to convert it.');
          return;
        }
        const document = await vscode.workspace.openTextDocument(uri);
        const simulates = isToBeSimulated === true;
        const params: ConvertParams = {
          textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
          isToBeSimulated: simulates,
        };
        const response = await client.sendRequest<ConvertResponse>(CONVERT, params);
        if (response.kind === 'converted') await open(response.text, simulates);
        else void vscode.window.showInformationMessage(response.message);
      },
    ),
  );
}

/** Lenses name the file as LSP does, menus as the editor does. */
function uriOf(resource: unknown): vscode.Uri | undefined {
  if (resource instanceof vscode.Uri) return resource;
  return typeof resource === 'string' ? vscode.Uri.parse(resource) : undefined;
}
