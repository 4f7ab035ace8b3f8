import * as vscode from 'vscode';

/** Opens a sample as a document of its own, which the reader may change as they like. */
export function registerSampleCommand(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand('faultline.openSample', async () => {
    const file = vscode.Uri.joinPath(
      extensionUri,
      'client',
      'walkthrough',
      'first-steps.resilience.yaml',
    );
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const document = await vscode.workspace.openTextDocument({ language: 'faultline', content });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  });
}
