import {
  type Baseline,
  CONFIGURATION_NAME,
  type Configuration,
  type Judging,
  knownIn,
  layered,
  readBaseline,
  readConfiguration,
  settingsFor,
} from '../core/index.ts';

/** The text of a file, if there is one at this URI and the server can read it. */
export type FileReader = (uri: string) => string | undefined;

/** The configurations that speak for documents: the nearest file above each one. */
export class Configurations {
  readonly #readFile: FileReader;
  /** What the user has set for a document, beside all files. */
  readonly #setBy: (uri: string) => Configuration | undefined;
  #onRead: (configuration: Configuration) => void = () => {};
  /** By the URI of the file; only where changes of files are told. */
  #known: Map<string, Configuration | Baseline | undefined> | undefined;

  constructor(readFile: FileReader, setBy: (uri: string) => Configuration | undefined) {
    this.#readFile = readFile;
    this.#setBy = setBy;
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

  /**
   * How a document is to be judged. What a file says is laid over what the user has set: the file
   * speaks for everybody, so an editor shows what a merge is held against.
   */
  judgingFor(uri: string): Judging {
    const layers = [this.#setBy(uri), this.#nearestTo(uri)].filter((one) => one !== undefined);
    if (layers.length === 0) return {};
    const baselineUri = layers
      .map((one) => this.baselineOf(one))
      .findLast((one) => one !== undefined);
    const baseline = baselineUri === undefined ? undefined : this.#baseline(baselineUri);
    return {
      settings: layers
        .map((one) => (isInFolder(uri) ? settingsFor(one, pathFrom(one.file, uri)) : one.rules))
        .reduce(layered),
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
    if (!isInFolder(uri)) return undefined;
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

function isInFolder(uri: string): boolean {
  return /^[\w+.-]+:\/\//.test(uri) && URL.canParse(uri);
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
