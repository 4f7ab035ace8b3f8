/** What must work where there is no Node: the same as elsewhere, in workers. */
import * as vscode from 'vscode';
import { screenshot, until, webviewClick, webviewQuery, webviewText } from '../suite/driver.ts';

const find = async (name: string): Promise<vscode.Uri> => {
  const [file] = await vscode.workspace.findFiles(name);
  if (!file) throw new Error(`${name} is not in the workspace.`);
  return file;
};
const show = async (name: string) =>
  vscode.window.showTextDocument(await find(name), { viewColumn: vscode.ViewColumn.One });
const messagesOf = (uri: vscode.Uri): string[] =>
  vscode.languages.getDiagnostics(uri).map(({ message }) => message);
const reportText = (pattern: RegExp) =>
  until(`the report says ${pattern}`, async () => {
    const [content] = await webviewQuery('.report');
    return content !== undefined && pattern.test(await webviewText('.report'));
  });

describe('in the web extension host', () => {
  it('there is no Node', () => {
    if (
      vscode.env.uiKind !== vscode.UIKind.Web ||
      ('process' in globalThis && typeof process.versions?.node === 'string')
    )
      throw new Error('This is Node.');
    if (!('importScripts' in globalThis)) throw new Error('This is no worker.');
  });

  it('findings appear, with a page that exists', async () => {
    const { document } = await show('weak.resilience.yaml');
    await until('both findings are there', () => messagesOf(document.uri).length === 2);
    const [first] = vscode.languages.getDiagnostics(document.uri);
    const code = first?.code;
    if (typeof code !== 'object') throw new Error('The code links to no page.');
    const page = await vscode.workspace.fs.readFile(code.target);
    if (!new TextDecoder().decode(page).startsWith('# ')) throw new Error('It is no page.');
  });

  it('files that are imported are read through the editor', async () => {
    const { document } = await show('imports.resilience.yaml');
    await until('what no file defines is found', () =>
      messagesOf(document.uri).some((message) => message.includes('unknown-one')),
    );
    const wrong = messagesOf(document.uri).filter((message) => /platform|'db'/.test(message));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });

  it('configs are judged that are not open', async () => {
    const uri = await find('twin.resilience.json');
    await until('it is judged', () => messagesOf(uri).some((message) => /needs 3/.test(message)));
  });

  it('a config is simulated, and the report stands beside it', async () => {
    const { document } = await show('online-shop.resilience.yaml');
    await vscode.commands.executeCommand('faultline.simulate', document.uri);
    await reportText(/db-primary-1/);
    await screenshot('web-report');
  });

  it('a simulation keeps what there is when it is cancelled', async () => {
    const { document } = await show('long.resilience.yaml');
    void vscode.commands.executeCommand('faultline.simulate', document.uri);
    await webviewClick('[data-action="cancel"]');
    await until('the panel says so', async () => /ancelled|Stopped/.test(await webviewText()));
    await screenshot('web-cancelled');
  });
});
