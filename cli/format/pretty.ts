import { type Finding, LineIndex, SEVERITIES } from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';
import { snippetOf } from './snippet.ts';
import { type Style, severityLabel } from './style.ts';
import { count, printable, wrap } from './text.ts';

/** Width of source lines where there is no terminal to fit them to. */
const USUAL_COLUMNS = 100;

export interface PrettyOptions {
  readonly style: Style;
  /** Messages are wrapped to this width; without it each stays on its line, as logs want it. */
  readonly columns?: number | undefined;
}

/** Findings of files for people: under each file its findings, each with the line it is on. */
export function formatPretty(files: readonly CheckedFile[], options: PrettyOptions): string {
  const { style } = options;
  const parts: string[] = [];
  for (const file of files) {
    if (file.findings.length === 0) continue;
    parts.push(style.underline(printable(file.file)));
    for (const finding of file.findings) parts.push(...formatFinding(finding, file, options));
    parts.push('');
  }
  parts.push(summaryLine(files, style));
  return `${parts.join('\n')}\n`;
}

/** "2 errors and 1 warning", leaving out what there is none of; empty when there is nothing. */
export function tally(findings: readonly Pick<Finding, 'severity'>[]): string {
  return SEVERITIES.map((severity) => {
    return [findings.filter((finding) => finding.severity === severity).length, severity] as const;
  })
    .filter(([amount]) => amount > 0)
    .map(([amount, severity]) => count(amount, severity))
    .join(', ');
}

function formatFinding(finding: Finding, file: CheckedFile, options: PrettyOptions): string[] {
  const { style, columns } = options;
  const { lines } = file;
  const place = placeOf(lines, finding.at.start).padStart(8);
  const indent = ' '.repeat(9);
  const label = severityLabel(finding.severity, style);
  const hanging = place.length + 2 + 'warning'.length + 2;
  const text = `${printable(finding.message)}  ${finding.ruleId}`;
  const wrapped = columns ? wrap(text, Math.max(20, columns - hanging)) : [text];
  const message = wrapped
    .join(`\n${' '.repeat(hanging)}`)
    // The id comes last, so that is where it is dimmed.
    .replace(/\S+$/, (id) => style.dim(id));
  const result = [`${style.dim(place)}  ${label}  ${message}`];
  const bar = style.dim('│');
  const width = (columns ?? USUAL_COLUMNS) - indent.length - 2;
  const snippet = snippetOf(file.text, lines, finding.at, Math.max(20, width));
  if (snippet) {
    result.push(`${indent}${bar} ${snippet.source}`);
    result.push(`${indent}${bar} ${style.red(snippet.underline)}`);
  }
  for (const { message, at, ruleId } of finding.related) {
    const id = ruleId ? `  ${style.dim(ruleId)}` : '';
    const where = style.dim(placeOf(lines, at.start));
    result.push(`${indent}${bar} ${where}  ${printable(message)}${id}`);
  }
  return result;
}

function summaryLine(files: readonly CheckedFile[], style: Style): string {
  const findings = files.flatMap((file) => file.findings);
  const among = count(files.length, 'file');
  if (findings.length === 0) return style.green(`No problems in ${among}.`);
  return style.bold(`${tally(findings)} in ${among}`);
}

/** As people count: from 1. */
function placeOf(lines: LineIndex, offset: number): string {
  const { line, character } = lines.positionAt(offset);
  return `${line + 1}:${character + 1}`;
}
