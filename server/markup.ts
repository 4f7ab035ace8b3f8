import { MarkupKind } from 'vscode-languageserver';
import type { Words } from '../core/insight/index.ts';
import type { InsightAt } from '../core/insight-at.ts';
import { shortened } from '../core/text/words.ts';

/** A name may be a whole file that was pasted by mistake. */
const MOST_CHARACTERS = 400;

/** An insight as the client can show it: a small table with what it rests on below. */
export function wordsText(words: Words, kind: MarkupKind): string {
  if (words.rows.length === 0 && words.notes.length === 0) return '';
  return kind === MarkupKind.Markdown ? markdownOf(words) : plainTextOf(words);
}

/** What the format says of a key. */
export function documentationOf(
  schema: NonNullable<InsightAt['schema']>,
  kind: MarkupKind,
): string {
  const { markdownDescription = '', title } = schema;
  if (title === undefined) return '';
  const usual = schema.default === undefined ? '' : JSON.stringify(schema.default);
  if (kind === MarkupKind.PlainText) {
    const note = usual === '' ? '' : ` Default: ${usual}.`;
    return `${title}: ${markdownDescription}${note}`;
  }
  const note = usual === '' ? '' : ` Default: \`${usual}\`.`;
  return `**${escaped(title)}**: ${markdownDescription}${note}`;
}

function markdownOf({ notes, rows, title }: Words): string {
  const head = escaped(title);
  if (rows.length === 0) return [`**${head}**`, ...notes.map(escaped)].join('\n\n');
  const table = [
    `| ${head} | |`,
    '| --- | --- |',
    ...rows.map(({ label, value }) => `| ${escaped(label)} | ${escaped(value)} |`),
  ];
  return [table.join('\n'), ...notes.map(escaped)].join('\n\n');
}

function plainTextOf({ notes, rows, title }: Words): string {
  return [title, ...rows.map(({ label, value }) => `${label}: ${value}`), ...notes]
    .map(oneLine)
    .join('\n');
}

/** Names are the user's: nothing in them may be markup. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~#&!$]/g, '\\$&');
}

function oneLine(text: string): string {
  return shortened(text.replace(/\s+/g, ' '), MOST_CHARACTERS);
}
