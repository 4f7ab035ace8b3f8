import type { PlainValue } from '../../model/plain-value.ts';
import { Refusal, type TextEdit } from './edit.ts';
import type { CollectionLayout, Layout, Part, Quote } from './layout.ts';
import { beginsLine, endsLine, indentAt, lineEnd, lineIndent, partEnd } from './lines.ts';
import type { TextStyle } from './style.ts';
import { isList, isScalar, isSmall, ValueWriter } from './write-value.ts';

/** A key with its value, or an item of a list, that is to be added. */
export interface NewPart {
  readonly key?: string;
  readonly value: PlainValue;
}

/** Adds parts to a mapping or list, behind one of its parts or else behind the last. */
export function insertParts(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  parts: readonly NewPart[],
  after = collection.parts.at(-1),
): TextEdit[] {
  if (!after) return fill(text, style, collection, parts);
  const insert = collection.style === 'block' ? insertLines : insertInBrackets;
  return insert(text, style, collection, parts, after);
}

function insertLines(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  parts: readonly NewPart[],
  after: Part,
): TextEdit[] {
  if (!endsLine(text, after.end)) throw new Refusal('unsupported');
  const indent = indentAt(text, after.start);
  const writer = new ValueWriter(style, quoteBeside(collection, after));
  const lines = parts.map(({ key, value }) => {
    const isInline = isInlineBeside(collection, value);
    if (key !== undefined) return writer.entry(key, value, indent, isInline, after.key?.quote);
    return `- ${isInline ? writer.inline(value, false) : writer.block(value, `${indent}  `)}`;
  });
  const newText = lines.map((line) => style.newline + indent + line).join('');
  return [insertion(lineEnd(text, partEnd(text, after)), newText)];
}

function insertInBrackets(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  parts: readonly NewPart[],
  after: Part,
): TextEdit[] {
  const ownLines = beginsLine(text, after.start);
  const indent = indentAt(text, after.start);
  const written = writeInBrackets(text, style, collection, parts, ownLines ? indent : undefined);
  const line = style.newline + indent;
  if (after.comma !== undefined) {
    const behind = after.comma + 1;
    if (ownLines && endsLine(text, behind)) {
      const newText = written.map((part) => `${line}${part},`).join('');
      return [insertion(lineEnd(text, behind), newText)];
    }
    return [insertion(behind, written.map((part) => ` ${part},`).join(''))];
  }
  if (ownLines && endsLine(text, after.end)) {
    // Its comment stays with it, so the comma and the new lines go to two places.
    const newText = written.map((part) => line + part).join(',');
    return [insertion(after.end, ','), insertion(lineEnd(text, after.end), newText)];
  }
  const gap = ownLines ? line : ' ';
  return [insertion(after.end, written.map((part) => `,${gap}${part}`).join(''))];
}

/** Adds the first parts between brackets. */
function fill(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  parts: readonly NewPart[],
): TextEdit[] {
  const { kind, start, end } = collection;
  const inside = text.slice(start + 1, end - 1);
  const outer = lineIndent(text, start);
  const inner = outer + style.unit;
  const isSpread = style.spreads && inside.trim() === '';
  const written = writeInBrackets(text, style, collection, parts, isSpread ? inner : undefined);
  // A comment stands there; it goes on behind the new part.
  if (inside.trim() !== '') return [insertion(start + 1, `${written.join(', ')},`)];
  const pad = kind === 'mapping' ? style.braces : style.brackets;
  const newText = isSpread
    ? `${written.map((part) => style.newline + inner + part).join(',')}${style.newline}${outer}`
    : `${pad}${written.join(', ')}${pad}`;
  return [{ start: start + 1, end: end - 1, newText }];
}

/** @param indent of the line that the part begins; absent where it has no line of its own. */
function writeInBrackets(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  parts: readonly NewPart[],
  indent: string | undefined,
): string[] {
  const last = collection.parts.at(-1);
  const writer = new ValueWriter(style, quoteBeside(collection, last));
  return parts.map(({ key, value }) => {
    const isSpread = indent !== undefined && isSpreadBeside(text, style, collection, value);
    const written = isSpread ? writer.spread(value, indent) : writer.inline(value, true);
    if (key === undefined) return written;
    return `${writer.key(key, last?.key?.quote ?? 'plain', true)}: ${written}`;
  });
}

/** Whether a value is written on one line, as its siblings are; without any, if it reads well. */
export function isInlineBeside(collection: CollectionLayout, value: PlainValue): boolean {
  if (isScalar(value)) return true;
  const sibling = siblingLike(collection, value);
  return sibling ? sibling.style === 'flow' : isSmall(value);
}

/** Whether a value between brackets is spread over lines, as its siblings are. */
export function isSpreadBeside(
  text: string,
  style: TextStyle,
  collection: CollectionLayout,
  value: PlainValue,
): boolean {
  const sibling = siblingLike(collection, value);
  if (sibling) return text.slice(sibling.start, sibling.end).includes('\n');
  return style.spreads || !isSmall(value);
}

/** The last collection of its kind beside a value. */
function siblingLike(
  collection: CollectionLayout,
  value: PlainValue,
): CollectionLayout | undefined {
  const kind = isList(value) ? 'sequence' : 'mapping';
  return collection.parts
    .map((part) => part.value)
    .findLast((one): one is CollectionLayout => isFilled(one) && one?.kind === kind);
}

function isFilled(value: Layout | undefined): boolean {
  return (value?.kind === 'mapping' || value?.kind === 'sequence') && value.parts.length > 0;
}

/** Items of a list are quoted alike; the values of a mapping have nothing in common. */
function quoteBeside({ kind }: CollectionLayout, sibling: Part | undefined): Quote {
  if (kind === 'mapping') return 'plain';
  let value = sibling?.value;
  while (value?.kind === 'mapping' || value?.kind === 'sequence') value = value.parts.at(-1)?.value;
  return value?.kind === 'scalar' && value.quote !== 'block' ? value.quote : 'plain';
}

function insertion(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}
