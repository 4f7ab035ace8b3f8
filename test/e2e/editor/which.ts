/** Finds programs on PATH, without running anything. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The full path of the program called `name`, or `undefined` where PATH has none. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const candidates = isAbsolute(name)
    ? [name]
    : folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  return candidates.find(isProgram);
}

/** Whether `path` is a file that this user may run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
