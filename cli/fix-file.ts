import { fixAll } from '../core/index.ts';
import { plural } from '../core/report/text.ts';
import type { FileToCheck } from './check-batch.ts';
import type { Context } from './context.ts';
import { printable } from './format/text.ts';
import { analyseFile, type Judge } from './read-file.ts';
import type { RuleFailures } from './rule-failures.ts';
import { writeText } from './write-file.ts';

/**
 * Does every safe fix of a file, writes it, and says what was done; on standard error, so that the
 * output stays what a program can read.
 */
export async function fixFile(
  { judging, path, shown }: FileToCheck,
  failures: RuleFailures,
  judge: Judge,
  { stderr }: Pick<Context, 'stderr'>,
): Promise<void> {
  const options = { ...judging, onRuleFailure: failures.on(shown) };
  const read = await analyseFile(path, shown, options, judge);
  if (read.kind === 'refused') return;
  const { analysis: after, done } = fixAll(read.analysis, (text) =>
    judge(text, shown, { ...options, ...read.judging }),
  );
  if (done.length === 0) return;
  await writeText(path, read, after.text);
  const lines = done.map(({ fix, finding, line }) => {
    return `  line ${line + 1}: ${printable(fix.title)}  ${finding.ruleId}`;
  });
  stderr.write(
    `${printable(shown)}: mended ${plural(done.length, 'problem')}\n${lines.join('\n')}\n`,
  );
}
