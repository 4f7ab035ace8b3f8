import type { CollectionLayout, Layout, Quote } from './layout.ts';
import { beginsLine, indentAt, lineStart } from './lines.ts';

/** The habits of a text, so that what is added to it looks as if its author had written it. */
export interface TextStyle {
  readonly newline: '\n' | '\r\n';
  /** One level of indentation. */
  readonly unit: string;
  /** How much deeper than its key a list by indentation stands. */
  readonly dashIndent: string;
  /** Quotes around texts that need some. */
  readonly quotes: 'single' | 'double';
  /** JSON quotes every key and text. */
  readonly isJson: boolean;
  /** What stands inside braces and brackets that are on one line. */
  readonly braces: '' | ' ';
  readonly brackets: '' | ' ';
  /** All is in brackets, and spread over lines. */
  readonly spreads: boolean;
}

/** Reads the habits of a text; what it does not show is as formatters do it. */
export function styleOf(text: string, root: Layout | undefined): TextStyle {
  const facts = new StyleFacts(text);
  if (root) facts.visitRoot(root);
  const isJson =
    root?.kind === 'mapping' && root.style === 'flow' && root.parts[0]?.key?.quote === 'double';
  return {
    newline: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
    unit: facts.unit ?? '  ',
    dashIndent: facts.dashIndent ?? facts.unit ?? '  ',
    quotes: facts.quotes ?? 'double',
    isJson,
    braces: facts.braces ?? ' ',
    brackets: facts.brackets ?? '',
    spreads: root?.kind === 'mapping' && root.style === 'flow' && facts.onOneLine === 0,
  };
}

/** The first example of each habit decides. */
class StyleFacts {
  unit: string | undefined;
  dashIndent: string | undefined;
  quotes: 'single' | 'double' | undefined;
  braces: '' | ' ' | undefined;
  brackets: '' | ' ' | undefined;
  onOneLine = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** In JSON the first level tells how far a level is indented. */
  visitRoot(root: Layout): void {
    this.visit(root);
    const first =
      root.kind === 'mapping' && root.style === 'flow' ? root.parts[0]?.start : undefined;
    const indent = first === undefined ? '' : indentAt(this.#text, first);
    if (first !== undefined && beginsLine(this.#text, first) && indent !== '') this.unit ??= indent;
  }

  visit(node: Layout): void {
    if (node.kind === 'scalar') this.#see(node.quote);
    if (node.kind !== 'mapping' && node.kind !== 'sequence') return;
    if (node.style === 'flow') this.#seeBrackets(node);
    for (const { key, value, start } of node.parts) {
      if (key) this.#see(key.quote);
      if (!value) continue;
      if (node.kind === 'mapping' && value.kind !== 'scalar') this.#seeIndent(start, value);
      this.visit(value);
    }
  }

  #see(quote: Quote | 'block'): void {
    if (quote === 'single' || quote === 'double') this.quotes ??= quote;
  }

  #seeIndent(keyStart: number, value: Layout): void {
    if (value.kind !== 'mapping' && value.kind !== 'sequence') return;
    const first = value.parts[0]?.start;
    if (first === undefined) return;
    const outer = /^[ \t]*/.exec(this.#text.slice(lineStart(this.#text, keyStart)))?.[0] ?? '';
    const inner = this.#text.slice(lineStart(this.#text, first), first);
    // A key that follows a dash, or shares its line, stands deeper than its line does.
    const isOwnLine = /^[ \t]*$/.test(inner) && outer.length === this.#columnOf(keyStart);
    if (!isOwnLine || !inner.startsWith(outer)) return;
    const step = inner.slice(outer.length);
    if (value.style === 'block' && value.kind === 'sequence') this.dashIndent ??= step;
    else if (step !== '') this.unit ??= step;
  }

  #columnOf(offset: number): number {
    return offset - lineStart(this.#text, offset);
  }

  #seeBrackets({ kind, start, end, parts }: CollectionLayout): void {
    if (parts.length === 0) return;
    const inside = this.#text.slice(start, end);
    if (inside.includes('\n')) return;
    this.onOneLine++;
    const padding = inside[1] === ' ' ? ' ' : '';
    if (kind === 'mapping') this.braces ??= padding;
    else this.brackets ??= padding;
  }
}
