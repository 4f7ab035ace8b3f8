import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  REACH,
  REACH_COMMAND,
  type ReachCommandArguments,
  type ReachParams,
  type ReachResponse,
} from '../../server/protocol.ts';
import { requestWithProgress } from '../language-client/request.ts';
import { Proposals } from './proposals.ts';

type ObjectiveName = ReachCommandArguments[1];

/** The command that looks for a way to an objective, and the one that accepts what was found. */
export function registerReachCommands(client: BaseLanguageClient): vscode.Disposable {
  const proposals = new Proposals();
  return vscode.Disposable.from(
    proposals,
    vscode.commands.registerCommand(REACH_COMMAND, async (resource?: unknown, name?: unknown) => {
      const uri = configOf(resource) ?? vscode.window.activeTextEditor?.document.uri;
      if (!uri) {
        void vscode.window.showInformationMessage(
          'Open a resilience config with objectives first.',
        );
        return;
      }
      await propose(client, proposals, uri, name as ObjectiveName | undefined);
    }),
    vscode.commands.registerCommand('faultline.applyProposal', async () => {
      const { active } = proposals;
      if (active) await proposals.accept(active);
    }),
  );
}

/** Code actions name the config as LSP does, menus as the editor does. */
function configOf(resource: unknown): vscode.Uri | undefined {
  if (resource instanceof vscode.Uri) return resource;
  return typeof resource === 'string' ? vscode.Uri.parse(resource) : undefined;
}

async function propose(
  client: BaseLanguageClient,
  proposals: Proposals,
  uri: vscode.Uri,
  objective: ObjectiveName | undefined,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const name = vscode.workspace.asRelativePath(uri);
  const response = await requestWithProgress<ReachResponse>(client, {
    method: REACH,
    title: `Looking for a way to the objective of ${name}`,
    params: (workDoneToken): ReachParams => ({
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      workDoneToken,
      ...(objective && { objective }),
    }),
  });
  if (response.kind === 'cancelled') return;
  if (response.kind === 'nothing') {
    void vscode.window.showInformationMessage(response.message);
    return;
  }
  const { edits, message, newText, simulated, titles, version } = response;
  const shown = await proposals.show({
    config: uri,
    version,
    edits: await client.protocol2CodeConverter.asTextEdits([...edits]),
    newText,
    title: `${name}: ${titles.join('; ')}`,
  });
  const apply = 'Apply';
  const details = [message, ...titles.map((title) => `${title}.`), ...simulated].join(' ');
  const answer = await vscode.window.showInformationMessage(details, apply, 'Not Now');
  if (answer === apply) await proposals.accept(shown);
}
