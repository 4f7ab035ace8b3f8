import { beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes } from 'vscode-languageserver';
import type { SimulationOutcome } from '../../core/index.ts';
import type { SimulationJob, Simulator } from '../../server/simulator.ts';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { Inbox } from './inbox.ts';
import { URI, WEAK } from './texts.ts';

/** A simulator in the hands of the test. */
class HeldSimulator implements Simulator {
  readonly runs = new Inbox<{
    job: SimulationJob;
    onProgress: Parameters<Simulator['run']>[1];
    finish: (outcome: SimulationOutcome) => void;
    fail: (error: Error) => void;
  }>();
  disposed = false;

  run: Simulator['run'] = (job, onProgress, token) =>
    new Promise((finish, fail) => {
      token.onCancellationRequested(() => finish({ kind: 'cancelled' }));
      this.runs.add({ job, onProgress, finish, fail });
    });

  reach: Simulator['reach'] = () => Promise.reject(new Error('Nobody asked for that.'));
  comeback: Simulator['comeback'] = () => Promise.reject(new Error('Nobody asked for that.'));

  dispose(): void {
    this.disposed = true;
  }
}

describe('a simulation', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = connectInMemory();
    await client.initialize();
    await client.open(URI, WEAK, 'faultline', 3);
  });

  it('ends in a report about the version that was simulated', async () => {
    const response = await client.simulate(URI);
    expect(response).toMatchObject({
      kind: 'done',
      version: 3,
      report: { system: 'Shop', file: URI, seed: 7, replications: 2 },
    });
  });

  it('takes the seed and the number of replications from the request', async () => {
    const response = await client.simulate(URI, { seed: 99, replications: 1 });
    expect(response).toMatchObject({ report: { seed: 99, replications: 1 } });
  });

  it('is refused when the config cannot be read, with the reason on the line', async () => {
    await client.change(URI, 4, { text: WEAK.replace('to: cache', 'to: cash') });
    const response = await client.simulate(URI);
    expect(response).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/^The config cannot be simulated: .*'cash'/),
      diagnostics: [
        {
          code: 'unknown-reference',
          range: { start: { line: 13, character: 14 }, end: { line: 13, character: 18 } },
        },
      ],
    });
  });

  it('is refused for a scenario that the file does not have', async () => {
    const response = await client.simulate(URI, { scenario: 'flood' });
    expect(response).toMatchObject({ kind: 'refused', message: expect.stringContaining('flood') });
  });

  it.each([
    [{ replications: 0 }, "'replications' must be a whole number from 1 to 1000, not 0."],
    [{ seed: -1 }, "'seed' must be a whole number from 0 to 4294967295, not -1."],
  ])('is refused for %j, and its progress counts no replications', async (params, reason) => {
    const response = await client.simulate(URI, params);
    expect(response).toMatchObject({ kind: 'refused', diagnostics: [{ message: reason }] });
    expect(client.progress.all.map(({ value }) => value.kind)).toEqual(['begin', 'end']);
  });

  it.each([
    ['a document that is not open', 'file:///gone.resilience.yaml', {}, /gone.*not open/],
    ['a document that is not ours', 'file:///compose.yaml', {}, /compose.*not a resilience config/],
    ['half a replication', URI, { replications: 0.5 }, /'replications' must be a whole number/],
    ['a seed that is text', URI, { seed: 'lucky' as never }, /'seed' must be a whole number/],
    ['a precision that is text', URI, { precision: '1%' as never }, /'precision' must be a number/],
    ['a scenario that is no name', URI, { scenario: {} as never }, /'scenario' must be a name/],
    ['no document at all', undefined as never, {}, /names no document/],
  ])('of %s is an error of the caller', async (_, uri, params, message) => {
    await client.open('file:///compose.yaml', 'services: {}', 'yaml');
    await expect(client.simulate(uri, params)).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringMatching(message),
    });
  });
});

describe('a running simulation', () => {
  let client: TestClient;
  let simulator: HeldSimulator;
  beforeEach(async () => {
    simulator = new HeldSimulator();
    client = connectInMemory({ simulator });
    await client.initialize();
    await client.open(URI, WEAK);
  });

  it('is given the text of now and leaves the server free', async () => {
    const response = client.simulate(URI, { scenario: null });
    const run = await simulator.runs.first();
    await client.change(URI, 2, { text: '' });
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'empty-file' }]);
    expect(run.job).toEqual({ text: WEAK, file: URI, judging: {}, options: { scenario: null } });
    run.finish({ kind: 'done', report: {} as never });
    expect(await response).toEqual({ kind: 'done', version: 1, report: {} });
  });

  it('shows its progress on a token that it asks the client for', async () => {
    const response = client.simulate(URI, { scenario: 'flood', replications: 5 });
    const run = await simulator.runs.first();
    const token = client.progressCreated.all[0];
    const planned = 5;
    run.onProgress(0.25, { replications: 1, planned, simulatedMs: 150_000, widest: null });
    run.onProgress(1, { replications: 5, planned, simulatedMs: 600_000, widest: 0.012 });
    run.finish({ kind: 'cancelled' });
    await response;
    expect(client.progress.all).toEqual([
      {
        token,
        value: { kind: 'begin', title: 'Simulating Shop: flood', percentage: 0, cancellable: true },
      },
      {
        token,
        value: { kind: 'report', percentage: 25, message: '1 of 5 runs · 2m 30s simulated' },
      },
      {
        token,
        value: {
          kind: 'report',
          percentage: 100,
          message: '5 of 5 runs · 10m simulated · intervals ± 1.2%',
        },
      },
      { token, value: { kind: 'end' } },
    ]);
  });

  it('shows its progress on the token of the client, if it has one', async () => {
    const response = client.simulate(URI, { workDoneToken: 'mine' });
    (await simulator.runs.first()).finish({ kind: 'cancelled' });
    await response;
    expect(client.progressCreated.all).toEqual([]);
    expect(client.progress.all.map(({ token, value }) => [token, value.kind])).toEqual([
      ['mine', 'begin'],
      ['mine', 'end'],
    ]);
  });

  it('is silent when the client cannot show progress', async () => {
    const plain = connectInMemory({ simulator });
    await plain.initialize({ ...FULL_CLIENT, window: {} });
    await plain.open(URI, WEAK);
    const response = plain.simulate(URI);
    const run = await simulator.runs.first();
    run.onProgress(0.5);
    run.finish({ kind: 'cancelled' });
    await response;
    expect(plain.progressCreated.all).toEqual([]);
    expect(plain.progress.all).toEqual([]);
  });

  it('runs without progress when the client refuses to show any', async () => {
    client.connection.onRequest('window/workDoneProgress/create', () => {
      throw new Error('no room');
    });
    const response = client.simulate(URI);
    (await simulator.runs.first()).finish({ kind: 'cancelled' });
    expect(await response).toEqual({ kind: 'cancelled' });
    expect(client.progress.all).toEqual([]);
  });

  it('can be cancelled by the one who asked for it', async () => {
    const source = new CancellationTokenSource();
    const response = client.simulate(URI, {}, source.token);
    await simulator.runs.first();
    source.cancel();
    expect(await response).toEqual({ kind: 'cancelled' });
    expect(client.progress.all.at(-1)?.value.kind).toBe('end');
  });

  it('can be cancelled at the progress that the user sees', async () => {
    const response = client.simulate(URI);
    await simulator.runs.first();
    const token = client.progressCreated.all[0];
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    expect(await response).toEqual({ kind: 'cancelled' });
  });

  it('that is cancelled gives the report of what was there', async () => {
    const response = client.simulate(URI);
    (await simulator.runs.first()).finish({ kind: 'partial', report: {} as never });
    expect(await response).toEqual({ kind: 'partial', version: 1, report: {} });
  });

  it('that breaks down is an error in one sentence, logged in full, and the end of nothing', async () => {
    const response = client.simulate(URI);
    (await simulator.runs.first()).fail(new Error('The simulation stopped unexpectedly.'));
    await expect(response).rejects.toMatchObject({
      code: LSPErrorCodes.RequestFailed,
      message: 'The simulation stopped unexpectedly.',
    });
    const { message } = await client.logs.first();
    expect(message).toContain(`A simulation of ${URI} failed.`);
    expect(client.progress.all.at(-1)?.value.kind).toBe('end');
    expect(await client.diagnostics(URI)).not.toEqual([]);
  });

  it('ends with the server', async () => {
    await client.connection.sendRequest('shutdown');
    expect(simulator.disposed).toBe(true);
  });
});
