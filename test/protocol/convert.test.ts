import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodeLensRequest } from 'vscode-languageserver';
import { analyse, simulate } from '../../core/index.ts';
import {
  CONVERT,
  CONVERT_COMMAND,
  type ConvertResponse,
  OPEN_CONFIG_COMMAND,
} from '../../server/protocol.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const URI = 'file:///dapr.yaml';
const TEXT = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: shop }
spec:
  policies:
    timeouts: { long: 30s }
    circuitBreakers:
      shared: { interval: 10s, trip: consecutiveFailures >= 5 }
  targets:
    apps:
      orders: { timeout: long, circuitBreaker: shared }
`;
/** In the interval. */
const CURSOR = { line: 7, character: 27 };

async function open(text = TEXT, uri = URI, commands = [CONVERT_COMMAND, OPEN_CONFIG_COMMAND]) {
  const client = connectInMemory();
  await client.initialize(FULL_CLIENT, { commands });
  await client.open(uri, text, uri === URI ? 'yaml' : 'faultline');
  return client;
}

describe('a finding that only a clock shows', () => {
  it('offers a config whose simulation shows it', async () => {
    const client = await open();
    const actions = await client.codeActions(URI, { start: CURSOR, end: CURSOR });
    const command = actions.flatMap((one) => ('command' in one && one.command) || []).at(0);
    expect(command).toMatchObject({
      command: OPEN_CONFIG_COMMAND,
      arguments: [expect.any(String), true],
    });
    const text = String((command as { arguments?: unknown[] }).arguments?.[0]);
    const outcome = simulate(analyse(text, 'proof.resilience.yaml'));
    expect(outcome).toMatchObject({ report: { objectives: [{ status: 'missed' }] } });
  });

  it('offers none to a client that cannot open it', async () => {
    const client = await open(TEXT, URI, []);
    const actions = await client.codeActions(URI, { start: CURSOR, end: CURSOR });
    expect(actions.filter((one) => 'command' in one && one.command)).toEqual([]);
  });
});

describe('a file of another tool', () => {
  const convert = async (text: string, uri: string, isToBeSimulated = false) => {
    const client = await open(text, uri);
    return client.connection.sendRequest<ConvertResponse>(CONVERT, {
      textDocument: { uri },
      isToBeSimulated,
    });
  };

  it.each([true, false])('is converted, to be simulated: %s', async (isToBeSimulated) => {
    const response = await convert(TEXT, URI, isToBeSimulated);
    expect(response.kind).toBe('converted');
    if (response.kind !== 'converted') return;
    const { model, problems } = analyse(response.text, 'dapr.resilience.yaml');
    expect(problems).toEqual([]);
    const rate = model.services.get('sidecar of shop')?.ratePerSecond?.value;
    expect(rate).toBe(isToBeSimulated ? 10 : undefined);
  });

  it.each([
    ['version: 1\n', 'file:///a.resilience.yaml', 'already'],
    ['kind: ConfigMap\n', URI, 'no file of a tool that is known'],
  ])('is told from %j', async (text, uri, why) => {
    expect(await convert(text, uri)).toEqual({
      kind: 'nothing',
      message: expect.stringContaining(why),
    });
  });

  it('has lenses that simulate and convert it', async () => {
    const client = await open();
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, {
      textDocument: { uri: URI },
    });
    expect(lenses?.map(({ command }) => command?.title)).toEqual([
      '▶ Simulate',
      'convert to a resilience config',
    ]);
  });
});

describe('JSON files of other tools', () => {
  const names = async () => {
    const client = connectInMemory();
    const { synchronization, ...textDocument } = FULL_CLIENT.textDocument ?? {};
    await client.initialize({
      ...FULL_CLIENT,
      textDocument: {
        ...textDocument,
        synchronization: { ...synchronization, dynamicRegistration: true },
      },
    });
    const { registerOptions } = await client.registered.first(
      ({ method }) => method === 'textDocument/hover',
    );
    const { documentSelector } = registerOptions as {
      documentSelector: readonly { language: string; pattern?: string }[];
    };
    return documentSelector.flatMap(({ pattern }) => pattern ?? []);
  };

  it.each([
    ['/src/appsettings.json', true],
    ['/src/appsettings.Production.json', true],
    ['/src/greeter_grpc_service_config.json', true],
    ['/src/service.json', true],
    ['/resilience.json', false],
    ['/shop.resilience.json', false],
    ['/shop.Resilience.json', false],
  ])('%s is asked about besides the native ones: %s', async (file, isAsked) => {
    expect((await names()).some((pattern) => matchesGlob(file, pattern))).toBe(isAsked);
  });
});
