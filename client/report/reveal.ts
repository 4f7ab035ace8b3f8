import * as vscode from 'vscode';
import type { Place } from '../../core/report/report.ts';

/**
 * Puts the cursor on a place of a file, in the editor that shows it already if there is one. A file
 * that has changed since may be shorter; VS Code then goes as far as it can.
 */
export async function reveal(uri: vscode.Uri, { start, end }: Place): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  try {
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(uri, {
      selection,
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Faultline cannot open ${uri.fsPath}: ${reason}`);
  }
}
