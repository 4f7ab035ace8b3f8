#!/usr/bin/env node
/** The language server as a Node process. Built into one CommonJS file, dist/server.cjs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Connection,
  createConnection,
  createServerSocketTransport,
} from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { startServer } from '../server.ts';
import { WorkerSimulator } from '../workers/simulator.ts';
import { readArguments } from './arguments.ts';
import { findFiles } from './find-files.ts';
import { keepHeapSmall } from './heap.ts';
import { threadsOf } from './threads.ts';

keepHeapSmall();
const command = readArguments(process.argv.slice(2), version, process.send !== undefined);
if (command.kind === 'serve') serve(connect(command.port));
else if (command.kind === 'print') process.stdout.write(command.text);
else {
  process.stderr.write(command.text);
  process.exitCode = 2;
}

/**
 * The library reads `--stdio` and `--node-ipc` from the command line. It ends the process when
 * stdin closes or when the client's process is gone; who hangs up in another way is noticed here.
 */
function connect(port: number | undefined): Connection {
  process.on('disconnect', () => process.exit(1));
  if (port === undefined) return createConnection();
  const [reader, writer] = createServerSocketTransport(port);
  reader.onError((error) => process.stderr.write(`Port ${port}: ${error.message}\n`));
  reader.onClose(() => process.exit(1));
  return createConnection(reader, writer);
}

function serve(connection: Connection): void {
  // A mistake in one request must not take the server, and with it all open files, away.
  process.on('uncaughtException', (error) => {
    connection.console.error(`Unexpected error: ${error.stack ?? error.message}`);
  });
  process.on('unhandledRejection', (reason) => {
    const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    connection.console.error(`Unexpected rejection: ${detail}`);
  });
  startServer(connection, {
    version,
    simulator: new WorkerSimulator(threadsOf(join(__dirname, 'worker.cjs'))),
    readFile,
    findFiles,
    docsUri: pathToFileURL(join(__dirname, '..', 'docs', 'rules')).href,
  });
}

/** Files of the disk only; what an editor keeps elsewhere cannot be read from here. */
function readFile(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return readFileSync(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}
