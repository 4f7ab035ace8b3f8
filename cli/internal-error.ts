import { printable } from './format/text.ts';

/** One line, or everything there is to know where somebody is looking for the cause. */
export function internalError(error: unknown, isDebugging: boolean): string {
  if (isDebugging) return `faultline: internal error: ${describe(error)}`;
  const message = error instanceof Error ? error.message : String(error);
  const line = printable(message.split('\n')[0] ?? '');
  return `faultline: internal error: ${line} (run with FAULTLINE_DEBUG=1 for the stack)`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
