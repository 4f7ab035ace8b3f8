import type { PlainValue } from '../../model/plain-value.ts';
import { Refusal, type TextEdit } from './edit.ts';
import type { Holder, Place } from './find.ts';
import { isInlineBeside, isSpreadBeside } from './insert.ts';
import type { KeyLayout, Layout } from './layout.ts';
import { beginsLine, endsLine, indentAt, lineEnd, lineIndent, lineStart } from './lines.ts';
import { replaceLines } from './remove.ts';
import type { TextStyle } from './style.ts';
import { isList, isScalar, ValueWriter } from './write-value.ts';

/** Writes another value at a place, in the style of the one that is there. */
export function replaceValue(
  text: string,
  style: TextStyle,
  place: Place,
  value: PlainValue,
): TextEdit[] {
  const { value: old, holder } = place;
  if (!old && !holder) throw new Refusal('not-found');
  if (old?.isTagged) throw new Refusal('unsupported');
  if (isCollection(old) && !old.isClosed) throw new Refusal('broken');
  if (holder?.collection.style === 'flow') {
    return replaceInBrackets(text, style, old, holder, value);
  }
  const writer = new ValueWriter(style, quoteOf(old));
  const isBlock = isCollection(old) && old.style === 'block';
  if (!staysBlock(old, holder, value)) {
    const newText = writer.inline(value, false);
    if (isBlock) return replaceLines(text, old, holder?.part, newText);
    return [atPlaceOf(old, holder, newText)];
  }
  const kind = isList(value) ? 'sequence' : 'mapping';
  if (isBlock && (old.kind === kind || holder?.collection.kind !== 'mapping')) {
    const { start, end } = old;
    return [{ start, end, newText: writer.block(value, indentAt(text, start)) }];
  }
  if (holder?.collection.kind !== 'mapping') {
    const indent = old ? indentAt(text, old.start) : `${indentOfItem(text, holder)}  `;
    return [atPlaceOf(old, holder, writer.block(value, indent))];
  }
  return placeBelow(text, style, old, holder, writer, value);
}

/** Gives a key another name, quoted like the old one where that is enough. */
export function replaceKey(
  style: TextStyle,
  { collection }: Holder,
  key: KeyLayout,
  name: string,
): TextEdit[] {
  const isFlow = collection.style === 'flow';
  const newText = new ValueWriter(style).key(name, key.quote, isFlow);
  return [{ start: key.start, end: key.end, newText }];
}

function replaceInBrackets(
  text: string,
  style: TextStyle,
  old: Layout | undefined,
  holder: Holder,
  value: PlainValue,
): TextEdit[] {
  const writer = new ValueWriter(style, quoteOf(old));
  const indent = spreadIndent(text, style, old, holder, value);
  const newText = indent === undefined ? writer.inline(value, true) : writer.spread(value, indent);
  return [atPlaceOf(old, holder, newText)];
}

/** The indentation of a value that is spread over lines; nothing for one that is not to be. */
function spreadIndent(
  text: string,
  style: TextStyle,
  old: Layout | undefined,
  { collection, part }: Holder,
  value: PlainValue,
): string | undefined {
  if (isCollection(old) && old.parts.length > 0) {
    const close = old.end - 1;
    const isSpread = text.slice(old.start, close).includes('\n') && beginsLine(text, close);
    return isSpread ? lineIndent(text, close) : undefined;
  }
  const isSpread = beginsLine(text, part.start) && isSpreadBeside(text, style, collection, value);
  return isSpread ? lineIndent(text, part.start) : undefined;
}

/** Under its key, on lines of its own; what the key's line says behind it stays there. */
function placeBelow(
  text: string,
  style: TextStyle,
  old: Layout | undefined,
  { part }: Holder,
  writer: ValueWriter,
  value: PlainValue,
): TextEdit[] {
  const step = isList(value) ? style.dashIndent : style.unit;
  const indent = indentAt(text, part.start) + step;
  const lines = indent + writer.block(value, indent);
  if (isCollection(old) && old.style === 'block') {
    return [{ start: lineStart(text, old.start), end: old.end, newText: lines }];
  }
  const end = old?.end ?? part.head;
  if (!endsLine(text, end)) throw new Refusal('unsupported');
  const below = lineEnd(text, end);
  return [
    { start: part.head, end, newText: '' },
    { start: below, end: below, newText: style.newline + lines },
  ];
}

/** In place of the old value; where nothing is written, behind the colon or dash. */
function atPlaceOf(old: Layout | undefined, holder: Holder | undefined, newText: string): TextEdit {
  if (old) return { start: old.start, end: old.end, newText };
  const head = holder?.part.head ?? 0;
  return { start: head, end: head, newText: ` ${newText}` };
}

/** Whether a value is written by indentation: like the old one, else like those beside it. */
function staysBlock(
  old: Layout | undefined,
  holder: Holder | undefined,
  value: PlainValue,
): boolean {
  const isFilled = !isScalar(value) && Object.keys(value).length > 0;
  if (!isFilled) return false;
  if (isCollection(old) && old.parts.length > 0) return old.style === 'block';
  return holder !== undefined && !isInlineBeside(holder.collection, value);
}

function quoteOf(old: Layout | undefined): 'plain' | 'single' | 'double' {
  return old?.kind === 'scalar' && old.quote !== 'block' ? old.quote : 'plain';
}

function isCollection(value: Layout | undefined): value is Extract<Layout, { parts: unknown }> {
  return value?.kind === 'mapping' || value?.kind === 'sequence';
}

function indentOfItem(text: string, holder: Holder | undefined): string {
  return holder ? indentAt(text, holder.part.start) : '';
}
