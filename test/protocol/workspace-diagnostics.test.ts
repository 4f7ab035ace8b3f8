import { describe, expect, it } from 'vitest';
import { FileChangeType, RenameRequest, WorkspaceDiagnosticRequest } from 'vscode-languageserver';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const FOLDER = 'file:///work';
const SHOP = `${FOLDER}/shop.resilience.yaml`;
const PLATFORM = `${FOLDER}/platform.resilience.yaml`;
const SHOP_TEXT = `version: 1
imports: [platform.resilience.yaml]
services:
  shop: { calls: [{ to: stock, timeout: 1s, retry: quick }] }
  stock: {}
`;
const PLATFORM_TEXT = 'version: 1\nretries: { quick: { attempts: 2, budget: 10% } }\n';

async function open(
  disk = new Map([
    [SHOP, SHOP_TEXT],
    [PLATFORM, PLATFORM_TEXT],
    [`${FOLDER}/a.yaml`, 'a: 1'],
  ]),
) {
  const client = connectInMemory({
    readFile: (uri) => disk.get(uri),
    async *findFiles() {
      yield* disk.keys();
    },
  });
  client.folders = [FOLDER];
  const { capabilities } = await client.initialize(FULL_CLIENT);
  let previousResultIds: { uri: string; value: string }[] = [];
  /** What the client learns from asking once more, by file. */
  const ask = async () => {
    const { items } = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds,
    });
    previousResultIds = items.flatMap(({ resultId: value, uri }) =>
      value ? [{ uri, value }] : [],
    );
    return Object.fromEntries(
      items.map((item) => [
        item.uri.replace(`${FOLDER}/`, ''),
        item.kind === 'full' ? item.items.map(({ code }) => code) : item.kind,
      ]),
    );
  };
  return { ask, capabilities, client, disk };
}

describe('diagnostics of the workspace', () => {
  it('are those of configs that are not open, and are told once', async () => {
    const { ask, capabilities, disk } = await open();
    expect(capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    disk.delete(PLATFORM);
    expect(await ask()).toEqual({ 'shop.resilience.yaml': ['unreadable-import'] });
    expect(await ask()).toEqual({ 'shop.resilience.yaml': 'unchanged' });
  });

  it('are told again when a file, or one that it imports, changes', async () => {
    const { ask, client, disk } = await open();
    expect(await ask()).toEqual({ 'shop.resilience.yaml': [], 'platform.resilience.yaml': [] });
    disk.set(PLATFORM, 'version: 1\nretries: {}\n');
    await client.fileChanged(PLATFORM);
    expect(await ask()).toEqual({
      'shop.resilience.yaml': ['unknown-reference'],
      'platform.resilience.yaml': [],
    });
    // What the editor says counts before it is saved.
    await client.open(PLATFORM, PLATFORM_TEXT);
    expect(await ask()).toEqual({ 'shop.resilience.yaml': [], 'platform.resilience.yaml': [] });
  });

  it('make known who imports a file, so that renaming reaches them', async () => {
    const { ask, client } = await open();
    await ask();
    await client.open(PLATFORM, PLATFORM_TEXT);
    const edit = await client.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri: PLATFORM },
      position: { line: 1, character: 12 },
      newName: 'brief',
    });
    expect(edit?.documentChanges).toMatchObject([
      { textDocument: { uri: PLATFORM, version: 1 }, edits: [{ newText: 'brief' }] },
      { textDocument: { uri: SHOP, version: null }, edits: [{ newText: 'brief' }] },
    ]);
  });

  it('of files that come and go', async () => {
    const { ask, client, disk } = await open(new Map([[SHOP, SHOP_TEXT]]));
    expect(await ask()).toEqual({ 'shop.resilience.yaml': ['unreadable-import'] });
    disk.set(PLATFORM, PLATFORM_TEXT);
    await client.fileChanged(PLATFORM);
    expect(await ask()).toEqual({ 'shop.resilience.yaml': [], 'platform.resilience.yaml': [] });
    disk.delete(SHOP);
    const changes = [{ uri: SHOP, type: FileChangeType.Deleted }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await ask()).toEqual({
      'shop.resilience.yaml': [],
      'platform.resilience.yaml': 'unchanged',
    });
  });

  it('are not offered by a server that can find no files', async () => {
    const { capabilities } = await connectInMemory().initialize(FULL_CLIENT);
    expect(capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false });
  });
});
