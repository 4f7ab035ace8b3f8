import * as vscode from 'vscode';

/** Of the documents that show what a config would be. */
export const PROPOSAL_SCHEME = 'faultline-proposal';

/** A change of a config that waits for somebody to accept it. */
export interface Proposal {
  readonly config: vscode.Uri;
  /** Of the config, when it was proposed. */
  readonly version: number;
  readonly edits: readonly vscode.TextEdit[];
  /** The config after the edits. */
  readonly newText: string;
  readonly title: string;
}

/** Shows proposals beside the configs that they are for, and makes those that are accepted. */
export class Proposals implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By the config: the last one for each. */
  readonly #proposals = new Map<string, Proposal & { readonly uri: vscode.Uri }>();
  readonly #registration: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(
      PROPOSAL_SCHEME,
      this,
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#find(uri)?.newText ?? '';
  }

  /** Opens the difference; `accept` then knows the proposal by the URI that is returned. */
  async show(proposal: Proposal): Promise<vscode.Uri> {
    const { config, title } = proposal;
    // The same path, so that the editor shows it in the same language; each with a number of its own.
    const uri = config.with({ scheme: PROPOSAL_SCHEME, query: String(++this.#count) });
    this.#proposals.set(config.toString(), { ...proposal, uri });
    await vscode.commands.executeCommand('vscode.diff', config, uri, title);
    return uri;
  }

  /** Makes the change, unless the config has changed meanwhile, and closes the difference. */
  async accept(uri: vscode.Uri): Promise<void> {
    const proposal = this.#find(uri);
    if (!proposal) return;
    const document = await vscode.workspace.openTextDocument(proposal.config);
    if (document.version !== proposal.version) {
      void vscode.window.showWarningMessage(
        'The config has changed since this was proposed. Look for a way to the objective again.',
      );
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.set(proposal.config, [...proposal.edits]);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    this.#proposals.delete(proposal.config.toString());
    await this.#close(uri);
  }

  /** The proposal that is looked at, if one is. */
  get active(): vscode.Uri | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const isProposal =
      input instanceof vscode.TabInputTextDiff && input.modified.scheme === PROPOSAL_SCHEME;
    return isProposal ? input.modified : undefined;
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #find(uri: vscode.Uri): Proposal | undefined {
    return [...this.#proposals.values()].find((one) => one.uri.toString() === uri.toString());
  }

  async #close(uri: vscode.Uri): Promise<void> {
    const isOf = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString();
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOf));
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }
}
