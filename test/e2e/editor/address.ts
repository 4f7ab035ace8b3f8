/** The address by which a browser asks VS Code's server for a window. */
import { pathToFileURL } from 'node:url';

/** What the address of the editor may ask for, beside the folder. */
export interface Payload {
  /** The folder of the extension to load from its sources. */
  readonly extensionDevelopmentPath?: string;
  /** The CommonJS module whose `run()` the extension host calls. */
  readonly extensionTestsPath?: string;
}

/** The address of a window on `folder`, of the server at `port` of this machine. */
export function address(port: number, folder: string, payload: Payload = {}): string {
  const authority = `127.0.0.1:${port}`;
  const remote = (path: string) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const pairs = Object.entries(payload).map(([key, path]) => [key, remote(path)]);
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify([...pairs, ['skipWelcome', 'true']]),
  });
  return `http://${authority}/?${query}`;
}
