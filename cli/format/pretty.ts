import type { Finding, LineIndex } from '../../core/index.ts';
import { countText, plural, tallyText } from '../../core/report/text.ts';
import type { CheckedFile } from '../read-file.ts';
import { placeText } from './place.ts';
import { snippetOf } from './snippet.ts';
import { type Style, severityLabel, severityPaint } from './style.ts';
import { printable, wrap } from './text.ts';

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

/** Where the lines about a finding begin: under the end of its place. */
const INDENT = ' '.repeat(9);

function formatFinding(finding: Finding, file: CheckedFile, options: PrettyOptions): string[] {
  const { style, columns = USUAL_COLUMNS } = options;
  const { at, message, related, ruleId, severity } = finding;
  const place = placeOf(file.lines, at.start).padStart(INDENT.length - 1);
  const head = `${style.dim(place)}  ${severityLabel(severity, style)}  `;
  const bar = `${INDENT}${style.dim('│')} `;
  const barWidth = INDENT.length + 2;
  const result = hang(head, place.length + 11, message, ruleId, options);
  const snippet = snippetOf(file.text, file.lines, at, Math.max(20, columns - barWidth));
  if (snippet) {
    result.push(`${bar}${snippet.source}`);
    result.push(`${bar}${severityPaint(severity, style)(snippet.underline)}`);
  }
  for (const one of related) {
    const where = `${printable(placeText(file, one.at))}  `;
    const lines = hang('', barWidth + where.length, one.message, one.ruleId, options);
    result.push(
      ...lines.map((line, row) => {
        return row === 0 ? `${bar}${style.dim(where)}${line}` : `${bar}${line.slice(barWidth)}`;
      }),
    );
  }
  return result;
}

/** A message and the id of its rule behind a head of `width` cells; further lines stand under it. */
function hang(
  head: string,
  width: number,
  message: string,
  ruleId: string | undefined,
  { style, columns }: PrettyOptions,
): string[] {
  const text = printable(message) + (ruleId ? `  ${ruleId}` : '');
  const lines = columns ? wrap(text, Math.max(20, columns - width)) : [text];
  return lines.map((line, row) => {
    // The id comes last, so that is where it is dimmed.
    const shown = ruleId && row === lines.length - 1 ? dimEnd(line, ruleId, style) : line;
    return row === 0 ? `${head}${shown}` : `${' '.repeat(width)}${shown}`;
  });
}

function dimEnd(line: string, ruleId: string, style: Style): string {
  return `${line.slice(0, -ruleId.length)}${style.dim(ruleId)}`;
}

function summaryLine(files: readonly CheckedFile[], style: Style): string {
  const findings = files.flatMap((file) => file.findings);
  const among = plural(files.length, 'file');
  const kept = style.dim(suppressedText(files));
  if (findings.length === 0) return style.green(`No problems in ${among}.`) + kept;
  return style.bold(`${tallyText(findings)} in ${among}`) + kept;
}

/** What is not reported, so that nobody takes silence for soundness. */
function suppressedText(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ suppressed }) => suppressed);
  const silenced = all.filter(({ by }) => by.kind === 'comment').length;
  const known = all.length - silenced;
  const gone = files.reduce((sum, file) => sum + file.gone, 0);
  const parts = [
    ...(silenced > 0 ? [`${countText(silenced)} silenced by comments`] : []),
    ...(known > 0 ? [`${countText(known)} in the baseline`] : []),
    ...(gone > 0 ? [`${countText(gone)} of the baseline gone: --write-baseline`] : []),
  ];
  return parts.length === 0 ? '' : `  (${parts.join(', ')})`;
}

/** As people count: from 1. */
function placeOf(lines: LineIndex, offset: number): string {
  const { line, character } = lines.positionAt(offset);
  return `${line + 1}:${character + 1}`;
}
