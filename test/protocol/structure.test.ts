import { describe, expect, it } from 'vitest';
import {
  CodeActionResolveRequest,
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  LinkedEditingRangeRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../core/index.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { INSIGHTFUL, URI } from './texts.ts';

const textDocument = { uri: URI };
const options = { tabSize: 2, insertSpaces: true };
const COMMANDS = ['faultline.runScenario', 'faultline.showUses'];

async function open(text = INSIGHTFUL, { uri = URI, commands = COMMANDS } = {}) {
  const client = connectInMemory();
  await client.initialize(FULL_CLIENT, { docsUri: 'file:///docs', commands });
  await client.open(uri, text, uri.endsWith('.json') ? 'json' : 'faultline');
  return client;
}
const positionOf = (mark: string, text = INSIGHTFUL) =>
  new LineIndex(text).positionAt(text.indexOf(mark));

describe('formatting over LSP', () => {
  const text = 'version:   1\nretries:\n    a:  {attempts: 2}\n';
  const applied = (edits: TextEdit[] | null) =>
    TextDocument.applyEdits(TextDocument.create(URI, 'faultline', 1, text), edits ?? []);

  it('edits what is out of shape', async () => {
    const { connection } = await open(text);
    const params = { textDocument, options };
    expect(applied(await connection.sendRequest(DocumentFormattingRequest.type, params))).toBe(
      'version: 1\nretries:\n  a: { attempts: 2 }\n',
    );
  });

  it('edits a range only', async () => {
    const { connection } = await open(text);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    const params = { textDocument, options, range };
    expect(applied(await connection.sendRequest(DocumentRangeFormattingRequest.type, params))).toBe(
      text.replace('version:   1', 'version: 1'),
    );
  });

  it('leaves JSON to the editor', async () => {
    const uri = 'file:///a.resilience.json';
    const { connection } = await open('{"version":1}', { uri });
    const params = { textDocument: { uri }, options };
    expect(await connection.sendRequest(DocumentFormattingRequest.type, params)).toEqual([]);
  });
});

describe('what a text is made of', () => {
  it('can be folded', async () => {
    const { connection } = await open();
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    expect(folds).toContainEqual({ startLine: 8, endLine: 20 });
  });

  it('is selected from the inside out', async () => {
    const { connection } = await open();
    const positions = [positionOf('quick, idempotent')];
    const [found] = (await connection.sendRequest(SelectionRangeRequest.type, {
      textDocument,
      positions,
    })) as { range: unknown; parent?: { range: unknown } }[];
    expect(found?.range).toMatchObject({ start: positions[0], end: { line: 42 } });
    expect(found?.parent?.range).toMatchObject({ start: { line: 42 }, end: { line: 42 } });
  });

  it('leads to the pages of rules', async () => {
    const text = 'version: 1 # faultline-ignore single-instance, nonsense: because\n';
    const { connection } = await open(text);
    const links = await connection.sendRequest(DocumentLinkRequest.type, { textDocument });
    expect(links?.map(({ target }) => target)).toEqual(['file:///docs/single-instance.md']);
  });

  it.each([
    ['quick: {', ['26', '42', '46', '54']],
    ['quick, idempotent', undefined],
  ])('is edited together where a name is defined: %s', async (mark, lines) => {
    const { connection } = await open();
    const params = { textDocument, position: positionOf(mark) };
    const found = await connection.sendRequest(LinkedEditingRangeRequest.type, params);
    expect(found?.ranges.map(({ start }) => `${start.line}`)).toEqual(lines);
  });

  it('is said to be a quantity', async () => {
    const { connection } = await open();
    const params = { textDocument, position: positionOf('ms, retry: quick, idem') };
    const help = await connection.sendRequest(SignatureHelpRequest.type, params);
    expect(help?.signatures).toMatchObject([
      {
        label: 'timeout: 400ms',
        parameters: [{ label: [9, 14], documentation: '400 milliseconds' }],
      },
    ]);
  });
});

describe('semantic tokens', () => {
  it('are those of the text, and of a changed text what is different', async () => {
    const client = await open('version: 1\nretries: { a: {} }\n');
    const { connection } = client;
    const all = await connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    expect(all?.data).toHaveLength(4 * 5);
    const start = { line: 1, character: 0 };
    await client.change(URI, 2, { range: { start, end: start }, text: 'system: x\n' });
    const changed = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument,
      previousResultId: all?.resultId ?? '',
    });
    expect(changed).toMatchObject({ edits: [{ data: expect.any(Array) }] });
    // Less than the tokens of two lines, which are there already.
    expect(changed && 'edits' in changed && changed.edits[0]?.data?.length).toBeLessThan(10);
  });

  it('are those of a range', async () => {
    const { connection } = await open();
    const range = { start: { line: 25, character: 0 }, end: { line: 26, character: 0 } };
    const found = await connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range,
    });
    expect(found?.data.slice(0, 2)).toEqual([25, 0]);
    expect(found?.data).toHaveLength(5);
  });
});

describe('lenses', () => {
  async function titles(client: Awaited<ReturnType<typeof open>>): Promise<string[]> {
    const { connection } = client;
    const lenses = (await connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
    const resolved = await Promise.all(
      lenses.map((lens: CodeLens) =>
        lens.command ? lens : connection.sendRequest(CodeLensResolveRequest.type, lens),
      ),
    );
    return resolved.map(({ command, range }) => {
      return `${range.start.line + 1}: ${command?.title} (${command?.command})`;
    });
  }

  it('say what a part can take, how often it is used, and run scenarios', async () => {
    expect(await titles(await open())).toEqual(
      expect.arrayContaining([
        '1: ▶ Simulate without faults (faultline.runScenario)',
        '9: MEDIUM: tolerates 1 failure ()',
        '9: used 2 times (faultline.showUses)',
        '25: used once (faultline.showUses)',
        '27: used 3 times (faultline.showUses)',
        '60: ▶ Run scenario (faultline.runScenario)',
      ]),
    );
  });

  it('have no command that the client does not have', async () => {
    const found = await titles(await open(INSIGHTFUL, { commands: [] }));
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((title) => !title.endsWith('()'))).toEqual([]);
  });

  it('are not there for who has turned them off', async () => {
    const client = await open();
    await client.set({ faultline: { codeLens: false } });
    expect(await titles(client)).toEqual([]);
  });
});

describe('refactorings over LSP', () => {
  it('get their edits when they are chosen', async () => {
    const client = await open();
    const start = positionOf('database:');
    const found = await client.codeActions(URI, { start, end: start }, ['refactor']);
    const action = found.find(({ title }) => /standby/.test(title));
    expect(action).toMatchObject({ kind: 'refactor.rewrite' });
    expect(action).not.toHaveProperty('edit');
    const { connection } = client;
    expect(
      await connection.sendRequest(CodeActionResolveRequest.type, action as never),
    ).toMatchObject({ edit: { documentChanges: [{ textDocument: { uri: URI, version: 1 } }] } });
    await client.change(URI, 2, { text: INSIGHTFUL });
    await expect(
      connection.sendRequest(CodeActionResolveRequest.type, action as never),
    ).rejects.toThrow('has changed');
  });

  it('put sections in order for who asks for that', async () => {
    const client = await open('services: {}\nversion: 1\n');
    const all = await client.codeActions(URI);
    expect(all.map(({ title }) => title)).not.toContain('Put the sections in order');
    const [action] = await client.codeActions(URI, undefined, ['source.organize']);
    expect(action?.edit?.documentChanges).toMatchObject([
      { edits: [{ newText: 'version: 1\nservices: {}\n' }] },
    ]);
  });
});
