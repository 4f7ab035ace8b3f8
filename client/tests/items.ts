import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { SCENARIOS, type ScenarioItem } from '../../server/protocol.ts';

/** Of native configs, whatever their folder. */
export const CONFIGS = '**/{*.resilience,resilience}.{yaml,yml,json}';

/** What can be tested: a file holds its scenarios that expect something. */
export class TestItems {
  readonly #client: BaseLanguageClient;
  readonly #controller: vscode.TestController;

  constructor(client: BaseLanguageClient, controller: vscode.TestController) {
    this.#client = client;
    this.#controller = controller;
  }

  /** The files of the workspace, without looking into them. */
  async findFiles(): Promise<void> {
    for (const uri of await vscode.workspace.findFiles(CONFIGS)) this.add(uri);
  }

  add(uri: vscode.Uri): vscode.TestItem {
    const id = uri.toString();
    const known = this.#controller.items.get(id);
    if (known) return known;
    const item = this.#controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  remove(uri: vscode.Uri): void {
    this.#controller.items.delete(uri.toString());
  }

  /** Reads the scenarios of a file anew; those that are still there keep their results. */
  async read(file: vscode.TestItem): Promise<void> {
    if (!file.uri) return;
    const { code2ProtocolConverter, protocol2CodeConverter } = this.#client;
    // The server answers about open documents only; opening one here does not show it.
    const document = await vscode.workspace.openTextDocument(file.uri);
    const scenarios = await this.#client.sendRequest<readonly ScenarioItem[]>(SCENARIOS, {
      textDocument: code2ProtocolConverter.asTextDocumentIdentifier(document),
    });
    const items = scenarios
      .filter(({ expectations }) => expectations > 0)
      .map(({ expectations, name, range }) => {
        const id = `${file.id}#${name}`;
        const item = file.children.get(id) ?? this.#controller.createTestItem(id, name, file.uri);
        item.range = protocol2CodeConverter.asRange(range);
        item.description = expectations === 1 ? '1 expectation' : `${expectations} expectations`;
        return item;
      });
    file.children.replace(items);
  }

  /** The scenarios that a run is about, those of files not yet read included. */
  async scenariosOf({ exclude = [], include }: vscode.TestRunRequest): Promise<vscode.TestItem[]> {
    const roots = include ?? [...this.#controller.items].map(([, item]) => item);
    const scenarios: vscode.TestItem[] = [];
    for (const item of roots) {
      if (item.canResolveChildren && item.children.size === 0) await this.read(item);
      if (item.canResolveChildren) scenarios.push(...[...item.children].map(([, child]) => child));
      else scenarios.push(item);
    }
    return scenarios.filter((item) => !exclude.includes(item));
  }
}
