/** Short words for what the tests do in the editor. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { press, type, until, workbenchQuery } from './driver.ts';

/** Shows a file of the workspace in the first column. */
export async function show(name: string): Promise<vscode.TextEditor> {
  const [file] = await vscode.workspace.findFiles(name);
  assert.ok(file, `${name} is in the workspace`);
  return vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
}

export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return [...vscode.languages.getDiagnostics(uri)];
}

/** Chooses a command as a person does: with the keyboard, in the command palette. */
export async function choose(command: string): Promise<void> {
  await press('F1');
  await until('the command palette is open', async () => {
    return (await workbenchQuery('.quick-input-widget:visible')).length > 0;
  });
  await type(command);
  await until(`'${command}' is offered`, async () => {
    const rows = await workbenchQuery('.quick-input-list .monaco-list-row.focused:visible');
    return rows.some((row) => row.includes(command));
  });
  await press('Enter');
}

/** Closes every editor, so that the next test sees only its own. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
