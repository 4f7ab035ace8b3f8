import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { BUNDLES } from '../../.build/bundles.ts';
import { TestClient } from './client.ts';

/** Builds the server as the product does, into a folder of its own. */
export async function buildServer(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'faultline-server-'));
  await esbuild.build({
    ...BUNDLES.server,
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    outdir,
    logLevel: 'error',
  });
  return outdir;
}

export interface BuiltServer {
  readonly process: ChildProcess;
  /** How it ended, and what it wrote; stdout is left out where LSP is spoken there. */
  readonly exited: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the built server with some arguments. */
export function run(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): BuiltServer {
  const ipc = args.includes('--node-ipc');
  const stdio = ['pipe', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])] as const;
  const child = spawn(process.execPath, [join(folder, 'server.cjs'), ...args], {
    stdio: [...stdio],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  if (!args.includes('--stdio')) child.stdout?.on('data', (data) => (stdout += data));
  child.stderr?.on('data', (data) => (stderr += data));
  // A channel that was hung up keeps 'close' from coming.
  const exited = once(child, ipc ? 'exit' : 'close').then(([code]) => ({ code, stdout, stderr }));
  return { process: child, exited };
}

export function connectStdio({ process: { stdin, stdout } }: BuiltServer): TestClient {
  if (!stdin || !stdout) throw new Error('The server has no pipes.');
  return new TestClient(
    createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin)),
  );
}

export function connectIpc({ process: child }: BuiltServer): TestClient {
  return new TestClient(
    createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child)),
  );
}
