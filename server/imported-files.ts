import { collectImports, type ImportedTexts } from '../core/index.ts';
import type { FileReader } from './configurations.ts';

/**
 * The files that configs import, and who imports them. They are read whenever a config is judged:
 * that is a few files, and a file on the disk may have changed without anybody saying so.
 */
export class ImportedFiles {
  readonly #read: FileReader;
  /** What was asked for on behalf of each config, files that are not there included. */
  readonly #asked = new Map<string, ReadonlySet<string>>();

  /** @param read gives the text in the editor, where a file is open. */
  constructor(read: FileReader) {
    this.#read = read;
  }

  importsOf(text: string, uri: string): ImportedTexts | undefined {
    const asked = new Set<string>();
    const texts = collectImports(text, uri, (file) => {
      asked.add(file);
      return this.#read(file);
    });
    if (texts) this.#asked.set(uri, asked);
    else this.#asked.delete(uri);
    return texts;
  }

  /** The configs that a file is a part of, or would be if it could be read. */
  importersOf(file: string): string[] {
    return [...this.#asked].flatMap(([uri, asked]) => (asked.has(file) && uri !== file ? uri : []));
  }

  textOf(file: string): string | undefined {
    return this.#read(file);
  }

  /** A config is not open any more: from now on it imports what it does on the disk. */
  closed(uri: string): void {
    const text = this.#read(uri);
    if (text === undefined) this.#asked.delete(uri);
    else this.importsOf(text, uri);
  }
}
