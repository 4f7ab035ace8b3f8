import type * as vscode from 'vscode';
import { registerComebackCommand } from './comeback/command.ts';
import { activateLanguageClient } from './language-client/activate.ts';
import { registerLensCommands } from './lenses/commands.ts';
import { registerReachCommands } from './reach/command.ts';
import { ReportPanels } from './report/panels.ts';
import { registerSimulateCommand } from './simulate/command.ts';
import { Simulations } from './simulate/simulations.ts';

/** Wires the features; each lives in a folder of its own. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const client = await activateLanguageClient(context);
  const panels = new ReportPanels(context.extensionUri, new Simulations(client));
  context.subscriptions.push(
    panels,
    registerSimulateCommand(panels),
    registerReachCommands(client),
    registerComebackCommand(client),
    registerLensCommands(client, panels),
  );
}
