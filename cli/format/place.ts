import { type LineIndex, type SourceRange, textAt } from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';

/** A place as people and most tools count: lines and columns from 1, the end behind the last one. */
export interface PlainPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeIn(lines: LineIndex, { start, end }: SourceRange): PlainPlace {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** `12:3` as people count, with the file before it where it is another one than that of the finding. */
export function placeText(checked: CheckedFile, at: SourceRange): string {
  const { file, lines } = textAt(checked, at);
  const { column, line } = placeIn(lines, at);
  return `${file === checked.file ? '' : `${file}:`}${line}:${column}`;
}
