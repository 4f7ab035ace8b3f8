/** The server dies while somebody types: they should not have to care. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until, workbenchQuery } from './driver.ts';
import { closeAll, diagnosticsOf, show } from './editor.ts';

/** The language server of this extension host. */
function serverPid(): number | undefined {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const line = processes.split('\n').find((one) => {
    return /server\.cjs/.test(one) && one.trim().split(/\s+/)[1] === String(process.pid);
  });
  return line === undefined ? undefined : Number(line.trim().split(/\s+/)[0]);
}

describe('a server that was killed', () => {
  it('is started again, and the findings are those of the text as it is now', async function () {
    if (process.platform === 'win32') this.skip();
    const editor = await show('weak.resilience.yaml');
    const { document } = editor;
    await until('the findings are there', () => diagnosticsOf(document.uri).length === 2);
    const before = serverPid();
    assert.ok(before, 'the server is a child of this process');
    const member = document.positionAt(document.getText().indexOf('db-2]'));
    const edited = editor.edit((edit) => edit.insert(member, 'db-3, '));
    process.kill(before, 'SIGKILL');
    await edited;
    await until('there is another server', () => {
      const now = serverPid();
      return now !== undefined && now !== before;
    });
    await until('what the edit has mended is gone', () => {
      const found = diagnosticsOf(document.uri).map(({ message }) => message);
      return (
        found.some((one) => /databse/.test(one)) && !found.some((one) => /needs 3: /.test(one))
      );
    });
    const shown = await workbenchQuery('.notifications-toasts .notification-list-item');
    assert.deepEqual(shown, [], 'nobody is told');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAll();
  });
});

describe('a document that was never saved', () => {
  it('is checked as any other', async () => {
    await vscode.commands.executeCommand('faultline.openSample');
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document?.isUntitled);
    await until('its weak point is found', () =>
      diagnosticsOf(document.uri).some(({ message }) => /single instance/.test(message)),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
