/** What a person sees while typing. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { press, screenshot, type, until, useTheme, workbenchText } from './driver.ts';
import { diagnosticsOf, show } from './editor.ts';

describe('findings', () => {
  it('appear on the exact token, with severity, code and a page that exists', async () => {
    const { document } = await show('weak.resilience.yaml');
    assert.equal(document.languageId, 'faultline');
    const found = await until('both findings are there', async () => {
      const all = diagnosticsOf(document.uri);
      return all.length === 2 && all;
    });
    const [below, unknown] = found.sort((a, b) => a.range.start.line - b.range.start.line);
    assert.ok(below && unknown);
    assert.equal(document.getText(below.range), '3');
    assert.equal(below.severity, vscode.DiagnosticSeverity.Error);
    assert.match(below.message, /has 2 members and needs 3/);
    assert.equal(document.getText(unknown.range), 'databse');
    assert.match(unknown.message, /Did you mean 'database'\?/);

    const code = below.code;
    assert.ok(typeof code === 'object', 'the code links to a page');
    assert.equal(code.value, 'group-below-minimum');
    const page = await vscode.workspace.fs.readFile(code.target);
    assert.match(Buffer.from(page).toString(), /^# A group has fewer members than its minimum/);
  });

  it('read well in the editor, dark and light', async () => {
    const editor = await show('weak.resilience.yaml');
    await until('the findings are there', () => diagnosticsOf(editor.document.uri).length === 2);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    const minimum = editor.document.positionAt(editor.document.getText().indexOf('3\n'));
    for (const theme of ['light', 'dark'] as const) {
      await useTheme(theme);
      await vscode.window.showTextDocument(editor.document);
      editor.selection = new vscode.Selection(minimum, minimum);
      await vscode.commands.executeCommand('editor.action.showHover');
      assert.match(await workbenchText('.monaco-hover-content:visible'), /needs 3/);
      await screenshot(`findings-${theme}`);
    }
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('follow the keyboard', async () => {
    const { document } = await show('typing.resilience.yaml');
    const editor = await vscode.window.showTextDocument(document);
    assert.deepEqual(diagnosticsOf(document.uri), []);
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await type('bulkhead: ');
    await until('the typo is found', () => {
      return diagnosticsOf(document.uri).some(({ message }) =>
        message.includes("'bulkhead' is not known here. Did you mean 'bulkheads'?"),
      );
    });
    for (let i = 0; i < 'bulkhead: '.length; i++) await press('Backspace');
    await until('the finding is gone', () => diagnosticsOf(document.uri).length === 0);
  });

  it('come once on JSON, beside those of VS Code', async () => {
    const { document } = await show('twin.resilience.json');
    assert.equal(document.languageId, 'json');
    const ours = await until('the finding is there', () => {
      const found = diagnosticsOf(document.uri).filter(({ source }) => source === 'faultline');
      return found.length > 0 && found;
    });
    assert.deepEqual(
      ours.map(({ range }) => document.getText(range)),
      ['3'],
    );
  });

  it('leave other YAML files alone', async () => {
    const { document } = await show('plain.yaml');
    assert.equal(document.languageId, 'yaml');
    // Once those of a file opened later are there, those of this one would be too.
    const later = await show('weak.resilience.yaml');
    await until('the findings are there', () => diagnosticsOf(later.document.uri).length === 2);
    assert.deepEqual(diagnosticsOf(document.uri), []);
  });
});
