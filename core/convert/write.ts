import { isSmall, ValueWriter } from '../config/edit/write-value.ts';
import type { PlainValue } from '../model/plain-value.ts';
import type { NativeSystem } from './system.ts';
import type { Part } from './values.ts';

const WRITER = new ValueWriter({
  newline: '\n',
  unit: '  ',
  dashIndent: '  ',
  quotes: 'double',
  isJson: false,
  braces: ' ',
  brackets: '',
  spreads: false,
});

/** Nothing shorter is cut. */
const MOST_COLUMNS = 96;

/**
 * Writes a native config in YAML, with remarks as comments.
 *
 * @param head what stands above it
 */
export function writeNative(
  { others = {}, sections, system }: NativeSystem,
  head: readonly string[] = [],
): string {
  const blocks = [
    ...head.map((line) => comment(line, '')),
    [WRITER.entry('version', 1, '', true), WRITER.entry('system', system, '', true)].join('\n'),
  ];
  for (const [section, parts] of Object.entries(sections)) {
    const entries = Object.entries(parts);
    if (entries.length === 0) continue;
    blocks.push([`${section}:`, ...entries.map(([name, part]) => entry(name, part))].join('\n'));
  }
  for (const [key, value] of Object.entries(others))
    blocks.push(WRITER.entry(key, value, '', false));
  return `${blocks.join('\n\n')}\n`.replace(/^((?:#.*\n)+)\n(?=#)/gm, '$1');
}

function entry(name: string, { remarks, value }: Part): string {
  const lines = [...new Set(remarks)].map((line) => comment(line, '  '));
  return [...lines, `  ${WRITER.entry(name, value, '  ', isSmall(value))}`].join('\n');
}

/** A comment of one or more lines; whatever is in the text, it stays one. */
export function comment(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[^\S\u00a0]+/)) {
    if (line !== '' && indent.length + 2 + line.length + 1 + word.length > MOST_COLUMNS) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${indent}# ${one}`.trimEnd()).join('\n');
}

/** As data, without remarks. */
export function plainConfig({ others = {}, sections, system }: NativeSystem): PlainValue {
  const written = Object.entries(sections).flatMap(([section, parts]) => {
    const entries = Object.entries(parts).map(([name, { value }]) => [name, value]);
    return entries.length === 0 ? [] : [[section, Object.fromEntries(entries)]];
  });
  return { version: 1, system, ...Object.fromEntries(written), ...others };
}
