import { describe, expect, it } from 'vitest';
import {
  CallHierarchyIncomingCallsRequest,
  type CallHierarchyItem,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  ReferencesRequest,
  RenameRequest,
} from 'vscode-languageserver';
import { LineIndex } from '../../core/index.ts';
import { FULL_CLIENT, PUSH_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const SHOP = 'file:///work/shop.resilience.yaml';
const PLATFORM = 'file:///work/platform/platform.resilience.yaml';
const SHOP_TEXT = `version: 1
imports: [platform/platform.resilience.yaml]
services:
  shop:
    traffic: { rate: 5/s }
    latency: 10ms
    calls: [{ to: db, timeout: 300ms, retry: quick }]
simulation: { duration: 10s, replications: 1 }
`;
const PLATFORM_TEXT = `version: 1
redundancy:
  db:
    minHealthy: 1
    active: [{ id: db-1, zone: a }, { id: db-2, zone: b }]
    latency: 5ms
    failures: { mtbf: 30d }
retries:
  quick: { attempts: 3, budget: 10% }
`;

/** A client with the shop open, and the platform on the disk. */
async function open(
  files: Record<string, string> = { [PLATFORM]: PLATFORM_TEXT },
  capabilities = FULL_CLIENT,
) {
  const client = connectInMemory({ readFile: (uri) => files[uri] });
  await client.initialize(capabilities);
  await client.open(SHOP, SHOP_TEXT);
  const found = async () => (await client.diagnostics(SHOP)).map(({ code }) => code);
  return { client, files, found };
}

const at = (uri: string, text: string, mark: string) => ({
  textDocument: { uri },
  position: new LineIndex(text).positionAt(text.indexOf(mark)),
});

describe('imported files over LSP', () => {
  it('are a part of the system', async () => {
    const { client, found } = await open();
    expect(await found()).toEqual([]);
    expect(await client.simulate(SHOP)).toMatchObject({ kind: 'done' });
    const hover = await client.hover(SHOP, at(SHOP, SHOP_TEXT, 'quick }').position);
    expect(JSON.stringify(hover)).toContain('quick');
  });

  it('that are missing are told on the line, until they are there', async () => {
    const { client, files, found } = await open({});
    expect(await found()).toEqual(['unreadable-import']);
    files[PLATFORM] = PLATFORM_TEXT;
    await client.fileChanged(PLATFORM);
    expect(await found()).toEqual([]);
    expect(await client.refreshes.first()).toBeNull();
  });

  it('are taken as they are in the editor, edits and all', async () => {
    const { client, found } = await open();
    await client.open(PLATFORM, PLATFORM_TEXT.replace('quick', 'slow'));
    expect(await found()).toContain('unknown-reference');
    await client.change(PLATFORM, 2, { text: PLATFORM_TEXT });
    expect(await found()).toEqual([]);
    await client.change(PLATFORM, 3, { text: 'version: 1\n' });
    expect(await found()).toContain('unknown-reference');
    await client.close(PLATFORM);
    expect(await found()).toEqual([]);
  });

  it('have what they change told to a client that does not ask', async () => {
    const { client } = await open(undefined, PUSH_CLIENT);
    await client.published.first(
      ({ diagnostics, uri }) => uri === SHOP && diagnostics.length === 0,
    );
    await client.open(PLATFORM, 'version: 1\nretries: {}\n');
    const told = await client.published.first(
      ({ diagnostics, uri }) => uri === SHOP && diagnostics.length > 0,
    );
    expect(told.diagnostics.map(({ code }) => code)).toContain('unknown-reference');
  });

  it('are where names are defined, and their paths lead to them', async () => {
    const { client } = await open();
    const { connection } = client;
    expect(
      await connection.sendRequest(DefinitionRequest.type, at(SHOP, SHOP_TEXT, 'quick')),
    ).toMatchObject([
      { targetUri: PLATFORM, targetSelectionRange: { start: { line: 8, character: 2 } } },
    ]);
    const links = await connection.sendRequest(DocumentLinkRequest.type, {
      textDocument: { uri: SHOP },
    });
    expect(links?.map(({ target }) => target)).toEqual([PLATFORM]);
  });

  it.each([
    ['where it is used', SHOP, SHOP_TEXT, 'db, timeout'],
    ['where it is defined', PLATFORM, PLATFORM_TEXT, 'db:'],
  ])('are renamed in together, from %s', async (_, uri, text, mark) => {
    const { client } = await open();
    await client.open(PLATFORM, PLATFORM_TEXT, 'faultline', 7);
    await client.diagnostics(SHOP);
    const { connection } = client;
    const context = { includeDeclaration: true };
    const uses = await connection.sendRequest(ReferencesRequest.type, {
      ...at(uri, text, mark),
      context,
    });
    expect(uses?.map((use) => use.uri).toSorted()).toEqual([PLATFORM, SHOP]);
    const edit = await connection.sendRequest(RenameRequest.type, {
      ...at(uri, text, mark),
      newName: 'store',
    });
    expect(edit?.documentChanges).toHaveLength(2);
    expect(edit?.documentChanges).toEqual(
      expect.arrayContaining([
        {
          textDocument: { uri: PLATFORM, version: 7 },
          edits: [
            {
              newText: 'store',
              range: { start: { line: 2, character: 2 }, end: { line: 2, character: 4 } },
            },
          ],
        },
        {
          textDocument: { uri: SHOP, version: 1 },
          edits: [
            {
              newText: 'store',
              range: { start: { line: 6, character: 18 }, end: { line: 6, character: 20 } },
            },
          ],
        },
      ]),
    );
  });

  it('know who calls their parts', async () => {
    const { client } = await open();
    await client.open(PLATFORM, PLATFORM_TEXT);
    await client.diagnostics(SHOP);
    const { connection } = client;
    const [item] = (await connection.sendRequest(
      CallHierarchyPrepareRequest.type,
      at(PLATFORM, PLATFORM_TEXT, 'db:'),
    )) as CallHierarchyItem[];
    const calls = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, {
      item: item as CallHierarchyItem,
    });
    expect(calls).toMatchObject([
      { from: { name: 'shop', uri: SHOP }, fromRanges: [{ start: { line: 6, character: 18 } }] },
    ]);
  });

  it('have their names proposed, with what is said of them', async () => {
    const { client } = await open();
    const text = SHOP_TEXT.replace('retry: quick', 'retry: ');
    await client.change(SHOP, 2, { text });
    const items = await client.complete(SHOP, at(SHOP, text, ' }]\nsim').position);
    const quick = items.find(({ label }) => label === 'quick');
    expect(quick?.detail).toBe('retry policy');
    expect(JSON.stringify((await client.resolve(quick as never)).documentation)).toMatch(/quick/);
  });
});
