import type { PlainValue } from '../../model/plain-value.ts';
import type { Quote } from './layout.ts';
import type { TextStyle } from './style.ts';
import { type ScalarStyle, writeScalar, writeText } from './write-scalar.ts';

/** Longer collections are spread over lines. */
const MOST_INLINE_CHARACTERS = 80;

/** Writes plain values in the style of a text. */
export class ValueWriter {
  readonly #style: TextStyle;
  readonly #quote: Quote;

  /** @param quote how texts beside the new one are quoted. */
  constructor(style: TextStyle, quote: Quote = 'plain') {
    this.#style = style;
    this.#quote = style.isJson ? 'double' : quote;
  }

  key(name: string, quote: Quote, isFlow: boolean): string {
    return writeText(name, this.#scalarStyle(this.#style.isJson ? 'double' : quote, isFlow));
  }

  /** On one line. */
  inline(value: PlainValue, isFlow: boolean): string {
    if (isScalar(value)) return writeScalar(value, this.#scalarStyle(this.#quote, isFlow));
    const { braces, brackets } = this.#style;
    const parts = this.#parts(value, (one) => this.inline(one, true));
    const pad = isList(value) ? brackets : braces;
    const text = parts.length === 0 ? '' : `${pad}${parts.join(', ')}${pad}`;
    return isList(value) ? `[${text}]` : `{${text}}`;
  }

  /** In brackets, each part on its line. `indent` is that of the line with the opening bracket. */
  spread(value: PlainValue, indent: string): string {
    if (isScalar(value) || isEmpty(value)) return this.inline(value, true);
    const { newline, unit, spreads } = this.#style;
    const inner = indent + unit;
    const parts = this.#parts(value, (one) =>
      !spreads && isSmall(one) ? this.inline(one, true) : this.spread(one, inner),
    );
    const text = parts.map((part) => `${newline}${inner}${part}`).join(',');
    const close = `${newline}${indent}`;
    return isList(value) ? `[${text}${close}]` : `{${text}${close}}`;
  }

  /** By indentation; every line but the first is indented. Not for scalars and empty collections. */
  block(value: PlainValue, indent: string): string {
    if (isScalar(value) || isEmpty(value)) return this.inline(value, false);
    const { newline } = this.#style;
    const parts = isList(value)
      ? value.map((item) => `- ${this.#inBlock(item, `${indent}  `)}`)
      : Object.entries(value).map(([key, one]) => this.entry(key, one, indent, isSmall(one)));
    return parts.join(newline + indent);
  }

  /** A key with its value, in a mapping by indentation. */
  entry(
    key: string,
    value: PlainValue,
    indent: string,
    isInline: boolean,
    quote: Quote = 'plain',
  ): string {
    const head = `${this.key(key, quote, false)}:`;
    if (isScalar(value) || isEmpty(value) || isInline)
      return `${head} ${this.inline(value, false)}`;
    const { newline, unit, dashIndent } = this.#style;
    const inner = indent + (isList(value) ? dashIndent : unit);
    return `${head}${newline}${inner}${this.block(value, inner)}`;
  }

  #inBlock(value: PlainValue, indent: string): string {
    return isSmall(value) ? this.inline(value, false) : this.block(value, indent);
  }

  #parts(value: Collection, write: (value: PlainValue) => string): string[] {
    if (isList(value)) return value.map(write);
    return Object.entries(value).map(
      ([key, one]) => `${this.key(key, 'plain', true)}: ${write(one)}`,
    );
  }

  #scalarStyle(quote: Quote, isFlow: boolean): ScalarStyle {
    return { quote, otherwise: this.#style.isJson ? 'double' : this.#style.quotes, isFlow };
  }
}

type Collection = readonly PlainValue[] | { readonly [key: string]: PlainValue };

export function isScalar(value: PlainValue): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

export function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function isEmpty(value: Collection): boolean {
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** Whether a value fits on a line and has nothing nested that would make it hard to read there. */
export function isSmall(value: PlainValue): boolean {
  if (isScalar(value)) return true;
  const inside = isList(value) ? value : Object.values(value);
  return inside.every(isScalar) && JSON.stringify(value).length <= MOST_INLINE_CHARACTERS;
}
