import { type AnalyseOptions, type Analysis, analyse, fixAll } from '../core/index.ts';
import { plural } from '../core/report/text.ts';
import type { Context } from './context.ts';
import { printable } from './format/text.ts';
import type { FileAnalysis } from './read-file.ts';
import { writeText } from './write-file.ts';

/**
 * Does every safe fix of a file, writes it, and says what was done; on standard error, so that the
 * output stays what a program can read.
 *
 * @returns what is still wrong.
 */
export async function fixFile(
  path: string,
  read: Extract<FileAnalysis, { kind: 'analysed' }>,
  options: AnalyseOptions,
  { stderr }: Pick<Context, 'stderr'>,
): Promise<Analysis> {
  const { analysis } = read;
  const { file } = analysis;
  const { analysis: after, done } = fixAll(analysis, (text) => analyse(text, file, options));
  if (done.length === 0) return analysis;
  await writeText(path, read, after.text);
  const lines = done.map(({ fix, finding, line }) => {
    return `  line ${line + 1}: ${printable(fix.title)}  ${finding.ruleId}`;
  });
  stderr.write(
    `${printable(file)}: mended ${plural(done.length, 'problem')}\n${lines.join('\n')}\n`,
  );
  return after;
}
