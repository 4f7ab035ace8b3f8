/** Where text goes: a stream of the process, or an array in a test. */
export interface Output {
  write(text: string): void;
}

/** The world outside a command, handed in so that tests run commands in their own process. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether a person watches standard output. */
  readonly isTerminal: boolean;
  /** Width of the terminal; absent where there is none. */
  readonly columns?: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Where threads are worth it: how many, and the script that each runs (`serveTasks`). */
  readonly threads?: { readonly count: number; readonly script: URL };
  /** Hears the first Ctrl-C, in place of ending. Returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
  /** Shows how far a simulation is; does nothing where nobody watches. */
  startProgress(): Progress;
  /** Style and script of the report page, read when a page is written. */
  loadReportPage(): Promise<ReportPage>;
}

export interface Progress {
  /**
   * @param share done so far, from 0 to 1.
   * @param step what that is, in words
   */
  update(share: number, step?: string): void;
  stop(): void;
}

export interface ReportPage {
  readonly css: string;
  readonly script: string;
}
