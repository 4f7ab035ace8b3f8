import { writeFile } from 'node:fs/promises';
import { Misuse } from './exit.ts';
import type { FileAnalysis } from './read-file.ts';
import { explainSystemError } from './system-error.ts';

const BYTE_ORDER_MARK = '\uFEFF';

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
