import { describe, expect, it } from 'vitest';
import { FULL_CLIENT, PUSH_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const URI = 'file:///work/services/shop.resilience.yaml';
const CONFIGURATION = 'file:///work/faultline.config.yaml';
const ALONE = `version: 1
redundancy:
  db: { minHealthy: 1, active: [db-1] }
simulation: { duration: 1s, replications: 1 }
`;

/** A client of a server that reads these files; they may be changed later. */
async function open(
  files: Record<string, string | undefined>,
  capabilities = FULL_CLIENT,
  uri = URI,
) {
  const reads: string[] = [];
  const client = connectInMemory({
    readFile: (one) => {
      reads.push(one);
      return files[one];
    },
  });
  await client.initialize(capabilities);
  await client.open(uri, ALONE);
  const judged = async () =>
    (await client.diagnostics(uri)).map(({ code, severity }) => `${severity} ${code}`);
  return { client, judged, reads };
}

describe('the configuration', () => {
  it('of the nearest folder above a document says how bad rules are', async () => {
    const files = {
      [CONFIGURATION]: 'rules: { single-instance: error }\n',
      'file:///faultline.config.yaml': 'rules: { single-instance: off }\n',
    };
    const { judged } = await open(files);
    expect(await judged()).toEqual(['1 single-instance']);
  });

  it('speaks of paths from its own folder', async () => {
    const rules = 'rules: { single-instance: hint }';
    const files = { [CONFIGURATION]: `overrides: [{ files: [services/], ${rules} }]\n` };
    const { judged } = await open(files);
    expect(await judged()).toEqual(['4 single-instance']);
  });

  it('is watched, and its changes count at once', async () => {
    const files: Record<string, string> = {};
    const { client, judged } = await open(files);
    expect(await judged()).toEqual(['2 single-instance']);
    const { registerOptions } = await client.registered.first();
    expect(registerOptions).toEqual({ watchers: [{ globPattern: '**/faultline.config.yaml' }] });

    files[CONFIGURATION] = 'rules: { single-instance: info }\n';
    await client.fileChanged(CONFIGURATION);
    await client.refreshes.first();
    expect(await judged()).toEqual(['3 single-instance']);
  });

  it('is read once while nothing changes', async () => {
    const { client, judged, reads } = await open({ [CONFIGURATION]: '' });
    await judged();
    await client.change(URI, 2, { text: `${ALONE}\n` });
    await judged();
    expect(reads.filter((one) => one === CONFIGURATION)).toHaveLength(1);
  });

  it('is read for each version where the client cannot watch files', async () => {
    const files: Record<string, string> = {};
    const { client, judged } = await open(files, { textDocument: { diagnostic: {} } });
    expect(await judged()).toEqual(['2 single-instance']);
    files[CONFIGURATION] = 'rules: { single-instance: info }\n';
    await client.change(URI, 2, { text: `${ALONE}\n` });
    expect(await judged()).toEqual(['3 single-instance']);
    expect(client.registered.all).toEqual([]);
  });

  it('is published anew to a client that is sent its diagnostics', async () => {
    const files: Record<string, string> = {};
    const { client } = await open(files, PUSH_CLIENT);
    const published = (severity: number) =>
      client.published.first(({ uri, diagnostics }) => {
        return uri === URI && diagnostics[0]?.severity === severity;
      });
    await published(2);
    files[CONFIGURATION] = 'rules: { single-instance: info }\n';
    await client.fileChanged(CONFIGURATION);
    await published(3);
  });

  it('has its own problems shown in it, until they are mended', async () => {
    const files = { [CONFIGURATION]: 'rules: { singel-instance: off }\n' };
    const { client, judged } = await open(files);
    await judged();
    const { diagnostics } = await client.published.first(({ uri }) => uri === CONFIGURATION);
    expect(diagnostics).toMatchObject([
      {
        code: 'unknown-key',
        message: "There is no rule 'singel-instance'. Did you mean 'single-instance'?",
        range: { start: { line: 0, character: 9 }, end: { line: 0, character: 24 } },
      },
    ]);
    files[CONFIGURATION] = '';
    await client.fileChanged(CONFIGURATION);
    await judged();
    await client.published.first(({ uri, diagnostics }) => {
      return uri === CONFIGURATION && diagnostics.length === 0;
    });
  });

  it('holds for the report of a simulation', async () => {
    const { client } = await open({ [CONFIGURATION]: 'rules: { single-instance: off }\n' });
    const response = await client.simulate(URI);
    if (response.kind !== 'done') expect.fail();
    expect(response.report.findings.map(({ ruleId }) => ruleId)).not.toContain('single-instance');
  });

  it.each(['untitled:Untitled-1', 'file:///%E0%A4%A.resilience.yaml', 'odd://[/resilience.yaml'])(
    'is not needed: %s',
    async (uri) => {
      const { judged } = await open({}, FULL_CLIENT, uri);
      expect(await judged()).toEqual(['2 single-instance']);
    },
  );
});

describe('the baseline', () => {
  const BASELINE = 'file:///work/known%20before.json';
  const known = (files: unknown) =>
    JSON.stringify({ format: 'faultline-baseline', version: 1, files });

  it('that the configuration names hides what it knows, and is watched', async () => {
    const files: Record<string, string> = {
      [CONFIGURATION]: 'baseline: known before.json\n',
      [BASELINE]: known({
        'services/shop.resilience.yaml': { 'single-instance redundancy/db': 1 },
      }),
    };
    const { client, judged } = await open(files);
    expect(await judged()).toEqual([]);
    await client.registered.first(({ registerOptions }) => {
      return registerOptions.watchers?.[0].globPattern === '**/known before.json';
    });
    files[BASELINE] = known({});
    await client.fileChanged(BASELINE);
    expect(await judged()).toEqual(['2 single-instance']);
  });

  it.each([undefined, 'no JSON'])('hides nothing when it is %s', async (text) => {
    const files = { [CONFIGURATION]: 'baseline: known before.json\n', [BASELINE]: text };
    const { judged } = await open(files);
    expect(await judged()).toEqual(['2 single-instance']);
  });
});
