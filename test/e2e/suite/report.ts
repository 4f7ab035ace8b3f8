/** The main job: simulate a config and read the report beside it. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  press,
  screenshot,
  until,
  useTheme,
  webviewClick,
  webviewQuery,
  webviewText,
  workbenchClick,
  workbenchQuery,
} from './driver.ts';
import { choose, closeAll, show } from './editor.ts';

const COMMAND = 'Faultline: Simulate Resilience Config';
/** How the verdict of a run begins that was cancelled. */
const STOPPED = /Stopped after/;
const reportText = (pattern: RegExp) =>
  until(`the report says ${pattern}`, async () => {
    const [content] = await webviewQuery('.report');
    return content !== undefined && pattern.test(await webviewText('.report'));
  });

describe('the report', () => {
  beforeEach(closeAll);

  it('is made by the command and shown beside the file, dark and light', async () => {
    await show('online-shop.resilience.yaml');
    await choose(COMMAND);
    await reportText(/Online shop/);
    const text = await webviewText('.report');
    for (const part of [
      /Score/i,
      /Availability/,
      /MTBF/,
      /MTTR/,
      /Recoveries/,
      /db-primary-1/,
      /Pools/,
      /payments/,
      /Failure patterns/,
      /hour of day/i,
      /Cascades/i,
      /What to change/,
    ]) {
      assert.match(text, part);
    }
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
    const group = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === 2);
    assert.match(group?.activeTab?.label ?? '', /online-shop/, 'it stands beside the file');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    for (const theme of ['light', 'dark'] as const) {
      await useTheme(theme);
      for (const part of ['objectives', 'numbers', 'timeline', 'components', 'patterns']) {
        await webviewClick(`.contents a[href="#${part}"]`);
        await screenshot(`report-${part}-${theme}`);
      }
    }
  });

  it('leads back to the line of a component', async () => {
    const { document } = await show('online-shop.resilience.yaml');
    await choose(COMMAND);
    await reportText(/db-primary-1/);
    await webviewClick('#components button.place:text-is("db-primary-1")');
    const selected = await until('the cursor is in the file', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document === document && !editor.selection.isEmpty && editor.selection;
    });
    assert.equal(document.getText(selected), 'db-primary-1');
  });

  it('runs another scenario when it is chosen', async () => {
    await show('online-shop.resilience.yaml');
    await choose(COMMAND);
    await reportText(/Scenario zone-a-lost/);
    await webviewClick('label[for="scenario"]');
    await press('ArrowDown');
    await reportText(/Scenario primary-lost/);
  });

  it('says the same when it is run again', async () => {
    await show('database-cluster.resilience.yaml');
    await choose(COMMAND);
    await reportText(/replication/);
    const before = await webviewText('.report');
    await webviewClick('[data-action="rerun"]');
    // It may be done before anybody has looked.
    await until('it is done', async () => (await webviewQuery('[aria-busy="true"]')).length === 0);
    assert.equal(await webviewText('.report'), before);
  });

  it('comes back as it was when its tab was hidden', async () => {
    await show('external-api.resilience.yaml');
    await choose(COMMAND);
    await reportText(/replication/);
    const before = await webviewText('.report');
    const [plain] = await vscode.workspace.findFiles('plain.yaml');
    assert.ok(plain);
    await vscode.window.showTextDocument(plain, { viewColumn: vscode.ViewColumn.Two });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await reportText(/replication/);
    assert.equal(await webviewText('.report'), before);
  });

  it('keeps hostile names as text', async () => {
    await show('hostile.resilience.yaml');
    await choose(COMMAND);
    await reportText(/<img src=x onerror=/);
    assert.match(await webviewText('.report'), /<b onmouseover=alert\(1\)>one<\/b>/);
    assert.deepEqual(
      await webviewQuery('.report img, .report script, .report iframe, .report b'),
      [],
    );
    assert.deepEqual(await webviewQuery('[onerror], [onload], [onmouseover]'), []);
    await screenshot('report-hostile');
  });

  it('says on the line why a config cannot be simulated', async () => {
    await show('weak.resilience.yaml');
    await choose(COMMAND);
    await until('the panel says why', async () =>
      /databse/.test(await webviewText('.notice.failed')),
    );
    await screenshot('report-refused');
  });

  it('keeps what there is when the run is cancelled', async () => {
    await show('long.resilience.yaml');
    await choose(COMMAND);
    const cancel = '.notification-list-item .monaco-button:has-text("Cancel")';
    await until('the progress is shown', async () => {
      // While an extension is tested, VS Code shows notifications in their list only, which does
      // not open while there are none.
      await vscode.commands.executeCommand('notifications.showList');
      return (await workbenchQuery(cancel)).length > 0;
    });
    await screenshot('progress');
    await workbenchClick(cancel);
    await reportText(STOPPED);
    await screenshot('report-stopped');
  });

  it('can be cancelled in the panel too', async () => {
    await show('long.resilience.yaml');
    await choose(COMMAND);
    await webviewClick('[data-action="cancel"]');
    await reportText(STOPPED);
  });

  it('never covers itself with the file it leads to', async () => {
    const [file] = await vscode.workspace.findFiles('database-cluster.resilience.yaml');
    await vscode.commands.executeCommand('faultline.simulate', file);
    await reportText(/db-primary-1/);
    await webviewClick('#components button.place:text-is("db-primary-1")');
    await until('the file is shown', () => vscode.window.activeTextEditor !== undefined);
    const columns = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
    assert.equal(columns.length, 2, columns.join(' | '));
    assert.match(await webviewText('.report'), /db-primary-1/);
  });

  it('says when the file has changed since', async () => {
    const editor = await show('typing.resilience.yaml');
    await choose(COMMAND);
    await reportText(/cache-1/);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# An edit.\n'));
    assert.match(await webviewText('.notice.stale'), /changed since this run/);
    await webviewClick('.notice.stale [data-action="rerun"]');
    await until('the notice is gone', async () => (await webviewQuery('.notice')).length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('can be asked for from the title bar', async () => {
    await show('database-cluster.resilience.yaml');
    const button = '.editor-actions .action-label[aria-label^="Simulate Resilience Config"]';
    await until('the button is there', async () => (await workbenchQuery(button)).length > 0);
    await workbenchClick(button);
    await reportText(/replication/);
  });
});
