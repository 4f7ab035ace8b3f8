import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type FileEvent,
} from 'vscode-languageserver';
import type { ClientFiles } from './client-files.ts';

type Listener = (changes: readonly FileEvent[]) => void;

/** The files whose changes the client tells of, for all who want to know. */
export class WatchedFiles {
  readonly isSupported: boolean;
  readonly #connection: Connection;
  readonly #watched = new Set<string>();
  readonly #listeners: Listener[] = [];

  /**
   * @param isSupported whether the client tells of changes at all
   * @param files are read again before anybody hears that they have changed
   */
  constructor(connection: Connection, isSupported: boolean, files?: ClientFiles) {
    this.isSupported = isSupported;
    this.#connection = connection;
    connection.onDidChangeWatchedFiles(({ changes }) => {
      if (files) files.follow(changes, () => this.#tell(changes));
      else this.#tell(changes);
    });
    files?.onDidArrive((change) => this.#tell([change]));
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

  #tell(changes: readonly FileEvent[]): void {
    for (const listener of this.#listeners) listener(changes);
  }
}
