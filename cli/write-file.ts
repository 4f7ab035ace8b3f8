import { writeFile } from 'node:fs/promises';
import { Misuse } from './exit.ts';
import type { FileAnalysis } from './read-file.ts';
import { explainSystemError } from './system-error.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes a file that is not there yet.
 *
 * @throws {Misuse} where there is one already: what somebody wrote is not replaced unasked.
 */
export async function writeNewFile(path: string, shown: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new Misuse(explainSystemError(error, shown, 'write'));
    throw new Misuse(`'${shown}' is there already. Name another file, or remove it first.`);
  });
}

/** Writes a changed text in place of the one that was read, with its byte order mark if it had one. */
export async function writeText(
  path: string,
  { analysis, hasMark }: Extract<FileAnalysis, { kind: 'analysed' }>,
  text: string,
): Promise<void> {
  await writeFile(path, (hasMark ? BYTE_ORDER_MARK : '') + text).catch((error) => {
    throw new Misuse(explainSystemError(error, analysis.file, 'write'));
  });
}
