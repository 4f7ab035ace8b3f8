/** The language server in a worker of a browser. Built into one script, dist/browser/server.js. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { version } from '../../package.json';
import { startServer } from '../server.ts';
import { WorkerSimulator } from '../workers/simulator.ts';
import type { BrowserStart } from './start.ts';
import { threadsOf } from './threads.ts';

// The first message says what a command line would; from the second on it is LSP.
self.addEventListener(
  'message',
  ({ data }: MessageEvent<BrowserStart>) => {
    const connection = createConnection(
      new BrowserMessageReader(self),
      new BrowserMessageWriter(self),
    );
    // A mistake in one request must not pass in silence.
    self.addEventListener('unhandledrejection', ({ reason }) => {
      const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
      connection.console.error(`Unexpected rejection: ${detail}`);
    });
    startServer(connection, {
      version,
      simulator: new WorkerSimulator(threadsOf(data.workerScript)),
    });
  },
  { once: true },
);
