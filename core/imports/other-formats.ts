import { isNativeFile, LineIndex } from '../config/index.ts';
import { nativeModel } from '../convert/index.ts';
import {
  type FormatFile,
  isKnown,
  joinFiles,
  mayBeFormat,
  partsIn,
  readFormatFile,
  withPartsOf,
} from '../formats/index.ts';
import type { Model } from '../model/model.ts';

/** Imported files of other tools, to whose parts a config gives numbers. */
export class OtherFiles {
  readonly #files = new Map<string, FormatFile>();
  #last: { readonly files: readonly FormatFile[]; readonly models: ReadonlyMap<string, Model> } = {
    files: [],
    models: new Map(),
  };

  /** The file, where it is one of another tool that is known. */
  find(name: string, text: string): FormatFile | undefined {
    if (isNativeFile(name) || !mayBeFormat(text)) return undefined;
    const known = this.#files.get(name);
    const file =
      known?.text === text ? known : readFormatFile(name, text, new LineIndex(text), mayBeFormat);
    this.#files.set(name, file);
    return isKnown(file) ? file : undefined;
  }

  /**
   * Joins files: what one says may be half of what another does.
   *
   * @returns what each file defines, by the names under which a native config knows it
   */
  join(files: readonly FormatFile[]): ReadonlyMap<string, Model> {
    const { files: before, models } = this.#last;
    const isSame = files.length === before.length && files.every((one, i) => one === before[i]);
    if (isSame) return models;
    this.#last = { files, models: modelsOf(files) };
    return this.#last.models;
  }
}

function modelsOf(files: readonly FormatFile[]): ReadonlyMap<string, Model> {
  const [first, ...others] = joinFiles(files).map(({ model }) => model);
  if (!first) return new Map();
  const system = nativeModel(others.reduce(withPartsOf, first));
  return new Map(files.map(({ file }) => [file, partsIn(system, file)]));
}
