import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FIND_FILES,
  type FindFilesParams,
  type FoundFiles,
  READ_FILE,
  type ReadFile,
  type ReadFileParams,
} from '../../server/protocol.ts';

/** What a person may have written; folders of packages and builds are the work of others. */
const CONFIGS = '**/*.{yaml,yml,json}';
const SKIPPED = '**/{node_modules,dist,vendor}/**';
const MOST_FILES = 2_000;
/** Nobody writes so much by hand. */
const MOST_BYTES = 1_000_000;

/** Reads files for the server, which has no disk in a browser, nor that of a virtual workspace. */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(READ_FILE, async ({ uri }: ReadFileParams): Promise<ReadFile> => {
      return { text: await textOf(vscode.Uri.parse(uri)) };
    }),
    client.onRequest(FIND_FILES, async ({ folder }: FindFilesParams): Promise<FoundFiles> => {
      const inFolder = new vscode.RelativePattern(vscode.Uri.parse(folder), CONFIGS);
      const found = await vscode.workspace.findFiles(inFolder, SKIPPED, MOST_FILES);
      return { uris: found.map((uri) => client.code2ProtocolConverter.asUri(uri)) };
    }),
  );
}

async function textOf(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
