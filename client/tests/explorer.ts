import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ReportPanels } from '../report/panels.ts';
import type { Simulations } from '../simulate/simulations.ts';
import { CONFIGS, TestItems } from './items.ts';
import { runScenario } from './run.ts';

/** The Test Explorer: every scenario that expects something is a test. */
export function registerTestExplorer(
  client: BaseLanguageClient,
  simulations: Simulations,
  panels: ReportPanels,
): vscode.Disposable {
  const controller = vscode.tests.createTestController('faultline', 'Faultline');
  const items = new TestItems(client, controller);
  const read = (uri: vscode.Uri) => {
    const known = controller.items.get(uri.toString());
    // Files that nobody has unfolded yet are read when somebody does.
    return known && known.children.size > 0 ? items.read(known) : Promise.resolve();
  };
  controller.resolveHandler = (item) => (item ? items.read(item) : items.findFiles());
  controller.refreshHandler = async () => {
    await items.findFiles();
    await Promise.all([...controller.items].map(([, item]) => items.read(item)));
  };

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
    const scenarios = await items.scenariosOf(request);
    const testRun = controller.createTestRun(request);
    for (const item of scenarios) testRun.enqueued(item);
    for (const item of scenarios) {
      if (token.isCancellationRequested) testRun.skipped(item);
      else await runScenario(testRun, item, simulations, token);
    }
    testRun.end();
  };
  const runOrFollow = async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
    if (!request.continuous) return run(request, token);
    const saves = vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
      await read(uri);
      const scenarios = await items.scenariosOf(request);
      const include = scenarios.filter((item) => item.uri?.toString() === uri.toString());
      if (include.length > 0) {
        await run(new vscode.TestRunRequest(include, [], request.profile, true), token);
      }
    });
    token.onCancellationRequested(() => saves.dispose());
  };
  controller.createRunProfile(
    'Run',
    vscode.TestRunProfileKind.Run,
    runOrFollow,
    true,
    undefined,
    true,
  );
  controller.createRunProfile('Show Report', vscode.TestRunProfileKind.Debug, async (request) => {
    for (const { label, uri } of await items.scenariosOf(request)) {
      if (uri) await panels.simulate({ uri, scenario: label }, 'violation');
    }
  });

  const files = vscode.workspace.createFileSystemWatcher(CONFIGS, false, true);
  return vscode.Disposable.from(
    controller,
    files,
    files.onDidCreate((uri) => void items.add(uri)),
    files.onDidDelete((uri) => items.remove(uri)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => void read(uri)),
  );
}
