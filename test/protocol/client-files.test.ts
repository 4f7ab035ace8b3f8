/** Files that the client reads for the server, which has no disk: in a browser, in virtual workspaces. */
import { describe, expect, it } from 'vitest';
import {
  FIND_FILES,
  type FindFilesParams,
  type FoundFiles,
  READ_FILE,
  type ReadFile,
  type ReadFileParams,
} from '../../server/protocol.ts';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const ROOT = 'vscode-vfs://github/shop';
const SHOP = `${ROOT}/shop.resilience.yaml`;
const PLATFORM = `${ROOT}/platform.resilience.yaml`;
const CONFIGURATION = `${ROOT}/faultline.config.yaml`;
const SHOP_TEXT = `version: 1
imports: [platform.resilience.yaml]
services:
  shop:
    traffic: { rate: 5/s }
    latency: 10ms
    calls: [{ to: db, timeout: 300ms }]
`;
const PLATFORM_TEXT = 'version: 1\nredundancy: { db: { minHealthy: 3, active: [db-1, db-2] } }\n';

/** A client with the shop open, that answers for its files. */
async function open(files: Record<string, string>) {
  const client = connectInMemory();
  const read: string[] = [];
  client.folders = [ROOT];
  client.connection.onRequest(READ_FILE, async ({ uri }: ReadFileParams): Promise<ReadFile> => {
    read.push(uri);
    return { text: files[uri] ?? null };
  });
  client.connection.onRequest(
    FIND_FILES,
    async ({ folder }: FindFilesParams): Promise<FoundFiles> => {
      return { uris: Object.keys(files).filter((uri) => uri.startsWith(folder)) };
    },
  );
  const { capabilities } = await client.initialize(FULL_CLIENT, { readsFiles: true });
  await client.open(SHOP, SHOP_TEXT);
  return { client, capabilities, files, read };
}

const codes = async (client: TestClient) =>
  (await client.diagnostics(SHOP)).map(({ code }) => code);

describe('a client that reads files', () => {
  it('is asked for what is imported, before anything is said of it', async () => {
    const { client } = await open({ [PLATFORM]: PLATFORM_TEXT });
    const found = await codes(client);
    expect(found).not.toContain('import-missing');
    expect(found).not.toContain('unknown-reference');
  });

  it('is told of a file that is nowhere', async () => {
    const { client } = await open({});
    expect(await codes(client)).not.toEqual([]);
  });

  it('is asked once for each file', async () => {
    const { client, read } = await open({ [PLATFORM]: PLATFORM_TEXT });
    await codes(client);
    await codes(client);
    expect(read.filter((uri) => uri === PLATFORM)).toHaveLength(1);
  });

  it('is asked for the configuration above a config', async () => {
    const { client, files } = await open({ [PLATFORM]: PLATFORM_TEXT });
    const before = await codes(client);
    const [one] = before;
    files[CONFIGURATION] = `rules: { ${one}: off }\n`;
    await client.fileChanged(CONFIGURATION);
    expect(await codes(client)).toEqual(before.filter((code) => code !== one));
  });

  it('has a file read again that has changed', async () => {
    const { client, files } = await open({ [PLATFORM]: PLATFORM_TEXT });
    const before = await codes(client);
    files[PLATFORM] = 'version: 1\n';
    await client.fileChanged(PLATFORM);
    expect(await codes(client)).not.toEqual(before);
  });

  it('gets the diagnostics of configs that are not open', async () => {
    const { capabilities, client } = await open({ [PLATFORM]: PLATFORM_TEXT });
    expect(capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    const { items } = await client.connection.sendRequest<{
      items: { uri: string; items?: unknown[] }[];
    }>('workspace/diagnostic', { previousResultIds: [] });
    const platform = items.find(({ uri }) => uri === PLATFORM);
    expect(platform?.items).toMatchObject([{ code: 'group-below-minimum' }]);
  });
});

it('a client that reads no files is asked for none', async () => {
  const client = connectInMemory();
  const asked: unknown[] = [];
  client.connection.onRequest(READ_FILE, (params) => {
    asked.push(params);
    return { text: null };
  });
  await client.initialize();
  await client.open(SHOP, SHOP_TEXT);
  await client.diagnostics(SHOP);
  expect(asked).toEqual([]);
});
