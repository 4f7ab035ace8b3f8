import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { collectImports, type ImportedTexts, isNativeFile } from '../core/index.ts';

/**
 * The texts of the files that a config imports; what cannot be read is missing, which is told where
 * it is imported.
 *
 * @param path of the file, absolute
 * @param shown the path as messages name it: from the current folder, or absolute
 */
export function importsOf(text: string, path: string, shown: string): ImportedTexts | undefined {
  if (!isNativeFile(shown)) return undefined;
  const slashed = path.replaceAll('\\', '/');
  const folder = slashed.endsWith(shown) ? slashed.slice(0, slashed.length - shown.length) : '';
  return collectImports(text, shown, (name) => read(resolve(folder, name)));
}

function read(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
