/** What the command line asks for. */
export type Command =
  | { readonly kind: 'serve' }
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
    if (isPort(socket.slice('--socket='.length))) return { kind: 'serve' };
    return misused('--socket needs a port, as in --socket=6009.');
  }
  return misused('Say how to talk to the server: --stdio, --node-ipc or --socket=PORT.');
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
}

function misused(reason: string): Command {
  return { kind: 'misused', text: `${reason} See --help.\n` };
}
