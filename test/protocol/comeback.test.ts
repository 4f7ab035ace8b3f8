import { expect, it, vi } from 'vitest';
import { ErrorCodes, LSPErrorCodes } from 'vscode-languageserver';
import type { Simulator } from '../../server/simulator.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { URI, WEAK } from './texts.ts';

// A search takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Two tries, at nearly all that the database can serve. Its name is an attack on the page. */
const STORM = `version: 1
system: 'Storm | <b>*x*</b>'
retries: { twice: { attempts: 2, backoff: { initial: 0ms, jitter: none } } }
services:
  web:
    traffic: { rate: 90/s }
    calls: [{ to: db, timeout: 400ms, onTimeout: abandon, retry: twice, idempotent: true }]
  db: { latency: 1ms, capacity: 100/s }
scenarios:
  calm: {}
  outage: { faults: [{ at: 10s, degrade: db, errorRate: 100%, for: 20s }] }
simulation: { duration: 3m, seed: 3 }
`;

async function open(text: string, simulator?: Partial<Simulator>) {
  const client = connectInMemory(simulator ? { simulator: simulator as Simulator } : {});
  await client.initialize(FULL_CLIENT);
  await client.open(URI, text, 'faultline', 4);
  return client;
}

it('is found, and told in a sentence and on a page', async () => {
  const client = await open(STORM);
  const response = await client.comeback(URI);
  if (response.kind !== 'found') throw new Error(JSON.stringify(response));
  expect(response.message).toMatch(/^Stuck: under its load of 90\/s .* after 'outage'/);
  const { page } = response;
  expect(page).toMatch(/^# Storm \\\| \\<b\\>\\\*x\\\*\\<\/b\\>: outage\n/);
  expect(page).toMatch(/^\| Stuck from \| 5[\d.]+\/s \(×0\.5\d*\) \| in \d of \d runs \|$/m);
  expect(page).toMatch(/^\| Closed form \| 50\/s \(×0\.556\) \| 100\/s of 'db' ÷ 2 requests/m);
  expect(page).toMatch(/^\| ✔ Retry nothing in 'twice' .* \| 3 \|$/m);
  // A row for each, with as many cells as titles.
  for (const row of page.split('\n').filter((line) => line.startsWith('|'))) {
    expect(row.split(/(?<!\\)\|/)).toHaveLength(5);
  }
});

it.each([
  ['without faults', WEAK, {}, /^The config cannot be simulated: No scenario has faults/],
  ['in a scenario without', STORM, { scenario: 'calm' }, /The scenario 'calm' has no faults/],
  ['in one that is not there', STORM, { scenario: 'x' }, /There is no scenario 'x'/],
])('nothing is found %s', async (_, text, params, message) => {
  const client = await open(text);
  expect(await client.comeback(URI, params)).toEqual({
    kind: 'nothing',
    message: expect.stringMatching(message),
  });
});

it('is an error of the caller who names no scenario, or no document', async () => {
  const client = await open(STORM);
  const expected = { code: ErrorCodes.InvalidParams };
  await expect(client.comeback(URI, { scenario: 5 as never })).rejects.toMatchObject(expected);
  await expect(client.comeback('file:///other.yaml')).rejects.toMatchObject(expected);
});

it('can be cancelled, and says what broke down', async () => {
  const cancelled = await open(STORM, {
    comeback: async () => ({ kind: 'cancelled' }),
    dispose() {},
  });
  expect(await cancelled.comeback(URI)).toEqual({ kind: 'cancelled' });
  const broken = await open(STORM, {
    comeback: () => Promise.reject(new Error('no luck')),
    dispose() {},
  });
  await expect(broken.comeback(URI)).rejects.toMatchObject({
    code: LSPErrorCodes.RequestFailed,
    message: 'no luck',
  });
});
