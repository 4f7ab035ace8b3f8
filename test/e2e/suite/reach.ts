/** The way to an objective: proposed as a difference, accepted by a button. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  press,
  screenshot,
  until,
  useTheme,
  workbenchClick,
  workbenchQuery,
  workbenchText,
} from './driver.ts';
import { choose, closeAll, diagnosticsOf, show } from './editor.ts';

const COMMAND = 'Faultline: Reach an Objective';
const ADDED = '{ id: db-3, zone: a }';
const NOTIFICATION = '.notification-list-item:visible';

describe('the way to an objective', () => {
  before(closeAll);

  it('is offered by the bulb on the objective that is missed', async () => {
    const editor = await show('objective.resilience.yaml');
    const { document } = editor;
    await until('it is seen to be missed', () => diagnosticsOf(document.uri).length > 0);
    const promised = document.positionAt(document.getText().indexOf('99.99%'));
    editor.selection = new vscode.Selection(promised, promised);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await press('Control+.');
    const offered = await until('the bulb has opened', async () => {
      const shown = await workbenchText('.action-widget:visible');
      return shown.includes('objective') && shown;
    });
    assert.match(offered, /Reach the objective/);
    await screenshot('reach-bulb');
    await press('Escape');
  });

  it('is shown as a difference, and made when it is accepted', async () => {
    const { document } = await show('objective.resilience.yaml');
    const before = document.getText();
    await choose(COMMAND);
    await until('the difference is open', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff;
    });
    const told = await until('what was found is told', async () => {
      // While an extension is tested, VS Code shows notifications in their list only.
      await vscode.commands.executeCommand('notifications.showList');
      const isShown = (await workbenchQuery(NOTIFICATION)).length > 0;
      const shown = isShown ? await workbenchText(NOTIFICATION) : '';
      return shown.includes('would bring') && shown;
    });
    assert.match(told, /99\.932%.*99\.9999%/);
    for (const theme of ['light', 'dark'] as const) {
      await useTheme(theme);
      await screenshot(`reach-${theme}`);
    }
    assert.equal(document.getText(), before, 'nothing is changed unasked');
    await workbenchClick(`${NOTIFICATION} .monaco-button:has-text("Apply")`);
    await until('the change is made', () => document.getText().includes(ADDED));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAll();
  });
});
