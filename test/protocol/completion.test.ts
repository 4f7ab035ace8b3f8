import { describe, expect, it } from 'vitest';
import { type CompletionItem, InsertTextFormat, MarkupContent } from 'vscode-languageserver';
import { LineIndex } from '../../core/index.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { INSIGHTFUL, URI } from './texts.ts';

/** What is proposed where `‸` stands. */
async function complete(
  marked: string,
  { capabilities = FULL_CLIENT, uri = URI, triggerCharacter = '' } = {},
) {
  const client = connectInMemory();
  await client.initialize(capabilities);
  const text = marked.replace('‸', '');
  await client.open(uri, text, uri.endsWith('.json') ? 'json' : 'faultline');
  const position = new LineIndex(text).positionAt(marked.indexOf('‸'));
  const items = await client.complete(uri, position, triggerCharacter || undefined);
  return { client, items, find: (label: string) => items.find((one) => one.label === label) };
}

function textOf({ documentation }: CompletionItem): string | undefined {
  return MarkupContent.is(documentation) ? documentation.value : undefined;
}

describe('completion over LSP', () => {
  it('proposes blocks as snippets, indented for their place', async () => {
    const { find } = await complete('version: 1\nretries:\n  quick:\n    ‸');
    expect(find('backoff')).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: 1,
      textEdit: {
        newText: `backoff:\n      initial: \${1:200ms}\n      max: \${2:5s}\n      jitter: \${3:full}`,
        range: { start: { line: 3, character: 4 }, end: { line: 3, character: 4 } },
      },
    });
  });

  it('proposes plain text to a client that knows no snippets', async () => {
    const { find } = await complete('version: 1\nretries:\n  quick:\n    ‸', {
      capabilities: { textDocument: {} },
    });
    expect(find('budget')).toMatchObject({
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { newText: 'budget: 10%' },
    });
  });

  it('mends the indentation of the line', async () => {
    const { find } = await complete('services:\n  a:\n    tier: 1\n      ‸');
    expect(find('calls')?.additionalTextEdits).toEqual([
      {
        range: { start: { line: 3, character: 0 }, end: { line: 3, character: 6 } },
        newText: '    ',
      },
    ]);
  });

  it('says more of a key when it is asked', async () => {
    const { client, find } = await complete('version: 1\n‸');
    const services = find('services') as CompletionItem;
    expect(textOf(services)).toBeUndefined();
    expect(textOf(await client.resolve(services))).toBe(
      '**Services**: The parts of the system that answer requests, by name.',
    );
  });

  it('says of a name what a hover says', async () => {
    const { client, find } = await complete(INSIGHTFUL.replace('retry: quick', 'retry: ‸'));
    const quick = find('quick') as CompletionItem;
    expect(quick.detail).toBe('retry policy');
    expect(textOf(await client.resolve(quick))).toMatch(/quick/);
  });

  it('leaves to the schema of JSON what that can propose', async () => {
    const uri = 'file:///configs/shop.resilience.json';
    const text = '{ "retries": { "quick": {} }, "services": { "a": { "calls": [{ "to": "a", ';
    expect((await complete(`${text}"‸`, { uri })).items).toEqual([]);
    expect((await complete(`${text}"retry": "‸"`, { uri })).find('quick')).toMatchObject({
      textEdit: { newText: 'quick' },
    });
  });

  it('opens no list for a blank that begins nothing', async () => {
    const options = { triggerCharacter: ' ' };
    expect((await complete('version: 1\nservices:\n  ‸', options)).items).toEqual([]);
    expect((await complete('version: ‸', options)).items).toHaveLength(1);
  });

  it.each([
    ['nonsense', { uri: 7, documented: {} }],
    [
      'another document',
      { uri: 'file:///other.yaml', documented: { name: 'a', nameKind: 'group' } },
    ],
  ])('adds nothing to an item with %s as its data', async (_, data) => {
    const { client } = await complete('‸');
    expect(await client.resolve({ label: 'x', data })).toEqual({ label: 'x', data });
  });
});
