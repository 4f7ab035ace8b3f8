import type { Finding } from '../../core/index.ts';
import { plural, tallyText } from '../../core/report/text.ts';
import type { CheckedFile } from '../read-file.ts';
import { placeIn, placeText } from './place.ts';
import { printable } from './text.ts';

/** For comments on changes, and for reading where Markdown is shown. */
export function formatMarkdown(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ findings }) => findings);
  const suppressed = files.reduce((sum, file) => sum + file.suppressed.length, 0);
  const tally = all.length === 0 ? 'no problems' : tallyText(all);
  return [
    `## Faultline: ${tally} in ${plural(files.length, 'file')}`,
    ...files.filter(({ findings }) => findings.length > 0).flatMap(section),
    ...(suppressed > 0
      ? ['', `${plural(suppressed, 'finding')} suppressed by comments or the baseline.`]
      : []),
    '',
  ].join('\n');
}

function section(checked: CheckedFile): string[] {
  const { file, findings } = checked;
  return [
    '',
    `### ${escaped(file)}`,
    '',
    '| place | severity | finding | rule |',
    '| --- | --- | --- | --- |',
    ...findings.map((finding) => row(finding, checked)),
  ];
}

function row({ severity, message, at, ruleId, related }: Finding, checked: CheckedFile): string {
  const { line, column } = placeIn(checked.lines, at);
  const others = related.map((one) => {
    return `<br>${escaped(placeText(checked, one.at))} ${escaped(one.message)}`;
  });
  const text = `${escaped(message)}${others.join('')}`;
  return `| ${line}:${column} | ${severity} | ${text} | ${ruleId} |`;
}

/** Names come from files, so nothing in them may format, link, or call somebody. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>|~#!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('@', '&#64;');
}
