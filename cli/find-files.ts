import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { isNativeFile, matchesGlob } from '../core/index.ts';
import { Misuse } from './exit.ts';
import { explainSystemError } from './system-error.ts';

/** Folders that hold the work of others, or what a build made. */
const SKIPPED = new Set(['node_modules', '.git', 'dist']);

/**
 * The files that paths stand for, as absolute paths without doubles: a file stands for itself
 * whatever its name, a folder for the native configs in it, a pattern for the files that match it.
 *
 * @param isOther tells which other files of a folder count too.
 */
export async function findFiles(
  paths: readonly string[],
  cwd: string,
  isOther: (file: string) => Promise<boolean> = async () => false,
): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = await stat(absolute).catch((error) => {
      if (/[*?]/.test(path)) return undefined;
      throw new Misuse(explainSystemError(error, path));
    });
    if (!stats) {
      for (const file of await matchingFiles(path, cwd)) files.add(file);
      continue;
    }
    if (!stats.isDirectory()) {
      files.add(absolute);
      continue;
    }
    const found = await filesIn(absolute, path, (file) => isNativeFile(file) || isOther(file));
    if (found.length === 0) throw noneFound(path);
    for (const file of found) files.add(file);
  }
  return [...files];
}

function noneFound(folder: string): Misuse {
  return new Misuse(
    `No resilience config found in '${folder}'. Configs are named resilience.yaml or ` +
      '*.resilience.yaml (also .yml or .json); a file with another name can be given by name.',
  );
}

/** A path as people read it: from the working folder if it lies in there, with plain slashes. */
export function displayPath(file: string, cwd: string): string {
  const inside = relative(cwd, file);
  const shown = inside === '' || inside.startsWith('..') ? file : inside;
  return shown.split(sep).join('/');
}

/** The files that a pattern matches, as a shell would find them, where none has done so before. */
async function matchingFiles(pattern: string, cwd: string): Promise<string[]> {
  const steps = pattern.split(/[\\/]/);
  const first = steps.findIndex((step) => /[*?]/.test(step));
  const shown = steps.slice(0, first).join('/') || (first > 0 ? '/' : '.');
  const base = resolve(cwd, shown);
  const rest = `/${steps.slice(first).join('/')}`;
  const matches = (file: string) => matchesGlob(relative(base, file).split(sep).join('/'), rest);
  const found = await filesIn(base, shown, matches);
  if (found.length > 0) return found;
  throw new Misuse(`No file matches '${pattern}'.`);
}

/** Links to folders are not followed, so a circle of links cannot trap the search. */
async function filesIn(
  folder: string,
  shown: string,
  isWanted: (path: string) => boolean | Promise<boolean>,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw new Misuse(explainSystemError(error, shown));
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (SKIPPED.has(entry.name)) continue;
      found.push(...(await filesIn(path, join(shown, entry.name), isWanted)));
    } else if ((await isWanted(path)) && (await isFile(entry, path))) found.push(path);
  }
  return found;
}

/** A link counts as what it leads to; one that cannot be followed is kept, to be reported. */
async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    (target) => !target.isDirectory(),
    () => true,
  );
}

/** The one file to work on: given by name, or the only config of a folder. */
export async function findOneFile(paths: readonly string[], cwd: string): Promise<string> {
  if (paths.length === 0) {
    throw new Misuse('Name the config to simulate, such as shop.resilience.yaml.');
  }
  const files = await findFiles(paths, cwd);
  if (files.length > 1) {
    const listed = files.map((file) => `\n  ${displayPath(file, cwd)}`);
    throw new Misuse(`One config is simulated at a time. Name one of these:${listed.join('')}`);
  }
  return files[0] as string;
}
