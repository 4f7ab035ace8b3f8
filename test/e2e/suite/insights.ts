/** What the numbers beside the lines and under the cursor say. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { screenshot, until, workbenchText } from './driver.ts';
import { show } from './editor.ts';

function hintsOf(document: vscode.TextDocument): Thenable<vscode.InlayHint[]> {
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  return vscode.commands.executeCommand(
    'vscode.executeInlayHintProvider',
    document.uri,
    everything,
  );
}

async function labelsOf(document: vscode.TextDocument): Promise<string[]> {
  return (await hintsOf(document)).map(({ label }) => String(label));
}

describe('numbers in place', () => {
  it('stand beside the line, unless they are turned off', async () => {
    const { document } = await show('weak.resilience.yaml');
    await until('the hint is there', async () => (await labelsOf(document)).includes('LOW'));
    await screenshot('inlay-hints');
    const settings = vscode.workspace.getConfiguration('faultline');
    await settings.update('inlayHints', false, true);
    await until('the hint is gone', async () => (await labelsOf(document)).length === 0);
    await settings.update('inlayHints', undefined, true);
    await until('the hint is back', async () => (await labelsOf(document)).includes('LOW'));
  });

  it('are told in full under the cursor', async () => {
    const editor = await show('weak.resilience.yaml');
    const name = editor.document.positionAt(editor.document.getText().indexOf('database:'));
    editor.selection = new vscode.Selection(name, name);
    await vscode.commands.executeCommand('editor.action.showHover');
    const text = await until('the table is there', async () => {
      const shown = await workbenchText('.monaco-hover-content:visible');
      return shown.includes('Failures tolerated') && shown;
    });
    assert.match(text, /LOW: 2 available, minHealthy 3/);
    await screenshot('insight');
  });
});
