/** The server as it ships: bundled, in a process of its own, simulating in a real thread. */

import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import {
  createProtocolConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-languageserver/node';
import packageJson from '../../package.json' with { type: 'json' };
import { threadsOf } from '../../server/node/threads.ts';
import { WorkerSimulator } from '../../server/workers/simulator.ts';
import { buildServer, connectIpc, connectStdio, run } from './built.ts';
import { TestClient } from './client.ts';
import { URI, WEAK } from './texts.ts';

/** A day of traffic: minutes of work. */
const LONG = WEAK.replace('duration: 10s', 'duration: 24h');

let folder: string;
beforeAll(async () => {
  folder = await buildServer();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the built server', () => {
  it('serves a whole session over stdio and leaves with code 0', async () => {
    const server = run(folder, ['--stdio']);
    const client = connectStdio(server);
    const { serverInfo } = await client.initialize();
    expect(serverInfo).toEqual({ name: 'Faultline', version: packageJson.version });

    await client.open(URI, WEAK);
    const [diagnostic] = await client.diagnostics(URI);
    expect(diagnostic?.codeDescription?.href).toMatch(
      new RegExp(`^file:///.*/docs/rules/${diagnostic?.code}\\.md$`),
    );

    const response = await client.simulate(URI);
    expect(response).toMatchObject({ kind: 'done', version: 1, report: { system: 'Shop' } });
    const shown = client.progress.all.map(({ value }) => value.kind);
    expect(new Set(shown)).toEqual(new Set(['begin', 'report', 'end']));
    // The same seed gives the same report, whatever the thread has run before.
    expect(await client.simulate(URI)).toEqual(response);

    await client.connection.sendRequest('shutdown');
    await client.connection.sendNotification('exit');
    expect(await server.exited).toMatchObject({ code: 0, stderr: '' });
  });

  it('cancels a long simulation half-way and goes on', async () => {
    const server = run(folder, ['--stdio']);
    const client = connectStdio(server);
    await client.initialize();
    await client.open(URI, LONG);
    const source = new CancellationTokenSource();
    const response = client.simulate(URI, { replications: 20 }, source.token);
    await client.progress.first(({ value }) => value.kind === 'report');
    source.cancel();
    expect(await response).toMatchObject({
      kind: 'partial',
      report: { partial: { planned: 20, isCut: true } },
    });

    await client.change(URI, 2, { text: WEAK });
    expect(await client.simulate(URI)).toMatchObject({ kind: 'done', version: 2 });
    server.process.kill();
    await server.exited;
  });

  it('looks for the way to an objective in its thread', async () => {
    const server = run(folder, ['--stdio']);
    const client = connectStdio(server);
    await client.initialize();
    const group = `minHealthy: 1, active: [db-1], failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }`;
    await client.open(
      URI,
      `version: 1\nobjectives: { availability: 99.9% }\nredundancy: { db: { ${group} } }`,
    );
    expect(await client.reach(URI)).toMatchObject({
      kind: 'reached',
      titles: ["Add the member 'db-2' to 'db'"],
      newText: expect.stringContaining('active: [db-1, db-2]'),
    });
    server.process.kill();
    await server.exited;
  });

  it('keeps what a worker prints out of the protocol', async () => {
    const noisy = await buildServer();
    const worker = join(noisy, 'worker.cjs');
    writeFileSync(worker, `console.log('noise');${readFileSync(worker, 'utf8')}`);
    const server = run(noisy, ['--stdio']);
    const client = connectStdio(server);
    await client.initialize();
    await client.open(URI, WEAK);
    expect(await client.simulate(URI)).toMatchObject({ kind: 'done' });
    server.process.kill();
    expect((await server.exited).stderr).toMatch(/^(?:noise\n)+$/);
    rmSync(noisy, { recursive: true });
  });

  it('ends when its standard input does', async () => {
    const server = run(folder, ['--stdio']);
    await connectStdio(server).initialize();
    server.process.stdin?.end();
    expect(await server.exited).toMatchObject({ code: 1, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('logs what nobody caught, and lives', async () => {
    const preload = join(folder, 'stray.cjs');
    writeFileSync(
      preload,
      `process.on('SIGUSR2', () => { Promise.reject(new Error('lost')); throw new Error('stray'); });`,
    );
    const server = run(folder, ['--stdio'], { NODE_OPTIONS: `--require=${preload}` });
    const client = connectStdio(server);
    await client.initialize();
    server.process.kill('SIGUSR2');
    const error = await client.logs.first(({ message }) => message.startsWith('Unexpected error'));
    expect(error.message).toContain('stray');
    const lost = await client.logs.first(({ message }) => message.startsWith('Unexpected rej'));
    expect(lost.message).toContain('lost');
    await client.open(URI, '');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'empty-file' }]);
    server.process.kill();
    await server.exited;
  });

  it('speaks over an IPC channel, and ends when it is closed', async () => {
    const server = run(folder, ['--node-ipc']);
    const client = connectIpc(server);
    await client.initialize();
    await client.open(URI, '');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'empty-file' }]);
    server.process.disconnect();
    expect(await server.exited).toMatchObject({ code: 1, stderr: '' });
  });

  it('connects to a port, and ends when the connection does', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    const server = run(folder, [`--socket=${port}`]);
    const [socket] = (await once(listener, 'connection')) as [Socket];
    const client = new TestClient(
      createProtocolConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket)),
    );
    await client.initialize();
    await client.open(URI, '');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'empty-file' }]);
    socket.destroy();
    listener.close();
    expect(await server.exited).toMatchObject({ code: 1, stderr: '' });
  });

  it('says so when nobody listens on the port', async () => {
    const { code, stderr } = await run(folder, ['--socket=1']).exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Port 1: .*ECONNREFUSED.*\n$/);
  });
});

describe('the built worker', () => {
  afterEach(() => vi.useRealTimers());

  it('notices by itself that its job is cancelled', async () => {
    // Time stands still, so nobody ends the thread from outside.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const simulator = new WorkerSimulator(threadsOf(join(folder, 'worker.cjs')));
    const source = new CancellationTokenSource();
    const job = { text: WEAK, file: URI, options: {}, judging: {} };
    const long = { ...job, text: LONG, judging: {}, options: { replications: 20 } };
    const outcome = simulator.run(long, () => source.cancel(), source.token);
    expect(await outcome).toMatchObject({ kind: 'partial' });
    const next = await simulator.run(job, () => {}, CancellationToken.None);
    expect(next.kind).toBe('done');
    simulator.dispose();
  });
});

describe('the command line of the built server', () => {
  it.each([
    ['no arguments', [], /^Say how to talk to the server: .* See --help\.\n$/],
    ['a port that is none', ['--socket=abc'], /^--socket needs a port/],
  ])('answers %s with a sentence and code 2', async (_, args, sentence) => {
    const { code, stdout, stderr } = await run(folder, args).exited;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('prints its version and its help', async () => {
    expect(await run(folder, ['--version']).exited).toEqual({
      code: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
    expect((await run(folder, ['--help']).exited).stdout).toMatch(/^Usage: /);
  });
});
