/**
 * Texts that have taken servers down, given to a real process: some of them would end it in a way
 * that nothing can catch. One server takes them all, each one twice, and works at the end.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltServer, buildServer, connectStdio, run } from './built.ts';
import type { TestClient } from './client.ts';
import { WEAK } from './texts.ts';

const conflict = `version: 1\n<<<<<<< HEAD\nsystem: a\n=======\nsystem: b\n>>>>>>> other\n`;
const bomb = ['a0: &a0 [x, x]']
  .concat(Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`))
  .join('\n');

describe('a server that is given', () => {
  let folder: string;
  let server: BuiltServer;
  let client: TestClient;
  let count = 0;

  beforeAll(async () => {
    folder = await buildServer();
    server = run(folder, ['--stdio']);
    client = connectStdio(server);
    await client.initialize();
  });
  afterAll(async () => {
    server.process.kill();
    await server.exited;
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['an empty file', '', 'empty-file'],
    ['a file of comments', '# nothing\n', 'empty-file'],
    ['binary text', '\u0000\u0001ELF\ufffd\ufffd', 'not-text'],
    ['more than 5 MB', `version: 1\n${'# filler\n'.repeat(600_000)}`, 'file-too-large'],
    ['1,000 nested lists', '['.repeat(1000), 'too-deeply-nested'],
    [
      '1,000 nested lists that are closed',
      '['.repeat(1000) + ']'.repeat(1000),
      'too-deeply-nested',
    ],
    ['1,000 nested items', `${'- '.repeat(1000)}a`, 'too-deeply-nested'],
    ['a merge conflict', conflict, 'merge-conflict'],
    ['a YAML bomb', bomb, 'too-many-values'],
    ['a hostile key', 'version: 1\n__proto__: { polluted: true }\n', 'unknown-key'],
    ['a hostile service', `${WEAK}__proto__: 1\n`, 'unknown-key'],
  ])('%s finds one clear problem and lives', async (_, text, code) => {
    const uri = `file:///${++count}.resilience.yaml`;
    await client.open(uri, text);
    const first = await client.diagnostics(uri);
    await client.change(uri, 2, { text: `${text} ` });
    await client.diagnostics(uri);
    expect(first.filter((one) => one.code === code)).toHaveLength(1);
    expect(first.filter((one) => one.severity === 1)).toHaveLength(1);
    expect(first[0]?.message).not.toBe('');
    expect(await client.simulate(uri)).toMatchObject({ kind: 'refused' });
    await client.close(uri);
  });

  it('nothing but an honest config works as ever', async () => {
    const uri = 'file:///honest.resilience.yaml';
    await client.open(uri, WEAK);
    expect(await client.simulate(uri)).toMatchObject({ kind: 'done', report: { system: 'Shop' } });
    expect(client.logs.all).toEqual([]);
  });
});
