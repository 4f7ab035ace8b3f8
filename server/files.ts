import type { Connection } from 'vscode-languageserver';
import { ClientFiles } from './client-files.ts';
import type { FileReader } from './configurations.ts';
import type { FileFinder } from './workspace-files.ts';

/** How a host reads the disk; absent where it has none. */
export interface Disk {
  /** Reads configurations, baselines and imported files. */
  readonly readFile?: FileReader;
  /** Finds files that are not open. */
  readonly findFiles?: FileFinder;
}

/** The files that a server can read: of the disk of its host, and those that the client reads for it. */
export class Files {
  readonly #disk: Disk;
  #client: ClientFiles | undefined;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** From now on the client is asked for what is not on the disk. */
  askClient(connection: Connection): ClientFiles {
    this.#client = new ClientFiles(connection);
    return this.#client;
  }

  get canRead(): boolean {
    return this.#disk.readFile !== undefined || this.#client !== undefined;
  }

  get canFind(): boolean {
    return this.#disk.findFiles !== undefined || this.#client !== undefined;
  }

  readonly read: FileReader = (uri) =>
    this.#isOnDisk(uri) ? this.#disk.readFile?.(uri) : this.#client?.read(uri);

  async *find(folder: string): AsyncGenerator<string> {
    const found = this.#isOnDisk(folder)
      ? this.#disk.findFiles?.(folder)
      : this.#client?.find(folder);
    if (found) yield* found;
  }

  #isOnDisk(uri: string): boolean {
    return this.#disk.readFile !== undefined && uri.startsWith('file:');
  }
}
