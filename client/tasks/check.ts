import * as vscode from 'vscode';

const TYPE = 'faultline';

/** Of `taskDefinitions` in the manifest. */
interface CheckTask extends vscode.TaskDefinition {
  readonly task: 'check';
  /** Files, folders and patterns, from the folder of the task. */
  readonly paths?: readonly string[];
}

/**
 * Offers `faultline check` for each open folder. It runs the command line that comes with the extension,
 * with the Node that runs the extension: nothing has to be installed.
 */
export function registerCheckTasks(extensionUri: vscode.Uri): vscode.Disposable {
  const cli = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js').fsPath;
  const toTask = (definition: CheckTask, scope: vscode.WorkspaceFolder): vscode.Task => {
    // One finding a line, which a problem matcher can read.
    const args = [cli, 'check', ...(definition.paths ?? ['.']), '--format', 'github'];
    const execution = new vscode.ProcessExecution(process.execPath, args, {
      cwd: scope.uri.fsPath,
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    return new vscode.Task(definition, scope, 'check', TYPE, execution, '$faultline');
  };
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map((folder) => toTask({ type: TYPE, task: 'check' }, folder)),
    resolveTask: ({ definition, scope }) =>
      typeof scope === 'object' ? toTask(definition as CheckTask, scope) : undefined,
  });
}
