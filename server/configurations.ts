import {
  type Baseline,
  CONFIGURATION_NAME,
  type Configuration,
  type Judging,
  knownIn,
  readBaseline,
  readConfiguration,
  settingsFor,
} from '../core/index.ts';

/** The text of a file, if there is one at this URI and the server can read it. */
export type FileReader = (uri: string) => string | undefined;

/** The configurations that speak for documents: the nearest file above each one. */
export class Configurations {
  readonly #readFile: FileReader;
  #onRead: (configuration: Configuration) => void = () => {};
  /** By the URI of the file; only where changes of files are told. */
  #known: Map<string, Configuration | Baseline | undefined> | undefined;

  constructor(readFile: FileReader) {
    this.#readFile = readFile;
  }

  /** Tells of each configuration that was read, with its URI as its file. */
  onDidRead(listener: (configuration: Configuration) => void): void {
    this.#onRead = listener;
  }

  /** From now on files are read again only when `forget` says that they have changed. */
  remember(): void {
    this.#known ??= new Map();
  }

  forget(): void {
    this.#known?.clear();
  }

  /** How a document is to be judged. */
  judgingFor(uri: string): Judging {
    const configuration = this.#nearestTo(uri);
    if (!configuration) return {};
    const baselineUri = this.baselineOf(configuration);
    const baseline = baselineUri === undefined ? undefined : this.#baseline(baselineUri);
    return {
      settings: settingsFor(configuration, pathFrom(configuration.file, uri)),
      ...(baselineUri !== undefined &&
        baseline && { known: knownIn(baseline, pathFrom(baselineUri, uri)) }),
    };
  }

  /** Where the baseline is that a configuration names. */
  baselineOf({ baseline, file }: Configuration): string | undefined {
    if (!baseline || !URL.canParse(encodeURI(baseline.value), file)) return undefined;
    return new URL(encodeURI(baseline.value), file).href;
  }

  #nearestTo(uri: string): Configuration | undefined {
    // What has no folders, such as a document that was never saved, has no configuration.
    if (!/^[\w+.-]+:\/\//.test(uri) || !URL.canParse(uri)) return undefined;
    for (let folder = new URL('.', uri); ; folder = new URL('..', folder)) {
      const { href } = new URL(CONFIGURATION_NAME, folder);
      const configuration = this.#remembered(href, () => {
        const text = this.#readFile(href);
        if (text === undefined) return undefined;
        const read = readConfiguration(text, href);
        this.#onRead(read);
        return read;
      });
      if (configuration) return configuration;
      if (folder.href === new URL('..', folder).href) return undefined;
    }
  }

  #baseline(uri: string): Baseline | undefined {
    return this.#remembered(uri, () => {
      const text = this.#readFile(uri);
      return text === undefined ? undefined : readBaseline(text);
    });
  }

  #remembered<T extends Configuration | Baseline>(
    uri: string,
    read: () => T | undefined,
  ): T | undefined {
    // Which kind of file it is follows from its name and place.
    if (this.#known?.has(uri)) return this.#known.get(uri) as T | undefined;
    const value = read();
    this.#known?.set(uri, value);
    return value;
  }
}

/** The path of a file from the folder of another one, with slashes. */
function pathFrom(from: string, to: string): string {
  const own = decoded(new URL('.', from).pathname).split('/').slice(0, -1);
  const path = decoded(new URL(to).pathname).split('/');
  let common = 0;
  while (common < own.length && own[common] === path[common]) common++;
  return [...own.slice(common).map(() => '..'), ...path.slice(common)].join('/');
}

/** URIs come from any client, so they may be encoded wrongly. */
export function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
