import * as vscode from 'vscode';
import type { Place } from '../../core/report/report.ts';

/**
 * Puts the cursor on a place of a file, in the editor that shows it already if there is one. A file
 * that has changed since may be shorter; VS Code then goes as far as it can.
 */
export async function reveal(
  uri: vscode.Uri,
  { start, end }: Place,
  reportColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  try {
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(uri, {
      selection,
      viewColumn: columnOf(uri) ?? besides(reportColumn),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Faultline cannot open ${uri.fsPath}: ${reason}`);
  }
}

/** Where the file has a tab already, in front or behind others. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isItsTab = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isItsTab))?.viewColumn;
}

/** Never over the report, which the reader wants to go on with. */
function besides(reportColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
  return reportColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
