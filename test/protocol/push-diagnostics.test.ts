import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PUSH_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { URI, WEAK } from './texts.ts';

describe('pushed diagnostics', () => {
  let client: TestClient;

  // Time stands still unless a test lets it pass, so what is published when is no accident.
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    client = connectInMemory();
    await client.initialize(PUSH_CLIENT);
  });
  afterEach(() => vi.useRealTimers());

  /** Lets the server read what was sent, and think about it as long as it likes. */
  async function settle(): Promise<void> {
    await client.caughtUp();
    vi.runAllTimers();
    await client.caughtUp();
  }

  it('come by themselves, with the version that they are about', async () => {
    await client.open(URI, '', 'faultline', 7);
    await settle();
    expect(client.published.all).toMatchObject([
      { uri: URI, version: 7, diagnostics: [{ code: 'empty-file' }] },
    ]);
  });

  it('come once for a burst of edits, and never for a version that has passed', async () => {
    await client.open(URI, '');
    for (let version = 2; version <= 20; version++) {
      await client.change(URI, version, { text: version < 20 ? '[' : WEAK });
    }
    await settle();
    expect(client.published.all).toHaveLength(1);
    expect(client.published.all[0]).toMatchObject({ version: 20 });
    expect(client.published.all[0]?.diagnostics.map(({ code }) => code)).not.toContain(
      'yaml-syntax',
    );
  });

  it('of one document do not hold up those of another', async () => {
    await client.open(URI, '');
    await client.open('file:///other.resilience.yaml', '');
    await settle();
    expect(client.published.all.map(({ uri }) => uri)).toEqual([
      URI,
      'file:///other.resilience.yaml',
    ]);
  });

  it('are cleared when the document is closed', async () => {
    await client.open(URI, '');
    await settle();
    await client.close(URI);
    await settle();
    expect(client.published.all.at(-1)).toEqual({ uri: URI, diagnostics: [] });
  });

  it('that are still due are dropped when the document is closed', async () => {
    await client.open(URI, '');
    await client.close(URI);
    await settle();
    expect(client.published.all).toEqual([{ uri: URI, diagnostics: [] }]);
  });

  it('do not come for documents that are not ours', async () => {
    await client.open('file:///compose.yaml', '', 'yaml');
    await client.change('file:///compose.yaml', 2, { text: '[' });
    await client.close('file:///compose.yaml');
    await settle();
    expect(client.published.all).toEqual([]);
  });
});
