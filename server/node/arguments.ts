/** What the command line asks for. */
export type Command =
  /** Without a port, over the standard streams or the IPC channel. */
  | { readonly kind: 'serve'; readonly port?: number }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'misused'; readonly text: string };

const USAGE = `Usage: faultline-language-server <transport>

Speaks the Language Server Protocol for resilience configs; an editor starts it.

Transports:
  --stdio         standard input and output
  --node-ipc      the IPC channel of the Node process that forked the server
  --socket=PORT   connects to a port of this machine

Others:
  --version       prints the version
  --help          prints this text
`;

/**
 * Reads the arguments. Editors add some of their own (`--clientProcessId=…`), so those that are
 * not known are no mistake.
 */
export function readArguments(args: readonly string[], version: string, hasIpc: boolean): Command {
  if (args.includes('--help')) return { kind: 'print', text: USAGE };
  if (args.includes('--version')) return { kind: 'print', text: `${version}\n` };
  if (args.includes('--stdio')) return { kind: 'serve' };
  if (args.includes('--node-ipc')) {
    if (hasIpc) return { kind: 'serve' };
    return misused('--node-ipc only works when a Node process forks the server.');
  }
  const socket = args.find((one) => one.startsWith('--socket'));
  if (socket !== undefined) {
    const port = readPort(socket.slice('--socket='.length));
    if (port !== undefined) return { kind: 'serve', port };
    return misused('--socket needs a port, as in --socket=6009.');
  }
  return misused('Say how to talk to the server: --stdio, --node-ipc or --socket=PORT.');
}

function readPort(text: string): number | undefined {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}

function misused(reason: string): Command {
  return { kind: 'misused', text: `${reason} See --help.\n` };
}
