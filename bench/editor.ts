import { type ChildProcess, spawn } from 'node:child_process';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { nativeFile } from './native-file.ts';
import { printFigures, quantile } from './table.ts';

const URI = 'file:///bench.resilience.yaml';
const EDITS = 200;
const STARTS = 9;

/** Start of the language server, and a keystroke until its diagnostics, over stdio. */
export async function benchEditor(): Promise<void> {
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const begin = performance.now();
    const server = await startServer();
    starts.push(performance.now() - begin);
    await server.stop();
  }
  printFigures(
    'Language server, start',
    `Process start until the answer to initialize, over stdio, ${STARTS} starts.`,
    [{ name: 'median', value: quantile(starts, 0.5), unit: 'ms', bound: 250 }],
  );
  for (const [lines, bound] of [
    [1_000, 40],
    [10_000, undefined],
  ] as const) {
    const times = await keystrokes(nativeFile(lines));
    printFigures(
      `Keystroke to diagnostics, ${lines.toLocaleString('en')} lines`,
      `One character typed into a value, then pulled diagnostics, over stdio, ${EDITS} edits.`,
      [
        { name: 'median', value: quantile(times, 0.5), unit: 'ms', ...(bound && { bound }) },
        { name: '95th percentile', value: quantile(times, 0.95), unit: 'ms' },
      ],
    );
  }
}

async function keystrokes(text: string): Promise<number[]> {
  const { connection, stop } = await startServer();
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: URI, languageId: 'faultline', version: 0, text },
  });
  const line = text.split('\n').findIndex((one) => one.includes('minHealthy: 2'));
  const place = { line, character: '    minHealthy: 2'.length };
  const times: number[] = [];
  for (let edit = 1; edit <= EDITS; edit++) {
    // Types a digit and takes it back, in turn.
    const end = edit % 2 === 1 ? place : { line, character: place.character + 1 };
    const begin = performance.now();
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: URI, version: edit },
      contentChanges: [{ range: { start: place, end }, text: edit % 2 === 1 ? '0' : '' }],
    });
    await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: URI } });
    times.push(performance.now() - begin);
  }
  await stop();
  return times;
}

async function startServer(): Promise<{ connection: ProtocolConnection; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ['dist/server.cjs', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdout || !child.stdin) throw new Error('The server has no streams.');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      await exited;
      connection.dispose();
    },
  };
}
