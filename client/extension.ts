import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerComebackCommand } from './comeback/command.ts';
import { registerConfigCommands } from './configs/commands.ts';
import { serveFiles } from './files/serve.ts';
import { registerLensCommands } from './lenses/commands.ts';
import { registerReachCommands } from './reach/command.ts';
import { ReportPanels } from './report/panels.ts';
import { registerSampleCommand } from './samples/command.ts';
import { registerSimulateCommand } from './simulate/command.ts';
import { Simulations } from './simulate/simulations.ts';
import { registerTestExplorer } from './tests/explorer.ts';

/** Starts the client and wires the features, in any host; each lives in a folder of its own. */
export async function startExtension(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
): Promise<void> {
  context.subscriptions.push(client, serveFiles(client));
  await client.start();
  const simulations = new Simulations(client);
  const panels = new ReportPanels(context.extensionUri, simulations);
  context.subscriptions.push(
    panels,
    registerSampleCommand(context.extensionUri),
    registerSimulateCommand(panels),
    registerReachCommands(client),
    registerComebackCommand(client),
    registerLensCommands(client, panels),
    registerConfigCommands(client, panels),
    registerTestExplorer(client, simulations, panels),
  );
}
