import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type AnalyseOptions,
  type Analysis,
  analyse,
  isNativeFile,
  type Model,
  Workspace,
} from '../core/index.ts';
import type { FileToCheck } from './check-batch.ts';
import { displayPath } from './find-files.ts';
import { type CheckedFile, fingerprintsOf } from './read-file.ts';
import { readText } from './read-text.ts';
import type { RuleFailures } from './rule-failures.ts';

const EXTENSION = /\.(?:ya?ml|json)$/i;

/** The files of one run that are in the formats of other tools: they are judged together. */
export class OtherFormats {
  readonly #workspace = new Workspace();
  readonly #cwd: string;
  readonly #folders = new Set<string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Takes a file in if it is of a format that is known, whatever its name. */
  takeIn = async (path: string): Promise<boolean> => {
    if (isNativeFile(path)) return false;
    const shown = displayPath(path, this.#cwd);
    if (this.#workspace.has(shown)) return true;
    const read = await readText(path, shown);
    return read.kind === 'text' && this.#workspace.set(shown, read.text);
  };

  /**
   * Takes a file in, and with it those beside it: what is missing in one may be in another, whether
   * that is checked or not.
   */
  takeInWithNeighbours = async (path: string): Promise<void> => {
    if (!(await this.takeIn(path).catch(() => false))) return;
    const folder = dirname(path);
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    const names = await readdir(folder).catch(() => []);
    for (const name of names.sort()) await this.isOne(join(folder, name));
  };

  /** Whether a file of a folder is one of these; what cannot be one is not even read. */
  isOne = async (path: string): Promise<boolean> => {
    // A link that leads nowhere is none of ours either.
    return EXTENSION.test(path) && this.takeIn(path).catch(() => false);
  };

  /** What a file says, with what it refers to in others; see `Workspace`. */
  systemOf(shown: string): Model | undefined {
    return this.#workspace.systemOf(shown);
  }

  /** What all files that were taken in say. */
  system(): Model | undefined {
    return this.#workspace.system();
  }

  has(shown: string): boolean {
    return this.#workspace.has(shown);
  }

  /**
   * Checks those of the files that were taken in.
   *
   * @returns what is wrong, by path
   */
  check(files: readonly FileToCheck[], failures: RuleFailures): Map<string, CheckedFile> {
    const checked = new Map<string, CheckedFile>();
    for (const { judging, path, shown } of files) {
      const options = { ...judging, onRuleFailure: failures.on(shown) };
      const analysis = this.#workspace.analyse(shown, options);
      if (!analysis) continue;
      const { elsewhere, file, findings, gone, lines, suppressed, text } = analysis;
      const fingerprints = fingerprintsOf(analysis);
      const found = { file, text, lines, findings, suppressed, gone, fingerprints };
      checked.set(path, { ...found, ...(elsewhere && { elsewhere }) });
    }
    return checked;
  }

  /** Judges a text of a file, which from then on is what the others are judged with. */
  analyse = (text: string, shown: string, options: AnalyseOptions): Analysis => {
    const isOurs = this.#workspace.has(shown) && this.#workspace.set(shown, text);
    const analysis = isOurs ? this.#workspace.analyse(shown, options) : undefined;
    return analysis ?? analyse(text, shown, options);
  };
}
