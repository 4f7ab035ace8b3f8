/**
 * Installs the browser-hosted VS Code that the end-to-end tests run in, from npm packages alone,
 * into `.cache/editor/<key>` at the root of the repository.
 *
 * The work happens in a folder of its own that is renamed into place when all of it is done, so a
 * folder that exists is whole, and an interrupted install is simply done again.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeHeaders } from './headers.ts';
import { runNpm } from './npm.ts';
import { onPath } from './which.ts';

/** Raise this when the steps below change, so that folders made by the old ones are not reused. */
const RECIPE = 1;
const HERE = import.meta.dirname;
const CACHE = join(HERE, '..', '..', '..', '.cache', 'editor');

/** Where the parts of an installed editor are. */
export interface Editor {
  /** The installed folder, below `.cache/editor`. */
  readonly home: string;
  /** The script that starts VS Code's own server. */
  readonly serverMain: string;
}

/** Returns the installed editor, after installing it where this machine has none yet. */
export async function installEditor(log: (line: string) => void = console.log): Promise<Editor> {
  const home = join(CACHE, await cacheKey());
  const editor = { home, serverMain: join(vscodeFolder(home), 'out', 'server-main.js') };
  if (existsSync(home)) {
    return editor;
  }
  requireBuildTools();
  const draft = `${home}.${process.pid}.part`;
  await removeLeftovers();
  await mkdir(draft, { recursive: true });
  try {
    await fill(draft, log);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another run may have finished the same install meanwhile: theirs is as good as ours.
    if (!existsSync(home)) {
      throw error;
    }
  }
  log('editor: installed');
  return editor;
}

/** Runs the install steps in `folder`. */
async function fill(folder: string, log: (line: string) => void): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(HERE, file), join(folder, file));
  }
  // Scripts stay off: code-server's own builds far more than VS Code's server needs.
  log('editor: 1/3 fetching VS Code and Chromium from npm');
  await runNpm(['ci', '--ignore-scripts'], folder);
  // `install`, not `ci`: the shrinkwrap that VS Code ships lacks a few entries that `ci` insists on.
  log('editor: 2/3 fetching what VS Code depends on');
  await runNpm(['install', '--omit=dev', '--ignore-scripts', '--no-save'], vscodeFolder(folder));
  // The only two native modules without which the server or its extension host does not start.
  log('editor: 3/3 compiling two native modules (half a minute)');
  const native = ['@vscode/spdlog', '@vscode/native-watchdog'];
  const scratch = join(folder, 'headers');
  const headers = await nodeHeaders(scratch);
  const env = headers ? { npm_config_nodedir: headers } : {};
  await runNpm(['rebuild', '--ignore-scripts=false', ...native], vscodeFolder(folder), env);
  await rm(scratch, { recursive: true, force: true });
}

/** VS Code itself, inside the code-server package. */
function vscodeFolder(home: string): string {
  return join(home, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Names an install: another lock, recipe, platform or major version of Node makes another one. */
async function cacheKey(): Promise<string> {
  const lock = await readFile(join(HERE, 'package-lock.json'));
  const node = process.versions.node.split('.')[0];
  const platform = `${process.platform}-${process.arch}-node${node}`;
  const hash = createHash('sha256').update(lock).update(`${RECIPE} ${platform}`).digest('hex');
  return `${platform}-${hash.slice(0, 12)}`;
}

/** Removes drafts whose process is gone, and installs of another lock: each is about 800 MB. */
async function removeLeftovers(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  for (const name of await readdir(CACHE)) {
    const pid = /\.(\d+)\.part$/.exec(name)?.[1];
    if (pid === undefined || !isAlive(Number(pid))) {
      await rm(join(CACHE, name), { recursive: true, force: true });
    }
  }
}

/** Whether a process with this id runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fails early, before minutes of fetching, where node-gyp could not compile anything. */
function requireBuildTools(): void {
  if (process.platform === 'win32') {
    return; // node-gyp finds Visual Studio by other means than PATH, and says so itself.
  }
  const needed = [
    { what: 'python3', names: [process.env.PYTHON, 'python3', 'python'] },
    { what: 'make', names: [process.env.MAKE, 'make', 'gmake'] },
    { what: 'a C++ compiler', names: [process.env.CXX?.split(' ')[0], 'g++', 'c++', 'clang++'] },
  ];
  const missing = needed.filter(({ names }) => !names.some((name) => name && onPath(name)));
  if (missing.length > 0) {
    throw new Error(
      `Installing the test editor compiles two native modules and needs ` +
        `${missing.map(({ what }) => what).join(' and ')}, not found on PATH. ` +
        `On Debian or Ubuntu: apt-get install python3 make g++`,
    );
  }
}

if (import.meta.main) {
  try {
    console.log(`editor: ready in ${(await installEditor()).home}`);
  } catch (error) {
    console.error(`editor: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
