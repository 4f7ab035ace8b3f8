import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FULL_CLIENT, PUSH_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const GOLDEN = new URL('initialize.golden.json', import.meta.url);

describe('initialize', () => {
  it('answers with exactly the golden result (UPDATE_GOLDEN=1 rewrites it)', async () => {
    const result = await connectInMemory().initialize(FULL_CLIENT);
    const found = `${JSON.stringify(result, null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, found);
    expect(found).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('offers no pulling to a client that cannot pull', async () => {
    const { capabilities } = await connectInMemory().initialize(PUSH_CLIENT);
    expect(capabilities).not.toHaveProperty('diagnosticProvider');
  });

  it('gets along with a client that says nothing about itself', async () => {
    const { serverInfo } = await connectInMemory().initialize({}, null);
    expect(serverInfo).toEqual({ name: 'Faultline', version: '1.2.3' });
  });

  it('refuses requests that come before it', async () => {
    const early = connectInMemory().simulate('file:///resilience.yaml');
    await expect(early).rejects.toThrow();
  });
});
