/** Is there an editor at all, and does it show a file of the workspace? */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { print } from './driver.ts';

describe('the editor', () => {
  it('opens a file of the workspace', async () => {
    await print(`    VS Code ${vscode.version}, ${vscode.env.appHost}`);
    const [file] = await vscode.workspace.findFiles('plain.yaml');
    assert.ok(file, 'the workspace has the fixtures');
    const shown = await vscode.window.showTextDocument(file);
    assert.equal(shown.document.languageId, 'yaml');
    assert.match(shown.document.getText(), /resilience/);
  });
});
