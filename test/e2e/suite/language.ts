/** What an editor is asked all day long: what can stand here, where is it, what is it called. */
import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { press, screenshot, type, until, workbenchText } from './driver.ts';
import { closeAll, show } from './editor.ts';

const FILE = 'names.resilience.yaml';
const at = ({ document }: vscode.TextEditor, text: string, after = 0) =>
  document.positionAt(document.getText().indexOf(text) + after);

describe('the language', () => {
  before(closeAll);
  afterEach(async () => {
    const { document } = await show(FILE);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the file is as it was', () => !document.isDirty);
  });

  it('offers names where a name belongs', async () => {
    const editor = await show(FILE);
    const name = at(editor, 'runsOn: store', 'runsOn: '.length);
    await editor.edit((edit) => edit.delete(new vscode.Range(name, name.translate(0, 5))));
    editor.selection = new vscode.Selection(name, name);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await press('Control+Space');
    const offered = await until('names are offered', async () => {
      const shown = await workbenchText('.suggest-widget:visible');
      return shown.includes('store') && shown;
    });
    assert.doesNotMatch(offered, /patient/);
    await press('Escape');
  });

  it('writes a block with what it needs', async () => {
    const editor = await show(FILE);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await type('bulk');
    await until('the key is offered', async () => {
      return (await workbenchText('.suggest-widget:visible')).includes('bulkheads');
    });
    await screenshot('completion');
    await press('Enter');
    await until('the block is there', () => /\nbulkheads:/.test(editor.document.getText()));
  });

  it('leads from a name to where it is defined, and renames both', async () => {
    const editor = await show(FILE);
    const { document } = editor;
    const use = at(editor, 'retry: patient', 'retry: p'.length);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      use,
    );
    const [target] = found.map((one) => ('targetRange' in one ? one.targetRange : one.range));
    assert.equal(target?.start.line, at(editor, '  patient:').line);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      use,
      'stubborn',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /stubborn: \{ attempts: 3 \}.*retry: stubborn/s);
    assert.doesNotMatch(document.getText(), /patient/);
  });

  it('outlines the file, and says above each part who uses it', async () => {
    const { document } = await show(FILE);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const names = symbols.map(({ name }) => name);
    for (const section of ['retries', 'redundancy', 'services']) assert.ok(names.includes(section));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      20,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => /used once/.test(title)),
      titles.join(' | '),
    );
  });

  it('formats without losing a comment', async () => {
    const editor = await show(FILE);
    const { document } = editor;
    const before = document.getText();
    const [from, to] = [at(editor, '    latency: 20ms'), at(editor, '    latency: 20ms', 17)];
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(from, to), '    latency:    20ms   # measured');
    });
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await until('it is formatted', () => /latency: 20ms {3}# measured/.test(document.getText()));
    assert.equal(document.getText().replace(/ +# measured/, ''), before);
  });
});
