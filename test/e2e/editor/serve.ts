/** Starts VS Code's own server on a loopback port of its choice, and ends it without leftovers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, type Payload } from './address.ts';
import type { Editor } from './install.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;
/** Retries, because a process that was just killed may still be writing. */
const REMOVE = { recursive: true, force: true, maxRetries: 10 } as const;
/** How the server's log says which port it got. */
const BOUND = /Extension host agent listening on (\d+)/;
/** The logs that tell why something failed: the server's output, and what extensions reported. */
const LOG = /(^server|remoteexthost)\.log$/;
/** Preloaded into the server: it ends with this process, even when that one is killed outright. */
const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(
  `process.channel?.unref(); process.on('disconnect', () => process.exit());`,
)}`;

/** A running server. */
export interface Served {
  /** The address that opens `folder` in the editor. */
  url(folder: string, payload?: Payload): string;
  /** The last lines of the logs of the server and of its extension host. */
  logTail(lines: number): Promise<string>;
  /** Settles when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the server and all that it started, and removes its data. */
  stop(): Promise<void>;
}

/** Starts a server with empty user data, but for `settings`. */
export async function serve(editor: Editor, settings: object): Promise<Served> {
  const data = await mkdtemp(join(tmpdir(), 'faultline-editor-'));
  await mkdir(join(data, 'user', 'User'), { recursive: true });
  await writeFile(join(data, 'user', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const child = start(editor, data);
  const log = createWriteStream(join(data, 'server.log'));
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });

  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Runs when the process exits without `stop()`, Ctrl-C included: nothing asynchronous here.
  const clear = () => {
    killGroup(child, 'SIGKILL');
    rmSync(data, REMOVE);
  };
  process.once('exit', clear);

  const logTail = async (lines: number): Promise<string> => {
    const files = (await readdir(data, { recursive: true })).filter((name) => LOG.test(name));
    const tails = files.map(async (name) => {
      const text = await readFile(join(data, name), 'utf8');
      return `--- ${name}\n${text.trimEnd().split('\n').slice(-lines).join('\n')}`;
    });
    return (await Promise.all(tails)).join('\n');
  };
  const stop = async (): Promise<void> => {
    killGroup(child, 'SIGTERM');
    await Promise.race([ended, deadline(STOP_LIMIT_MS)]);
    killGroup(child, 'SIGKILL'); // an extension host may outlive its server for a moment
    await ended;
    process.off('exit', clear);
    log.end();
    await rm(data, REMOVE);
  };

  const port = await boundPort(child).catch(async (error: Error) => {
    const tail = await logTail(20);
    await stop();
    throw new Error(`${error.message}\n${tail}`);
  });
  return { url: (folder, payload) => address(port, folder, payload), logTail, ended, stop };
}

/** Starts the server's process, as the leader of a process group where there are such. */
function start(editor: Editor, data: string): ChildProcess {
  // An editor's own terminal marks its children: with these variables, the server would take
  // itself for a part of that editor.
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (name.startsWith('VSCODE_') || name === 'ELECTRON_RUN_AS_NODE' || name === 'NODE_OPTIONS') {
      delete env[name];
    }
  }
  // VS Code forgets its sockets: here, they go with the rest.
  if (process.platform === 'linux') {
    env.XDG_RUNTIME_DIR = data;
  }
  // No gallery: the editor must be the same on a machine that reaches one and on one that does not.
  env.EXTENSIONS_GALLERY = '{}';
  const options = [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')],
    ...['--server-data-dir', join(data, 'server'), '--telemetry-level', 'off'],
    ...['--accept-server-license-terms', '--disable-workspace-trust'],
    '--disable-getting-started-override',
    // Without it, a built VS Code silently ignores a page's wish for an extension under
    // development, interactive use included.
    '--enable-smoke-test-driver',
  ];
  return spawn(process.execPath, ['--import', END_WITH_PARENT, editor.serverMain, ...options], {
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** The port that the server got, as soon as it says so. */
function boundPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`VS Code's server did not start within ${START_LIMIT_MS / 1000} s.`));
    }, START_LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`VS Code's server ended with code ${code}.`)));
    let seen = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      seen = (seen + text).slice(-4096);
      const port = BOUND.exec(seen)?.[1];
      if (port) {
        clearTimeout(timer);
        resolve(Number(port));
      }
    });
  });
}

/** Signals the server and all that it started. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // The group is gone already.
  }
}

/** Settles after `ms`, without keeping the process alive for that. */
function deadline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
