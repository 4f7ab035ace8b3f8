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

describe('files that are not open', () => {
  const FOLDER = 'file:///shop/';
  const file = (name: string) => `${FOLDER}${name}`;
  let disk: Map<string, string>;
  let client: TestClient;

  beforeEach(async () => {
    disk = new Map([
      [file('policies.yaml'), policies('few')],
      [file('other.yaml'), 'a: 1\n'],
    ]);
    client = connectInMemory({
      readFile: (uri) => disk.get(uri),
      async *findFiles() {
        yield* disk.keys();
      },
    });
    client.folders = [FOLDER];
    await client.initialize(FULL_CLIENT);
    await client.refreshes.first();
    await client.open(file('targets.yaml'), targets, 'yaml');
  });

  const codes = async (name: string) => {
    const report = await client.pull(file(name));
    return 'items' in report ? report.items.map(({ code }) => code) : report.kind;
  };

  it('say what open ones need to know, as long as they do', async () => {
    expect(await codes('targets.yaml')).toEqual([]);
    disk.set(file('policies.yaml'), policies('many'));
    await client.fileChanged(file('policies.yaml'));
    expect(await codes('targets.yaml')).toEqual(['dapr-unknown-policy']);
    disk.set(file('policies.yaml'), policies('few'));
    await client.fileChanged(file('policies.yaml'));
    expect(await codes('targets.yaml')).toEqual([]);
    disk.delete(file('policies.yaml'));
    await client.fileChanged(file('policies.yaml'));
    expect(await codes('targets.yaml')).toEqual(['dapr-unknown-policy']);
  });

  it('give way to what is open, under whatever URI, and come back when it is closed', async () => {
    const open = 'file:///shop/polic%69es.yaml';
    await client.open(open, policies('many'), 'yaml');
    expect(await codes('targets.yaml')).toEqual(['dapr-unknown-policy']);
    await client.close(open);
    expect(await codes('targets.yaml')).toEqual([]);
  });

  it('of other tools are asked for by the server, for what it has to say of them', async () => {
    const { synchronization, ...textDocument } = { ...FULL_CLIENT.textDocument };
    const other = connectInMemory();
    await other.initialize({
      ...FULL_CLIENT,
      textDocument: {
        ...textDocument,
        synchronization: { ...synchronization, dynamicRegistration: true },
      },
    });
    await other.registered.first(({ method }) => method === 'textDocument/diagnostic');
    const asked = other.registered.all.filter(({ method }) => method.startsWith('textDocument/'));
    expect(asked.map(({ method }) => method).sort()).toEqual([
      'textDocument/codeAction',
      'textDocument/codeLens',
      'textDocument/diagnostic',
      'textDocument/didChange',
      'textDocument/didClose',
      'textDocument/didOpen',
      'textDocument/hover',
    ]);
  });
});

it('leaves slips in the syntax to those whose file it is', async () => {
  const client = connectInMemory();
  await client.initialize(FULL_CLIENT);
  await client.open(TARGETS, `${targets}spec: [`, 'yaml');
  expect(await client.pull(TARGETS)).toMatchObject({ items: [] });
});
