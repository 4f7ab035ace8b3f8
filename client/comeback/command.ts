import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COMEBACK, type ComebackParams, type ComebackResponse } from '../../server/protocol.ts';
import { requestWithProgress } from '../language-client/request.ts';

/** Of the pages that show what was found. */
const SCHEME = 'faultline-comeback';

/** The command that looks for the load from which a config stays down, and the page of what it found. */
export function registerComebackCommand(client: BaseLanguageClient): vscode.Disposable {
  /** By URI: the last page for each config. */
  const pages = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => pages.get(uri.toString()) ?? '',
    }),
    vscode.commands.registerCommand('faultline.comeback', async (resource?: unknown) => {
      const uri =
        resource instanceof vscode.Uri ? resource : vscode.window.activeTextEditor?.document.uri;
      if (!uri) {
        void vscode.window.showInformationMessage(
          'Open a resilience config with a scenario first.',
        );
        return;
      }
      const response = await search(client, uri);
      if (response.kind === 'cancelled') return;
      if (response.kind === 'nothing') {
        void vscode.window.showInformationMessage(response.message);
        return;
      }
      const page = uri.with({ scheme: SCHEME, path: `${uri.path}.md` });
      pages.set(page.toString(), response.page);
      changed.fire(page);
      await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
    }),
  );
}

async function search(client: BaseLanguageClient, uri: vscode.Uri): Promise<ComebackResponse> {
  const document = await vscode.workspace.openTextDocument(uri);
  return requestWithProgress<ComebackResponse>(client, {
    method: COMEBACK,
    title: `Looking for the load from which ${vscode.workspace.asRelativePath(uri)} stays down`,
    params: (workDoneToken): ComebackParams => ({
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      workDoneToken,
    }),
  });
}
