import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, InlayHint } from 'vscode-languageserver';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { INSIGHTFUL, URI } from './texts.ts';

const CHANGES = 'workspace/didChangeConfiguration';

async function connect(text = INSIGHTFUL, capabilities: ClientCapabilities = FULL_CLIENT) {
  const client = connectInMemory();
  await client.initialize(capabilities);
  await client.open(URI, text);
  return client;
}

/** The lines that have hints, with the hints in them. */
function shown(hints: readonly InlayHint[], text = INSIGHTFUL): string[] {
  const lines = text.split('\n');
  return hints.map(({ label, position: { character, line } }) => {
    const whole = lines[line] ?? '';
    return `${whole.slice(0, character)} ‹${label}›${whole.slice(character)}`.trim();
  });
}

describe('inlay hints', () => {
  it('say the one number that matters, where the line ends or the name does', async () => {
    const client = await connect();
    expect(shown(await client.inlayHints(URI))).toEqual([
      'availability: 99.9% ‹reachable: 99.89%›',
      'latency: { p99: 1s ‹at least 700ms› }',
      'rto: 1m ‹up to 5s›',
      'rpo: 1s ‹up to 500ms›',
      'database: ‹MEDIUM · 99.9995%›',
      'browsing: { size: 4, queue: 2 } ‹47.75% rejected›',
      'adaptive: { max: 20 } ‹0.0001% rejected›',
      'pool: { max: 5 } ‹<0.0001% rejected›',
      'objectives: { availability: 99.95% ‹reachable: 99.89%› }',
      '- { to: orders, timeout: 400ms, retry: quick, idempotent: true } ‹≤ 1.35s›',
      '- to: payments ‹≤ 2s›',
      '- { to: database, timeout: 100ms, retry: quick, connectionPool: pool } ‹≤ 30.5s›',
      'objectives: { availability: 99.9% ‹reachable: 99.9%› }',
    ]);
  });

  it('are given for the lines that are asked for', async () => {
    const client = await connect();
    const all = await client.inlayHints(URI);
    const one = all[2];
    if (!one) throw new Error('There are too few hints.');
    const { line } = one.position;
    const range = { start: { line, character: 0 }, end: { line, character: 1_000 } };
    expect(await client.inlayHints(URI, range)).toEqual([one]);
  });

  it('say nothing of what is still being typed', async () => {
    const text = 'version: 1\nredundancy:\n  db:\n    active: [a, b]\n    standbyMode: ho\n';
    expect(await (await connect(text)).inlayHints(URI)).toEqual([]);
    const sound = text.replace('ho\n', 'hot\n');
    expect(await (await connect(sound)).inlayHints(URI)).toHaveLength(1);
  });

  it('can be turned off, and on again without opening the file anew', async () => {
    const client = await connect();
    const registered = await client.registered.first(({ method }) => method === CHANGES);
    expect(registered.registerOptions).toEqual({ section: 'faultline' });
    expect(await client.inlayHints(URI)).not.toEqual([]);
    await client.set({ faultline: { inlayHints: false } });
    await client.refreshed.first();
    expect(await client.inlayHints(URI)).toEqual([]);
    await client.set({ faultline: { inlayHints: true } });
    expect(await client.inlayHints(URI)).not.toEqual([]);
  });

  it.each([[null], [{}], [{ inlayHints: 'no' }], ['off']])(
    'are on where the setting is %j',
    async (faultline) => {
      const client = await connect();
      await client.set({ faultline });
      expect(await client.inlayHints(URI)).not.toEqual([]);
    },
  );

  it('are on for a client that cannot be asked for settings', async () => {
    const client = await connect(INSIGHTFUL, { textDocument: { inlayHint: {} } });
    expect(await client.inlayHints(URI)).not.toEqual([]);
  });

  it('are not offered to a client that has none', async () => {
    const client = connectInMemory();
    const { capabilities } = await client.initialize({});
    expect(capabilities).not.toHaveProperty('inlayHintProvider');
  });
});
