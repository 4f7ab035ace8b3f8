import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MarkupContent } from 'vscode-languageserver';
import { LineIndex } from '../../core/index.ts';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { INSIGHTFUL, URI } from './texts.ts';

const GOLDEN = new URL('hovers.golden.md', import.meta.url);

async function connect(text = INSIGHTFUL, uri = URI, capabilities = FULL_CLIENT) {
  const client = connectInMemory();
  await client.initialize(capabilities);
  await client.open(uri, text);
  return client;
}

/** At the first character of a mark that is in the text once. */
function at(mark: string, text = INSIGHTFUL) {
  return new LineIndex(text).positionAt(text.indexOf(mark));
}

async function textAt(client: TestClient, mark: string, text = INSIGHTFUL, uri = URI) {
  const hover = await client.hover(uri, at(mark, text));
  return MarkupContent.is(hover?.contents) ? hover.contents.value : undefined;
}

/** What is hovered over, and what that is. */
const MARKS = [
  ['database:', 'a group'],
  ['minHealthy: 2', 'a key of a group'],
  ['orders, timeout', 'a call'],
  ['to: payments', 'a call with a deadline'],
  ['quick, idempotent', 'the name of a policy'],
  ['quick:', 'a retry policy'],
  ['payments: {', 'a circuit breaker'],
  ['browsing:', 'a bulkhead'],
  ['pool:', 'a connection pool'],
  ['limit:', 'a rate limiter'],
  ['adaptive:', 'a concurrency limit'],
  ['shop:', 'a service'],
  ['99.9%', 'an objective'],
  ['p99: 1s', 'an objective for latency'],
  ['rto:', 'an objective for recovery'],
  ['rpo:', 'an objective for what may be lost'],
  ['zone-lost:', 'a scenario'],
  ['redundancy:', 'a section'],
] as const;

describe('a hover', () => {
  it('says what can be said, as in the golden file (UPDATE_GOLDEN=1 rewrites it)', async () => {
    const client = await connect();
    const sections: string[] = [];
    for (const [mark, what] of MARKS) {
      sections.push(`## ${what}: \`${mark}\`\n\n${await textAt(client, mark)}\n`);
    }
    const found = sections.join('\n');
    if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, found);
    expect(found).toBe(readFileSync(GOLDEN, 'utf8'));
    expect(found).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('stands on the word under the cursor', async () => {
    const client = await connect();
    const { line, character } = at('minHealthy: 2');
    expect(await client.hover(URI, { line, character: character + 3 })).toMatchObject({
      range: { start: { line, character }, end: { line, character: character + 10 } },
    });
  });

  it.each([
    ['blanks', '    type'],
    ['comments', '# of one'],
  ])('says nothing on %s', async (_, mark) => {
    expect(await (await connect()).hover(URI, at(mark))).toBeNull();
  });

  it('says nothing where no config is open', async () => {
    expect(await (await connect()).hover('file:///a.yaml', { line: 0, character: 0 })).toBeNull();
  });

  it('says only what the format says of what is still being typed', async () => {
    const text = 'version: 1\nredundancy:\n  db:\n    active: [a, b]\n    standbyMode: ho\n';
    const client = await connect(text);
    expect(await textAt(client, 'active', text)).toMatch(/^\*\*Active members\*\*: Members that/);
    expect(await textAt(client, 'db', text)).toMatch(/^\*\*Redundancy group\*\*: /);
  });

  it('leaves what the format says of JSON to the editor, which has the schema', async () => {
    const text = '{ "version": 1, "redundancy": { "db": { "active": ["a", "b"] } } }';
    const uri = 'file:///shop.resilience.json';
    const client = await connect(text, uri);
    expect(await textAt(client, '"active"', text, uri)).toMatch(/^\| Redundancy group 'db' \|/);
    expect(await textAt(client, '"redundancy"', text, uri)).toBeUndefined();
  });

  it('is plain text for a client that knows nothing else', async () => {
    const client = await connect(INSIGHTFUL, URI, { textDocument: { hover: {} } });
    expect(await client.hover(URI, at('shop:'))).toMatchObject({
      contents: { kind: 'plaintext', value: expect.stringMatching(/^Service 'shop'\nLoad: 40\/s/) },
    });
  });

  it('takes no markup from a name, and no more of it than fits', async () => {
    const name = `"<img src=x> | [a](b) ${'x'.repeat(10_000)}"`;
    const text = `version: 1\nredundancy: { ${name}: { active: [a, b] } }\n`;
    const client = await connect(text);
    const found = (await textAt(client, '"<img', text)) ?? '';
    expect(found).toContain('\\<img src=x\\> \\| \\[a\\](b) xxx');
    expect(found.length).toBeLessThan(1_500);
  });
});
