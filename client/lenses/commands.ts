import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  RUN_COMMAND,
  type RunCommandArguments,
  SHOW_USES_COMMAND,
  type ShowUsesCommandArguments,
} from '../../server/protocol.ts';
import type { ReportPanels } from '../report/panels.ts';

/** What the lenses of the server call; not in the command palette, for they need arguments. */
export function registerLensCommands(
  client: BaseLanguageClient,
  panels: ReportPanels,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      RUN_COMMAND,
      async (...[uri, scenario]: RunCommandArguments) => {
        await panels.simulate({ uri: vscode.Uri.parse(uri), scenario });
      },
    ),
    vscode.commands.registerCommand(
      SHOW_USES_COMMAND,
      async (...[uri, position, uses]: ShowUsesCommandArguments) => {
        const { protocol2CodeConverter: converter } = client;
        await vscode.commands.executeCommand(
          'editor.action.showReferences',
          vscode.Uri.parse(uri),
          converter.asPosition(position),
          uses.map((use) => converter.asLocation(use)),
        );
      },
    ),
  );
}
