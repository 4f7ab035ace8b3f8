/** What a client sends to the server's worker before it speaks LSP. */
export interface BrowserStart {
  /** URL of the built `worker.ts`, of the origin of the server's worker. */
  readonly workerScript: string;
}
