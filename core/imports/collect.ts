import type { SyntaxNode, TextRange } from '../config/index.ts';
import { entryOf } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';
import { resolveImport } from './paths.ts';

/** The texts of imported files, by name; one that is not here cannot be read. Can cross to another thread. */
export type ImportedTexts = ReadonlyMap<string, string>;

/** The most files that one system is made of. */
const MOST_FILES = 200;

/** A path that a file imports. */
export interface ImportPath {
  readonly path: string;
  readonly range: TextRange;
}

/** The paths that a config imports. */
export function importPathsOf(root: SyntaxNode | undefined): readonly ImportPath[] {
  const list = root?.kind === 'mapping' ? entryOf(root, 'imports')?.value : undefined;
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    return item.value.trim() === '' ? [] : [{ path: item.value, range: item.range }];
  });
}

/**
 * Gathers the texts of all files that a config imports, directly or through others.
 *
 * @param read gives the text of a file, by its name as `resolveImport` says it
 * @returns nothing where the config imports nothing
 */
export function collectImports(
  text: string,
  file: string,
  read: (file: string) => string | undefined,
): ImportedTexts | undefined {
  if (!mayImport(text)) return undefined;
  const texts = new Map<string, string>();
  const open = [{ text, file }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { path } of pathsIn(next.text)) {
      const name = resolveImport(path, next.file);
      if (name === file || texts.has(name) || texts.size >= MOST_FILES) continue;
      const found = read(name);
      if (found === undefined) continue;
      texts.set(name, found);
      open.push({ text: found, file: name });
    }
  }
  return texts;
}

/** Most files import nothing, which must cost next to nothing to see. */
function mayImport(text: string): boolean {
  return (
    text.includes('imports') && /^["']?imports["']?[ \t]*:|[{,]\s*["']?imports["']?\s*:/m.test(text)
  );
}

/** Reads only the section itself, where it stands at the left margin. */
function pathsIn(text: string): readonly ImportPath[] {
  if (!mayImport(text)) return [];
  const section = /^imports[ \t]*:.*\r?\n?(?:(?:[ \t-].*|#.*|)(?:\r?\n|$))*/m.exec(text)?.[0];
  return importPathsOf(parseText(section ?? text).root);
}
