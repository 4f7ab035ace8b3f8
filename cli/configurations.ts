import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  type AnalyseOptions,
  type Baseline,
  CONFIGURATION_NAME,
  type Configuration,
  knownIn,
  readBaseline,
  readConfiguration,
  settingsFor,
} from '../core/index.ts';
import { Misuse } from './exit.ts';
import { displayPath } from './find-files.ts';
import { type CheckedFile, fingerprintsOf } from './read-file.ts';
import { readText } from './read-text.ts';
import { explainSystemError } from './system-error.ts';

interface Found {
  readonly folder: string;
  readonly configuration: Configuration;
}

export interface ConfigurationOptions {
  readonly cwd: string;
  /** The file of the baseline, in place of those that configurations name. */
  readonly baseline?: string | undefined;
  /** The baseline is about to be written, so it may not exist yet. */
  readonly isWriting: boolean;
}

/** The configurations that speak for files: each one, and each baseline, is read once. */
export class Configurations {
  readonly #options: ConfigurationOptions;
  readonly #nearest = new Map<string, Promise<Found | undefined>>();
  readonly #baselines = new Map<string, Promise<Baseline | undefined>>();

  constructor(options: ConfigurationOptions) {
    this.#options = options;
  }

  /** How a file is to be judged, by the nearest configuration above it. */
  async optionsFor(path: string): Promise<AnalyseOptions> {
    const found = await this.#nearestTo(dirname(path));
    const baselinePath = await this.baselineFor(path);
    const baseline = baselinePath && (await this.baseline(baselinePath));
    return {
      ...(found && { settings: settingsFor(found.configuration, pathFrom(found.folder, path)) }),
      ...(baselinePath &&
        baseline && { known: knownIn(baseline, pathFrom(dirname(baselinePath), path)) }),
    };
  }

  /** Where the baseline of a file is, if it has one. */
  async baselineFor(path: string): Promise<string | undefined> {
    const { baseline, cwd } = this.#options;
    if (baseline !== undefined) return resolve(cwd, baseline);
    const found = await this.#nearestTo(dirname(path));
    const named = found?.configuration.baseline?.value;
    return found && named !== undefined ? resolve(found.folder, named) : undefined;
  }

  /** What a baseline says; nothing for one that is about to be written for the first time. */
  baseline(path: string): Promise<Baseline | undefined> {
    const known = this.#baselines.get(path) ?? this.#readBaseline(path);
    this.#baselines.set(path, known);
    return known;
  }

  /** The configurations that have problems themselves, in the form of checked files. */
  async broken(): Promise<CheckedFile[]> {
    const found = await Promise.all(this.#nearest.values());
    const distinct = new Set(found.flatMap((one) => one?.configuration ?? []));
    return [...distinct]
      .filter(({ problems }) => problems.length > 0)
      .map(({ file, text, lines, problems: findings }) => {
        const checked = { file, text, lines, findings, suppressed: [], gone: 0 };
        return { ...checked, fingerprints: fingerprintsOf(checked) };
      });
  }

  #nearestTo(folder: string): Promise<Found | undefined> {
    const known = this.#nearest.get(folder) ?? this.#find(folder);
    this.#nearest.set(folder, known);
    return known;
  }

  async #find(folder: string): Promise<Found | undefined> {
    const path = join(folder, CONFIGURATION_NAME);
    const isFile = await stat(path).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isFile) {
      const shown = displayPath(path, this.#options.cwd);
      const read = await readText(path, shown);
      if (read.kind === 'refused') throw new Misuse(`${shown}: ${read.finding.message}`);
      return { folder, configuration: readConfiguration(read.text, shown) };
    }
    const above = dirname(folder);
    return above === folder ? undefined : this.#nearestTo(above);
  }

  async #readBaseline(path: string): Promise<Baseline | undefined> {
    const shown = displayPath(path, this.#options.cwd);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && this.#options.isWriting) return undefined;
      const hint = error.code === 'ENOENT' ? " '--write-baseline' writes it." : '';
      throw new Misuse(`${explainSystemError(error, shown)}${hint}`);
    });
    if (text === undefined) return undefined;
    const baseline = readBaseline(text);
    if (baseline) return baseline;
    throw new Misuse(`'${shown}' is no baseline. '--write-baseline' writes one.`);
  }
}

/** As configurations and baselines write paths: with slashes. */
export function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
