import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type FileEvent,
} from 'vscode-languageserver';

type Listener = (changes: readonly FileEvent[]) => void;

/** The files whose changes the client tells of, for all who want to know. */
export class WatchedFiles {
  readonly isSupported: boolean;
  readonly #connection: Connection;
  readonly #watched = new Set<string>();
  readonly #listeners: Listener[] = [];

  /** @param isSupported whether the client tells of changes at all */
  constructor(connection: Connection, isSupported: boolean) {
    this.isSupported = isSupported;
    this.#connection = connection;
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const listener of this.#listeners) listener(changes);
    });
  }

  /** @param pattern of paths below the folders that are open */
  watch(pattern: string): void {
    if (!this.isSupported || this.#watched.has(pattern)) return;
    this.#watched.add(pattern);
    const watchers = [{ globPattern: pattern }];
    this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error) =>
        this.#connection.console.warn(`Changes of ${pattern} will not be noticed. ${error}`),
      );
  }

  /** Tells of all changes, whoever asked for them. */
  onDidChange(listener: Listener): void {
    this.#listeners.push(listener);
  }
}
