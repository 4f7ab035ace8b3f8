import { beforeEach, describe, expect, it } from 'vitest';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const POLICIES = 'file:///policies.yaml';
const TARGETS = 'file:///targets.yaml';
const head = (name: string) =>
  `apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: { name: ${name} }\n`;
const policies = (name: string) =>
  `${head('policies')}spec:\n  policies:\n    retries:\n      ${name}: { duration: 1s, maxRetries: 3 }\n`;
const targets = `${head('targets')}spec:\n  targets:\n    apps:\n      orders: { retry: few }\n`;

describe('open files of other tools', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = connectInMemory();
    await client.initialize(FULL_CLIENT);
  });

  const codes = async (uri: string) => {
    const report = await client.pull(uri);
    return 'items' in report ? report.items.map(({ code }) => code) : report.kind;
  };

  it('are judged together, whichever was edited last', async () => {
    await client.open(TARGETS, targets, 'yaml');
    expect(await codes(TARGETS)).toEqual(['dapr-unknown-policy']);
    await client.open(POLICIES, policies('few'), 'yaml');
    expect(await codes(TARGETS)).toEqual([]);
    await client.change(POLICIES, 2, { text: policies('many') });
    expect(await codes(TARGETS)).toEqual(['dapr-unknown-policy']);
    expect(await codes(POLICIES)).toEqual(['dapr-unused-policy']);
    await client.close(POLICIES);
    expect(await codes(TARGETS)).toEqual(['dapr-unknown-policy']);
  });

  it('are left alone when they hold nothing that is known', async () => {
    await client.open(TARGETS, 'apiVersion: v1\nkind: ConfigMap\n', 'yaml');
    expect(await codes(TARGETS)).toEqual([]);
    expect(await client.hover(TARGETS, { line: 1, character: 2 })).toBeNull();
  });

  it('say what a policy comes to, but not what keys mean', async () => {
    await client.open(POLICIES, policies('few'), 'yaml');
    const hover = await client.hover(POLICIES, { line: 6, character: 8 });
    expect(JSON.stringify(hover?.contents)).toContain('4: the first try and 3 retries');
    expect(await client.hover(POLICIES, { line: 3, character: 1 })).toBeNull();
  });

  it('are not simulated', async () => {
    await client.open(POLICIES, policies('few'), 'yaml');
    await expect(client.simulate(POLICIES)).rejects.toThrow('is in the format of Dapr');
  });
});
