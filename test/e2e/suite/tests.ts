/** The Test Explorer: scenarios that expect something, run as tests. */
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { screenshot, until, useTheme, webviewText, workbenchText } from './driver.ts';
import { closeAll, show } from './editor.ts';

const FILE = 'expectations.resilience.yaml';

describe('scenarios are tests', () => {
  before(closeAll);

  it('that pass, or fail on the line of what they expect', async () => {
    await show(FILE);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await vscode.commands.executeCommand('testing.refreshTests');
    await until('the scenarios are listed', async () => {
      return (await workbenchText('.test-explorer:visible')).includes(FILE);
    });
    await vscode.commands.executeCommand('testing.runCurrentFile');
    await until('the failure is told on its line', async () => {
      return /Availability: expected ≥ 99%/.test(await workbenchText('.part.panel:visible'));
    });
    for (const theme of ['light', 'dark'] as const) {
      await useTheme(theme);
      await screenshot(`tests-${theme}`);
    }
  });

  it('whose report opens at the moment in which it was first broken', async () => {
    await vscode.commands.executeCommand('testing.debugCurrentFile');
    await until('the moment is read out', async () => {
      return /From 1[\d.]+s/.test(await webviewText('.readout').catch(() => ''));
    });
    await screenshot('tests-moment');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await closeAll();
  });
});
