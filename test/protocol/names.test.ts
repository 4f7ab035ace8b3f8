import { describe, expect, it } from 'vitest';
import {
  CallHierarchyIncomingCallsRequest,
  type CallHierarchyItem,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  type ClientCapabilities,
  DefinitionRequest,
  DocumentHighlightRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver';
import { LineIndex } from '../../core/index.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { INSIGHTFUL, URI } from './texts.ts';

const lines = new LineIndex(INSIGHTFUL);
const at = (mark: string) => ({
  textDocument: { uri: URI },
  position: lines.positionAt(INSIGHTFUL.indexOf(mark)),
});

async function connect(capabilities: ClientCapabilities = FULL_CLIENT) {
  const client = connectInMemory();
  await client.initialize(capabilities);
  await client.open(URI, INSIGHTFUL);
  return client;
}

/** Number of the line from 1, and what stands in the range. */
function shown({ end, start }: Range): string {
  return `${start.line + 1}: ${INSIGHTFUL.slice(lines.offsetAt(start), lines.offsetAt(end))}`;
}

describe('names over LSP', () => {
  it('go to their definition, as a link', async () => {
    const { connection } = await connect();
    const found = await connection.sendRequest(DefinitionRequest.type, at('quick, idempotent'));
    expect(found).toMatchObject([
      { targetUri: URI, targetSelectionRange: { start: { line: 26, character: 2 } } },
    ]);
  });

  it('go to their definition, as a place', async () => {
    const { connection } = await connect({});
    const found = await connection.sendRequest(DefinitionRequest.type, at('browsing\n'));
    expect([found].flat().map((one) => one && 'range' in one && shown(one.range))).toEqual([
      '25: browsing',
    ]);
  });

  it.each([
    [true, ['9: database', '52: database', '55: database']],
    [false, ['52: database', '55: database']],
  ])(
    'are found where they are used (with the definition: %s)',
    async (includeDeclaration, expected) => {
      const { connection } = await connect();
      const params = { ...at('database, timeout'), context: { includeDeclaration } };
      const found = await connection.sendRequest(ReferencesRequest.type, params);
      expect(found?.map(({ range }) => shown(range))).toEqual(expected);
    },
  );

  it('are highlighted', async () => {
    const { connection } = await connect();
    const found = await connection.sendRequest(DocumentHighlightRequest.type, at('pool:'));
    expect(found?.map(({ kind, range }) => `${kind} ${shown(range)}`)).toEqual([
      '3 33: pool',
      '2 55: pool',
    ]);
  });

  it.each(['minHealthy', 'version', '# of one'])('are not found at "%s"', async (mark) => {
    const { connection } = await connect();
    expect(await connection.sendRequest(DefinitionRequest.type, at(mark))).toEqual([]);
    expect(await connection.sendRequest(PrepareRenameRequest.type, at(mark))).toBeNull();
  });

  it('are renamed, in the version that the client has', async () => {
    const { connection } = await connect();
    const start = await connection.sendRequest(PrepareRenameRequest.type, at('adaptive\n'));
    expect(start).toMatchObject({ placeholder: 'adaptive' });
    const params = { ...at('adaptive\n'), newName: 'fitting' };
    const edit = await connection.sendRequest(RenameRequest.type, params);
    expect(edit?.documentChanges).toMatchObject([
      {
        textDocument: { uri: URI, version: 1 },
        edits: [{ newText: 'fitting' }, { newText: 'fitting' }],
      },
    ]);
  });

  it('are not renamed to what is there already, and it is said why', async () => {
    const { connection } = await connect();
    const params = { ...at('orders:'), newName: 'payments' };
    await expect(connection.sendRequest(RenameRequest.type, params)).rejects.toThrow(
      "There is a service with the name 'payments' already.",
    );
  });
});

describe('symbols', () => {
  it('are a tree', async () => {
    const { connection } = await connect();
    const params = { textDocument: { uri: URI } };
    const found = (await connection.sendRequest(
      DocumentSymbolRequest.type,
      params,
    )) as DocumentSymbol[];
    const redundancy = found.find(({ name }) => name === 'redundancy');
    expect(redundancy?.children).toMatchObject([
      { name: 'database', detail: '2 active, 1 standby', children: [{ name: 'db-1' }, {}, {}] },
    ]);
  });

  it('are a list for a client that knows no trees', async () => {
    const { connection } = await connect({});
    const params = { textDocument: { uri: URI } };
    const found = await connection.sendRequest(DocumentSymbolRequest.type, params);
    expect(found).toContainEqual(
      expect.objectContaining({ name: 'db-1', containerName: 'database' }),
    );
  });

  it.each([
    ['db2', ['db-2']],
    ['shop', ['shop']],
    ['calls', []],
  ])('of the workspace are found by "%s"', async (query, expected) => {
    const { connection } = await connect();
    const found = await connection.sendRequest(WorkspaceSymbolRequest.type, { query });
    expect(found?.map(({ name }) => name)).toEqual(expected);
  });
});

describe('the call hierarchy', () => {
  it('says who calls whom, and where', async () => {
    const { connection } = await connect();
    const [orders] = (await connection.sendRequest(
      CallHierarchyPrepareRequest.type,
      at('orders, timeout'),
    )) as CallHierarchyItem[];
    const item = orders as CallHierarchyItem;
    expect(item).toMatchObject({ name: 'orders', detail: 'service' });
    const incoming = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item });
    expect(incoming?.map(({ from, fromRanges }) => [from.name, ...fromRanges.map(shown)])).toEqual([
      ['shop', '43: orders'],
    ]);
    const outgoing = await connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item });
    expect(outgoing?.map(({ fromRanges, to }) => [to.name, ...fromRanges.map(shown)])).toEqual([
      ['database', '55: database'],
    ]);
  });

  it('has nothing to say of a policy, nor of what it never gave out', async () => {
    const { connection } = await connect();
    expect(await connection.sendRequest(CallHierarchyPrepareRequest.type, at('quick:'))).toBeNull();
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const item = { name: 'x', kind: 1, uri: URI, range, selectionRange: range } as const;
    expect(await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item })).toEqual(
      [],
    );
  });
});
