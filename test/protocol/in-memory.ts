import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { analyse } from '../../core/analyse.ts';
import { comebackLimit, findObjective, reachObjective } from '../../core/index.ts';
import { simulate } from '../../core/simulate.ts';
import { type Runtime, startServer } from '../../server/server.ts';
import type { Simulator } from '../../server/simulator.ts';
import { TestClient } from './client.ts';

/** Does what takes time where it stands. */
const inlineSimulator: Simulator = {
  run: async ({ text, file, judging, options }, onProgress) =>
    simulate(analyse(text, file, judging), { ...options, onProgress }),
  reach: async ({ text, file, judging, objective: name }, onProgress) => {
    const analyseAgain = (some: string) => analyse(some, file, judging);
    const analysis = analyseAgain(text);
    const objective = findObjective(analysis.model, name);
    if (!objective) throw new Error('There is no such objective.');
    return reachObjective(analysis, objective, { analyseAgain, onProgress });
  },
  comeback: async ({ text, file, judging, options }, onProgress) =>
    comebackLimit(analyse(text, file, judging), { ...options, onProgress }),
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
