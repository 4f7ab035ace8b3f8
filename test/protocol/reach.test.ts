import { beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReachOutcome } from '../../core/index.ts';
import { REACH_COMMAND } from '../../server/protocol.ts';
import type { ReachJob, Simulator } from '../../server/simulator.ts';
import { FULL_CLIENT, type TestClient } from './client.ts';
import { connectInMemory } from './in-memory.ts';
import { Inbox } from './inbox.ts';
import { URI } from './texts.ts';

/** Two of three at 99 % miss 99.99 %. */
const MISSED = `version: 1
system: Shop
objectives:
  availability: 99.99% # what the contract says
  latency: { p99: 1s }
redundancy:
  db:
    minHealthy: 2
    active: [db-1, db-2, db-3] # all alike
    failures: { mtbf: 99h }
    recovery: { time: 1h, maxTime: 1h, successRate: 100% }
services:
  web: { latency: 10ms, traffic: { rate: 5/s }, calls: [{ to: db }] }
simulation: { duration: 10s, replications: 2 }
`;
const MET = MISSED.replace('99.99%', '99.9%');
const REACHED = MISSED.replace('db-3]', 'db-3, db-4]');

/** A cursor in front of a text. */
function cursorAt(text: string, word: string) {
  const position = TextDocument.create(URI, 'yaml', 1, text).positionAt(text.indexOf(word));
  return { start: position, end: position };
}

async function open(text: string, commands: readonly string[] = [REACH_COMMAND]) {
  const client = connectInMemory();
  await client.initialize(FULL_CLIENT, { commands });
  await client.open(URI, text, 'faultline', 4);
  return client;
}

describe('the way to an objective', () => {
  it('is an edit of the version that was asked about', async () => {
    const client = await open(MISSED);
    const response = await client.reach(URI, { objective: { kind: 'availability' } });
    expect(response).toMatchObject({
      kind: 'reached',
      version: 4,
      message: '1 edit would bring the availability from 99.97% to 99.9996%; 99.99% is promised.',
      titles: ["Add the member 'db-4' to 'db'"],
      simulated: [
        'In the long run of failures and repairs, exactly: 99.97% before, 99.9996% after.',
        expect.stringMatching(/^In 10s of the usual traffic: .* before, .* after\.$/),
      ],
      newText: REACHED,
    });
    if (response.kind !== 'reached') return;
    const document = TextDocument.create(URI, 'yaml', 4, MISSED);
    expect(TextDocument.applyEdits(document, [...response.edits])).toBe(REACHED);
  });

  it('is that of the first one that is missed, unless one is named', async () => {
    expect(await (await open(MISSED)).reach(URI)).toMatchObject({ kind: 'reached' });
    expect(await (await open(MET)).reach(URI)).toEqual({
      kind: 'nothing',
      message: 'Every objective is met, as far as the file says.',
    });
    expect(await (await open('version: 1\nservices: { web: {} }')).reach(URI)).toEqual({
      kind: 'nothing',
      message: "The config promises nothing: write 'objectives'.",
    });
  });

  it.each([
    [
      'is not needed where it is met',
      MET,
      /^The availability comes to 99\.97%; 99\.9% is promised, so it is met already, as far as the file says\. Not written: 'runsOn' of 'web'\.$/,
    ],
    [
      'is not known where too little is written',
      MISSED.replace(/ {4}failures.*\n/, ''),
      /^Nothing can be said of the availability\. Not written: .*'failures\.mtbf' of 'db'/,
    ],
    [
      'is not there where nothing helps',
      MISSED.replace('calls: [{ to: db }]', 'errorRate: 5%, calls: [{ to: db }]'),
      /^Nothing within bounds brings the availability from 94\.\d+% to 99\.99%\. All that may be changed together comes to 9[45].*\. What limits it then: 'web' itself answers 95% of its requests\.$/,
    ],
    [
      'is not looked for in a config with errors',
      MISSED.replace('to: db', 'to: bd'),
      /^The config cannot be judged: .*'bd'/,
    ],
  ])('%s', async (_, text, message) => {
    const client = await open(text);
    const response = await client.reach(URI, { objective: { kind: 'availability' } });
    expect(response).toEqual({ kind: 'nothing', message: expect.stringMatching(message) });
  });

  it.each([
    ['a document that is not open', 'file:///gone.resilience.yaml', undefined, /gone.*not open/],
    ['an objective that is not written', URI, { kind: 'rto' }, /has no objective 'rto'/],
    ['an objective that is none', URI, { kind: 'beauty' }, /'objective' must be/],
    ['an objective of a number', URI, { kind: 'availability', service: 5 }, /'objective' must be/],
    ['an objective of nobody', URI, null, /'objective' must be/],
  ])('of %s is an error of the caller', async (_, uri, objective, message) => {
    const client = await open(MISSED);
    await expect(client.reach(uri, { objective: objective as never })).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringMatching(message),
    });
  });
});

describe('a search that takes its time', () => {
  const jobs = new Inbox<{
    job: ReachJob;
    onProgress: (fraction: number) => void;
    finish: (outcome: ReachOutcome) => void;
    fail: (error: Error) => void;
  }>();
  const simulator: Simulator = {
    run: () => Promise.reject(new Error('Nobody asked for that.')),
    comeback: () => Promise.reject(new Error('Nobody asked for that.')),
    reach: (job, onProgress, token) =>
      new Promise((finish, fail) => {
        token.onCancellationRequested(() => finish({ kind: 'cancelled' }));
        jobs.add({ job, onProgress, finish, fail });
      }),
    dispose() {},
  };
  let client: TestClient;
  beforeEach(async () => {
    jobs.all.length = 0;
    client = connectInMemory({ simulator });
    await client.initialize();
    await client.open(URI, MISSED);
  });

  it('is given the text of now, and tells how far it is', async () => {
    const response = client.reach(URI, { workDoneToken: 'mine' });
    const { finish, job, onProgress } = await jobs.first();
    expect(job).toEqual({
      text: MISSED,
      file: URI,
      judging: {},
      objective: { kind: 'availability' },
    });
    onProgress(0.5);
    finish({ kind: 'cancelled' });
    expect(await response).toEqual({ kind: 'cancelled' });
    expect(client.progress.all.map(({ value }) => value)).toEqual([
      {
        kind: 'begin',
        title: 'Reaching the availability of Shop',
        percentage: 0,
        cancellable: true,
      },
      { kind: 'report', percentage: 50, message: 'simulating what was found' },
      { kind: 'end' },
    ]);
  });

  it('can be cancelled', async () => {
    const source = new CancellationTokenSource();
    const response = client.reach(URI, {}, source.token);
    await jobs.first();
    source.cancel();
    expect(await response).toEqual({ kind: 'cancelled' });
  });

  it('that breaks down is an error in one sentence, logged in full', async () => {
    const response = client.reach(URI);
    (await jobs.first()).fail(new Error('The simulation stopped unexpectedly.'));
    await expect(response).rejects.toMatchObject({
      code: LSPErrorCodes.RequestFailed,
      message: 'The simulation stopped unexpectedly.',
    });
    expect((await client.logs.first()).message).toContain(
      `The search for a way to meet an objective of ${URI} failed.`,
    );
  });
});

describe('the code action', () => {
  const titlesAt = async (client: TestClient, text: string, word: string) => {
    const actions = await client.codeActions(URI, cursorAt(text, word), ['refactor']);
    return actions.map(({ title }) => title);
  };

  it('stands on an objective that is missed, and calls the command of the client', async () => {
    const client = await open(MISSED);
    const title = 'Reach the objective: availability…';
    const actions = await client.codeActions(URI, cursorAt(MISSED, '99.99%'), ['refactor']);
    expect(actions).toEqual([
      {
        title,
        kind: 'refactor.rewrite',
        command: { title, command: REACH_COMMAND, arguments: [URI, { kind: 'availability' }] },
      },
    ]);
    // On its key as well.
    expect(await titlesAt(client, MISSED, 'availability')).toEqual([title]);
  });

  it.each([
    ['on one that is met', MISSED, 'p99', [REACH_COMMAND]],
    ['anywhere else', MISSED, 'version', [REACH_COMMAND]],
    ['in a config with errors', MISSED.replace('to: db', 'to: bd'), '99.99%', [REACH_COMMAND]],
    ['where the client has no such command', MISSED, '99.99%', []],
  ])('is not there %s', async (_, text, word, commands) => {
    expect(await titlesAt(await open(text, commands), text, word)).toEqual([]);
  });

  it('names the service whose promise it is', async () => {
    const text = MISSED.replace('web: {', 'web: { objectives: { availability: 99.999% },');
    const actions = await (await open(text)).codeActions(URI, cursorAt(text, '99.999%'));
    expect(actions.map(({ command }) => command?.arguments?.[1])).toContainEqual({
      kind: 'availability',
      service: 'web',
    });
  });
});
