import { describe, expect, it, vi } from 'vitest';
import { RULES } from '../../core/index.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { URI, WEAK } from './texts.ts';

async function connect(docsUri = 'https://docs.test/rules/') {
  const client = connectInMemory({ docsUri: 'file:///package/docs/rules' });
  await client.initialize(FULL_CLIENT, { docsUri });
  return client;
}

describe('pulled diagnostics', () => {
  it('say what is wrong, where, and where to read about it', async () => {
    const client = await connect();
    await client.open(URI, WEAK);
    expect(await client.diagnostics(URI)).toEqual([
      {
        range: { start: { line: 4, character: 16 }, end: { line: 4, character: 17 } },
        severity: 2,
        code: 'group-no-headroom',
        codeDescription: { href: 'https://docs.test/rules/group-no-headroom.md' },
        source: 'faultline',
        message: expect.stringContaining("'cache' needs both of its members"),
        relatedInformation: expect.arrayContaining([
          {
            location: {
              uri: URI,
              range: { start: { line: 3, character: 2 }, end: { line: 3, character: 7 } },
            },
            message: expect.stringMatching(/^low-fault-tolerance-level: 'cache' has/),
          },
        ]),
      },
    ]);
  });

  it('are those of the text after edits', async () => {
    const client = await connect();
    await client.open(URI, WEAK);
    const line = WEAK.split('\n').findIndex((text) => text.includes('minHealthy'));
    const range = { start: { line, character: 16 }, end: { line, character: 17 } };
    await client.change(URI, 2, { range, text: '1' });
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it('are not sent again while the text stays the same', async () => {
    const client = await connect();
    await client.open(URI, WEAK);
    const first = await client.pull(URI);
    expect(await client.pull(URI, first.resultId)).toEqual({
      kind: 'unchanged',
      resultId: first.resultId,
    });

    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    await client.change(URI, 2, { range, text: '# A remark\n' });
    const second = await client.pull(URI, first.resultId);
    expect(second.kind).toBe('full');
    expect(second.resultId).not.toBe(first.resultId);
  });

  it('are computed anew for a document that was closed and opened with another text', async () => {
    const client = await connect();
    await client.open(URI, WEAK);
    const { resultId } = await client.pull(URI);
    await client.close(URI);
    await client.open(URI, '');
    const report = await client.pull(URI, resultId);
    expect(report).toMatchObject({ kind: 'full', items: [{ code: 'empty-file' }] });
  });

  it.each([
    ['a native name in any language', 'file:///shop.resilience.yml', 'yaml'],
    ['a native name of a JSON file', 'file:///a/resilience.json', 'json'],
    ['a native name with a query', 'vscode-vfs://host/resilience.yaml?rev=1', 'yaml'],
    ['our language under any name', 'untitled:Untitled-1', 'faultline'],
  ])('are given for %s', async (_, uri, languageId) => {
    const client = await connect();
    await client.open(uri, '', languageId);
    expect(await client.diagnostics(uri)).toHaveLength(1);
  });

  it.each([
    ['some other YAML', 'file:///compose.yaml', 'yaml'],
    ['a name that only looks native', 'file:///notresilience.yaml', 'yaml'],
    ['a native name in the query', 'file:///a.yaml?b=resilience.yaml', 'yaml'],
  ])('are not given for %s', async (_, uri, languageId) => {
    const client = await connect();
    await client.open(uri, '', languageId);
    expect(await client.pull(uri)).toEqual({ kind: 'full', items: [] });
  });

  it('are empty for a document that nobody opened', async () => {
    const client = await connect();
    expect(await client.pull('file:///gone.resilience.yaml')).toEqual({ kind: 'full', items: [] });
  });

  it('name the default pages when the client names none, or nonsense', async () => {
    const client = connectInMemory({ docsUri: 'file:///package/docs/rules' });
    await client.initialize(FULL_CLIENT, { docsUri: 42 });
    await client.open(URI, '');
    const [diagnostic] = await client.diagnostics(URI);
    expect(diagnostic?.codeDescription?.href).toBe('file:///package/docs/rules/empty-file.md');
  });

  it('hold only what the client can show', async () => {
    const client = connectInMemory({ docsUri: 'file:///docs' });
    await client.initialize({ textDocument: { diagnostic: {} } });
    await client.open(URI, WEAK);
    for (const diagnostic of await client.diagnostics(URI)) {
      expect(Object.keys(diagnostic).sort()).toEqual([
        'code',
        'message',
        'range',
        'severity',
        'source',
      ]);
    }
  });
});

describe('a rule that throws', () => {
  it('is logged once, and the other rules still report', async () => {
    const broken = RULES.find(({ id }) => id === 'group-no-headroom');
    if (!broken) throw new Error('The rule is gone.');
    const check = vi.spyOn(broken, 'check').mockImplementation(() => {
      throw new Error('out of luck');
    });
    try {
      const client = await connect();
      await client.open(URI, WEAK);
      const codes = (await client.diagnostics(URI)).map(({ code }) => code);
      expect(codes).not.toEqual([]);
      expect(codes).not.toContain(broken.id);
      await client.change(URI, 2, { text: `${WEAK}\n` });
      await client.diagnostics(URI);
      expect(client.logs.all).toHaveLength(1);
      expect(client.logs.all[0]?.message).toMatch(/'group-no-headroom' failed.*out of luck/s);
    } finally {
      check.mockRestore();
    }
  });
});
