import { writeFile } from 'node:fs/promises';
import { type AnalyseOptions, type Analysis, analyse, fixAll } from '../core/index.ts';
import { plural } from '../core/report/text.ts';
import type { Context } from './context.ts';
import { Misuse } from './exit.ts';
import { printable } from './format/text.ts';
import type { FileAnalysis } from './read-file.ts';
import { explainSystemError } from './system-error.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Does every safe fix of a file, writes it, and says what was done; on standard error, so that the
 * output stays what a program can read.
 *
 * @returns what is still wrong.
 */
export async function fixFile(
  path: string,
  { analysis, hasMark }: Extract<FileAnalysis, { kind: 'analysed' }>,
  options: AnalyseOptions,
  { stderr }: Pick<Context, 'stderr'>,
): Promise<Analysis> {
  const { file } = analysis;
  const { analysis: after, done } = fixAll(analysis, (text) => analyse(text, file, options));
  if (done.length === 0) return analysis;
  await writeFile(path, (hasMark ? BYTE_ORDER_MARK : '') + after.text).catch((error) => {
    throw new Misuse(explainSystemError(error, file, 'write'));
  });
  const lines = done.map(({ fix, finding, line }) => {
    return `  line ${line + 1}: ${printable(fix.title)}  ${finding.ruleId}`;
  });
  stderr.write(
    `${printable(file)}: mended ${plural(done.length, 'problem')}\n${lines.join('\n')}\n`,
  );
  return after;
}
