import { type Finding, SEVERITIES } from '../../core/index.ts';
import { tallyText } from '../../core/report/text.ts';
import type { CheckedFile } from '../read-file.ts';
import type { PrettyOptions } from './pretty.ts';
import { severityLabel } from './style.ts';
import { printable, wrap } from './text.ts';

/** A simulation is about what happens; the full list is what `check` is for. */
const MOST = 10;
const HANGING = ' '.repeat('  warning  '.length);

/** The findings that are shown: the worst, in the order of the file where they are equally bad. */
export function worstFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .slice(0, MOST);
}

/** The findings of one file in a few lines, worst first; empty when there are none. */
export function formatFindings(
  { file, findings, lines }: Pick<CheckedFile, 'file' | 'findings' | 'lines'>,
  { style, columns }: PrettyOptions & { readonly columns: number },
): string {
  if (findings.length === 0) return '';
  const result = [`${style.bold('Found in the file')}  ${tallyText(findings)}`];
  const name = printable(file);
  for (const { severity, message, at } of worstFindings(findings)) {
    const where = `${name}:${lines.positionAt(at.start).line + 1}`;
    const text = wrap(`${printable(message)} ${where}`, columns - HANGING.length)
      .join(`\n${HANGING}`)
      .replace(where, style.cyan(where));
    result.push(`  ${severityLabel(severity, style)}  ${text}`);
  }
  const hidden = findings.length - MOST;
  if (hidden > 0) result.push(`${HANGING}and ${hidden} more: faultline check ${name}`);
  return `${result.join('\n')}\n`;
}
