#!/usr/bin/env node
/** The language server as a Node process. Built into one CommonJS file, dist/server.cjs. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { startServer } from '../server.ts';
import { readArguments } from './arguments.ts';
import { WorkerSimulator } from './simulator.ts';

const command = readArguments(process.argv.slice(2), version, process.send !== undefined);
if (command.kind === 'serve') serve();
else if (command.kind === 'print') process.stdout.write(command.text);
else {
  process.stderr.write(command.text);
  process.exitCode = 2;
}

function serve(): void {
  const connection = createConnection();
  // A mistake in one request must not take the server, and with it all open files, away.
  process.on('uncaughtException', (error) => {
    connection.console.error(`Unexpected error: ${error.stack ?? error.message}`);
  });
  process.on('unhandledRejection', (reason) => {
    const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    connection.console.error(`Unexpected rejection: ${detail}`);
  });
  // The library ends the process when stdin closes, and it watches the client's process id; a
  // client that only hangs up the IPC channel goes unnoticed.
  process.on('disconnect', () => process.exit(1));
  startServer(connection, {
    version,
    simulator: new WorkerSimulator(join(__dirname, 'worker.cjs')),
    docsUri: pathToFileURL(join(__dirname, '..', 'docs', 'rules')).href,
  });
}
