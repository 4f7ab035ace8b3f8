import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { URI, WEAK } from './texts.ts';

const MISSPELT = `version: 1
retries:
  patient: {} # three tries
services:
  shop:
    calls:
      - { to: stokc, retry: patiant } # both misspelt
  stock: {}
`;

async function open(text: string, capabilities: ClientCapabilities = FULL_CLIENT) {
  const client = connectInMemory();
  await client.initialize(capabilities);
  await client.open(URI, text, 'faultline', 7);
  return client;
}

/** A cursor in front of a text. */
function cursorAt(text: string, word: string) {
  const position = TextDocument.create(URI, 'yaml', 1, text).positionAt(text.indexOf(word));
  return { start: position, end: position };
}

/** The text after an action, by the library that editors use. */
function applied(text: string, { edit }: CodeAction): string {
  const [change] = edit?.documentChanges ?? [];
  const edits = change && 'edits' in change ? change.edits : (edit?.changes?.[URI] ?? []);
  return TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, text), edits as never);
}

async function fixAll(client: TestClient) {
  return client.codeActions(URI, undefined, ['source.fixAll.faultline']);
}

describe('quick fixes', () => {
  it('are offered where the cursor is, with what they mend', async () => {
    const client = await open(MISSPELT);
    const [action, ...others] = await client.codeActions(URI, cursorAt(MISSPELT, 'stokc'), [
      'quickfix',
    ]);
    expect(others.map(({ title }) => title)).toEqual([
      "Silence 'unknown-reference' here, with a comment",
      "Silence 'unknown-reference' in this file, with a comment",
    ]);
    expect(action).toMatchObject({
      title: "Change the name to 'stock'",
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'unknown-reference', source: 'faultline' }],
      edit: { documentChanges: [{ textDocument: { uri: URI, version: 7 } }] },
    });
    expect(action && applied(MISSPELT, action)).toBe(MISSPELT.replace('stokc', 'stock'));
  });

  it('are not preferred where the author has to decide', async () => {
    const client = await open(WEAK);
    const actions = await client.codeActions(URI, undefined, ['quickfix']);
    expect(actions[0]?.title).toBe("Add the standby 'cache-3'");
    for (const { isPreferred } of actions) expect(isPreferred).toBeUndefined();
    const [action] = actions;
    expect(action && applied(WEAK, action)).toBe(
      WEAK.replace('zone: b }\n', 'zone: b }\n    standby:\n      - { id: cache-3, zone: a }\n'),
    );
  });

  it('are those of the text after edits', async () => {
    const client = await open(MISSPELT);
    await client.change(URI, 8, { text: MISSPELT.replace('stokc', 'stock') });
    const titles = (await client.codeActions(URI)).map(({ title }) => title);
    expect(titles).not.toContain("Change the name to 'stock'");
    expect(titles).toContain("Change the name to 'patient'");
  });

  it('are left out where they would change other places', async () => {
    const text = `version: 1
services:
  shop: &shop { calls: [{ to: stokc }] }
  mall: *shop
  stock: {}
`;
    const client = await open(text);
    expect((await client.diagnostics(URI)).map(({ code }) => code)).toContain('unknown-reference');
    const titles = (await client.codeActions(URI)).map(({ title }) => title);
    expect(titles).not.toContain("Change the name to 'stock'");
  });

  it('say what to change without versions to a client that knows none', async () => {
    const client = await open(MISSPELT, { ...FULL_CLIENT, workspace: {} });
    const [action] = await client.codeActions(URI, cursorAt(MISSPELT, 'stokc'));
    expect(action?.edit).toEqual({
      changes: {
        [URI]: [
          {
            range: { start: { line: 6, character: 14 }, end: { line: 6, character: 19 } },
            newText: 'stock',
          },
        ],
      },
    });
  });
});

describe('silencing', () => {
  it('writes a comment that does, and then asks for the reason', async () => {
    const client = await open(MISSPELT);
    const actions = await client.codeActions(URI, cursorAt(MISSPELT, 'stokc'));
    const action = actions.find(({ title }) => title.includes('here')) ?? expect.fail();
    const text = applied(MISSPELT, action);
    expect(text).toContain('      # faultline-ignore unknown-reference:\n      - { to: stokc');
    await client.change(URI, 8, { text });
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    expect(codes).toEqual(['unused-definition', 'suppression-without-reason']);
  });

  it('is not offered in JSON, nor for problems of the file itself', async () => {
    const json =
      '{ "version": 1, "retries": { "never": { "atempts": 1 } }, "services": { "a": {} } }';
    const client = await open(json);
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    expect(codes).toEqual(['unused-definition', 'unknown-key']);
    const titles = (await client.codeActions(URI)).map(({ title }) => title);
    expect(titles).toContain("Change the key to 'attempts'");
    expect(titles.filter((title) => title.includes('Silence'))).toEqual([]);
  });
});

describe('fixing all safe problems', () => {
  it('is one action with all that is safe', async () => {
    const [action, ...others] = await fixAll(await open(MISSPELT));
    expect(others).toEqual([]);
    expect(action).toMatchObject({ kind: 'source.fixAll.faultline' });
    const expected = MISSPELT.replace('stokc', 'stock').replace('patiant', 'patient');
    expect(action && applied(MISSPELT, action)).toBe(expected);
  });

  it.each(['source', 'source.fixAll'])('is what %s means too', async (only) => {
    const actions = await (await open(MISSPELT)).codeActions(URI, undefined, [only]);
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.faultline']);
  });

  it('is not offered where nothing is safe', async () =>
    expect(await fixAll(await open(WEAK))).toEqual([]));

  it('is not what was asked for by other names', async () => {
    const actions = await (await open(MISSPELT)).codeActions(URI, undefined, ['source.organize']);
    expect(actions).toEqual([]);
  });
});

describe('actions for a whole long file', () => {
  it('are those of its first findings', async () => {
    const policies = Array.from({ length: 500 }, (_, index) => `  p${index}: {}\n`);
    const client = await open(`version: 1\nservices: { a: {} }\nretries:\n${policies.join('')}`);
    const actions = await client.codeActions(URI, undefined, ['quickfix']);
    expect(actions.length).toBe(60);
  });
});

describe('no actions', () => {
  it('for documents that are not ours', async () => {
    const client = await open(MISSPELT);
    expect(await client.codeActions('file:///gone.resilience.yaml')).toEqual([]);
  });

  it('are promised to a client that knows only commands', async () => {
    const { capabilities } = await connectInMemory().initialize({});
    expect(capabilities).not.toHaveProperty('codeActionProvider');
  });
});
