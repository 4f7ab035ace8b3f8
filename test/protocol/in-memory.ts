import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { analyse } from '../../core/analyse.ts';
import { simulate } from '../../core/simulate.ts';
import { type Runtime, startServer } from '../../server/server.ts';
import type { Simulator } from '../../server/simulator.ts';
import { TestClient } from './client.ts';

/** Runs simulations where it stands. */
const inlineSimulator: Simulator = {
  run: async ({ text, file, judging, options }, onProgress) =>
    simulate(analyse(text, file, judging), { ...options, onProgress }),
  dispose() {},
};

/** A server and a client that speak real LSP to each other without a process between them. */
export function connectInMemory(runtime: Partial<Runtime> = {}): TestClient {
  const up = new PassThrough();
  const down = new PassThrough();
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, { version: '1.2.3', simulator: inlineSimulator, ...runtime });
  return new TestClient(
    createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up)),
  );
}
