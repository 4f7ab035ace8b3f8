import { type Connection, FileChangeType, type FileEvent } from 'vscode-languageserver';
import { decoded } from './configurations.ts';
import { FIND_FILES, type FoundFiles, READ_FILE, type ReadFile } from './protocol.ts';

/** How many files are asked for at the same time. */
const AT_ONCE = 16;

/**
 * Files that only the client can read: all of them in a browser, those of virtual workspaces elsewhere.
 * Whoever reads one wants it now, so what is not known yet is missing at first, and told of when it is
 * there.
 */
export class ClientFiles {
  readonly #connection: Connection;
  /** By decoded URI, for clients may write one in several ways; `undefined` where there is no file. */
  readonly #known = new Map<string, string | undefined>();
  readonly #asked = new Map<string, Promise<void>>();
  /** What somebody waits for: read before it was known, or known to have changed. */
  readonly #missed = new Set<Promise<void>>();
  #onArrival: (change: FileEvent) => void = () => {};

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Tells of each file that was missing when it was read, and is there now. */
  onDidArrive(listener: (change: FileEvent) => void): void {
    this.#onArrival = listener;
  }

  read(uri: string): string | undefined {
    const key = decoded(uri);
    if (!this.#known.has(key)) {
      this.#await(this.#asked.get(key) ?? this.#load(uri), () => {
        const isThere = this.#known.get(key) !== undefined;
        if (isThere) this.#onArrival({ uri, type: FileChangeType.Created });
      });
    }
    return this.#known.get(key);
  }

  /** Files below a folder, each of them known by then. */
  async *find(folder: string): AsyncGenerator<string> {
    const { uris } = await this.#connection.sendRequest<FoundFiles>(FIND_FILES, { folder });
    for (let from = 0; from < uris.length; from += AT_ONCE) {
      const some = uris.slice(from, from + AT_ONCE);
      await Promise.all(some.map((uri) => this.#known.has(decoded(uri)) || this.#load(uri)));
      yield* some;
    }
  }

  /** Whether something was read that is not there yet. */
  get isWaiting(): boolean {
    return this.#missed.size > 0;
  }

  /** Settles when everything that was read is there, or known to be nowhere. */
  async settled(): Promise<void> {
    while (this.isWaiting) await Promise.all(this.#missed);
  }

  /** Reads again what is known, if it has changed, and tells of it then. */
  follow(changes: readonly FileEvent[], tell: () => void): void {
    const known = changes.filter(({ uri }) => this.#known.has(decoded(uri)));
    this.#await(Promise.all(known.map(({ uri }) => this.#load(uri))), tell);
  }

  #await(loading: Promise<unknown>, then: () => void): void {
    const arrival = loading.then(() => {
      this.#missed.delete(arrival);
      then();
    });
    this.#missed.add(arrival);
  }

  #load(uri: string): Promise<void> {
    const key = decoded(uri);
    const loading = this.#connection
      .sendRequest<ReadFile>(READ_FILE, { uri })
      .then(({ text }) => this.#known.set(key, text ?? undefined))
      // A client that cannot read it now may do so later.
      .catch((error) => this.#connection.console.warn(`${uri} could not be read. ${error}`))
      .then(() => {
        if (this.#asked.get(key) === loading) this.#asked.delete(key);
      });
    this.#asked.set(key, loading);
    return loading;
  }
}
