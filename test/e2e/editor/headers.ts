/**
 * Finds the headers of the running Node, which compiling a native module needs. Left alone, node-gyp
 * would fetch them from Node's web site; the npm packages of Node have them as well.
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runNpm } from './npm.ts';

/**
 * A folder with `include/node` for the running Node: its own, or else one that npm puts into
 * `scratch`. Gives `undefined` on Windows, where node-gyp needs a library besides, and gets it.
 */
export async function nodeHeaders(scratch: string): Promise<string | undefined> {
  if (process.platform === 'win32') {
    return undefined;
  }
  const prefix = dirname(dirname(process.execPath));
  // The npm package `node` keeps its platform package in a folder of its own, headers included,
  // until some later `npm install` prunes that folder.
  const found = [...packages(prefix), prefix].find(hasHeaders);
  if (found) {
    return found;
  }
  const { platform, arch, version } = process;
  const family = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  await mkdir(scratch, { recursive: true });
  await writeFile(join(scratch, 'package.json'), '{ "private": true }');
  const name = `${family}-${platform}-${arch}@${version.slice(1)}`;
  await runNpm(['install', '--ignore-scripts', '--no-save', name], scratch);
  return packages(scratch).find(hasHeaders);
}

/** The folders of the packages installed in `folder`. */
function packages(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  return existsSync(modules) ? readdirSync(modules).map((name) => join(modules, name)) : [];
}

/** Whether node-gyp could take `folder` for Node's own. */
function hasHeaders(folder: string): boolean {
  return existsSync(join(folder, 'include', 'node', 'common.gypi'));
}
