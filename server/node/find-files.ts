import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folders that hold the work of others, or what a build made. */
const SKIPPED = new Set(['node_modules', 'dist', 'vendor']);
const EXTENSION = /\.(?:ya?ml|json)$/i;
/** Nobody writes so much by hand. */
const MOST_BYTES = 1_000_000;

/** YAML and JSON files below a folder of the disk; folders that cannot be read are passed over. */
export async function* findFiles(folderUri: string): AsyncGenerator<string> {
  if (!folderUri.startsWith('file:')) return;
  const open = [fileURLToPath(folderUri)];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) open.push(path);
      } else if (entry.isFile() && EXTENSION.test(entry.name) && (await isSmall(path))) {
        yield pathToFileURL(path).href;
      }
    }
  }
}

function isSmall(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size <= MOST_BYTES,
    () => false,
  );
}
