import * as vscode from 'vscode';
import type { ReportPanels } from '../report/panels.ts';

/** Command palette, title bar and context menus: simulate a config and show the report beside it. */
export function registerSimulateCommand(panels: ReportPanels): vscode.Disposable {
  return vscode.commands.registerCommand('faultline.simulate', async (resource?: unknown) => {
    const uri =
      resource instanceof vscode.Uri && resource.scheme !== 'webview-panel'
        ? resource
        : (panels.activeConfig ?? vscode.window.activeTextEditor?.document.uri);
    if (!uri) {
      void vscode.window.showInformationMessage('Open a resilience config to simulate it.');
      return;
    }
    await panels.simulate({ uri });
  });
}
