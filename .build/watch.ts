import { formatMessages, type Message, type Plugin } from 'esbuild';

export const WATCH_BEGINS = '[watch] build started';
export const WATCH_ENDS = '[watch] all built';

/** Bundles that share a changed file notice it within this time of one another. */
const SETTLE_MS = 300;

/**
 * Makes several watching bundles speak as one: a line when the first begins and, when the last is
 * done, everything that is wrong in any of them and a line that ends it. `.vscode/tasks.json` reads
 * these lines.
 */
export class WatchLog {
  readonly #print: (line: string) => void;
  readonly #problems = new Map<string, readonly Message[]>();
  readonly #building = new Set<string>();
  #isTold = false;
  #settling: NodeJS.Timeout | undefined;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** What a bundle needs among its plugins to take part. */
  plugin(bundle: string): Plugin {
    return {
      name: 'watch-log',
      setup: ({ onStart, onEnd }) => {
        onStart(() => this.#begin(bundle));
        onEnd(({ errors }) => this.#end(bundle, errors));
      },
    };
  }

  #begin(bundle: string): void {
    clearTimeout(this.#settling);
    this.#building.add(bundle);
    if (this.#isTold) return;
    this.#isTold = true;
    this.#print(WATCH_BEGINS);
  }

  #end(bundle: string, errors: readonly Message[]): void {
    this.#problems.set(bundle, errors);
    this.#building.delete(bundle);
    if (this.#building.size === 0) this.#settling = setTimeout(() => this.#tell(), SETTLE_MS);
  }

  async #tell(): Promise<void> {
    // A file that several bundles share is wrong in all of them.
    const texts = new Set<string>();
    for (const errors of this.#problems.values()) {
      for (const text of await formatMessages([...errors], { kind: 'error' })) texts.add(text);
    }
    for (const text of texts) this.#print(text.trimEnd());
    this.#isTold = false;
    this.#print(WATCH_ENDS);
  }
}
