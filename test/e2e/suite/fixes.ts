/** The bulb: what a finding offers, and what becomes of the text. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { press, screenshot, until, useTheme, workbenchText } from './driver.ts';
import { diagnosticsOf, show } from './editor.ts';

describe('fixes', () => {
  it('mend what they were offered for, and nothing else', async () => {
    const editor = await show('weak.resilience.yaml');
    const { document } = editor;
    const before = document.getText();
    await until('both findings are there', () => diagnosticsOf(document.uri).length === 2);
    const misspelt = document.positionAt(before.indexOf('databse'));
    editor.selection = new vscode.Selection(misspelt, misspelt);
    await useTheme('light');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await press('Control+.');
    assert.match(await workbenchText('.action-widget:visible'), /Change the name to 'database'/);
    await screenshot('fixes-light');
    await press('Enter');
    await until('the name is right', () => !document.getText().includes('databse'));
    assert.equal(document.getText(), before.replace('databse', 'database'));
    await until('the finding is gone', () => diagnosticsOf(document.uri).length === 1);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
