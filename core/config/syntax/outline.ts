import type { LineIndex } from '../text/line-index.ts';

/**
 * A stretch of a text that can be read by itself: what comes before and behind it only decides how
 * deep it is, and what ends it.
 */
export interface Stretch {
  readonly kind: /** Comments and blank lines before the first key. */
    | 'lead'
    /** A key of the file, with all that it holds. */
    | 'entry'
    /** The key of a section whose entries are stretches of their own. */
    | 'head'
    /** An entry of such a section. */
    | 'part';
  /** The name of the section that a head begins and a part is in; empty for others. */
  readonly section: string;
  readonly start: number;
  readonly end: number;
  /** How deep its keys are. */
  readonly indent: number;
  /** Whether it begins the mapping that it is a part of. */
  readonly isFirst: boolean;
  /** How deep the key behind it is; absent at the end of the text. */
  readonly nextIndent: number | undefined;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const CLOSING_BRACKET = 93;
const CLOSING_BRACE = 125;
/** A key with nothing but its section behind it. */
const HEAD = /([\w$.-]+): *(?:#.*)?\r?$/my;

/**
 * Parts a block mapping into stretches, by how deep its lines begin. `undefined` for a text that is
 * written in any other way, which is to be read as a whole: a flow collection, several documents,
 * tabs, odd line ends.
 *
 * @param isSection whether the entries of the key with this name may become stretches of their own.
 */
export function outlineOf(
  text: string,
  lines: LineIndex,
  isSection: (key: string) => boolean,
): readonly Stretch[] | undefined {
  if (/\t|\r(?!\n)/.test(text) || text.startsWith('\uFEFF')) return undefined;
  const outliner = new Outliner(text, isSection);
  for (let line = 0; line < lines.lineCount; line++) {
    const start = lines.lineStart(line);
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    const first = text.charCodeAt(at);
    const isEmpty =
      first === LINE_FEED || first === CARRIAGE_RETURN || first === HASH || at >= text.length;
    if (!isEmpty && !outliner.add(start, at - start, first)) return undefined;
  }
  return outliner.end();
}

interface Section {
  readonly name: string;
  /** How deep its entries are; 0 as long as there is none. */
  indent: number;
  /** Where its entries begin. */
  readonly parts: number[];
  /** Whether the first line lacks its colon, and so goes on. */
  isOpen: boolean;
}

class Outliner {
  readonly #text: string;
  readonly #isSection: (key: string) => boolean;
  readonly #stretches: Stretch[] = [];
  /** Where the current key of the file begins. */
  #start = -1;
  /** The current section, as long as its entries can be told apart. */
  #section: Section | undefined;
  /**
   * Whether the first line lacks its colon, and so goes on. Others may lack it too, but where there
   * is a key before them they belong to that. In a section it is the same.
   */
  #isOpen = false;
  #keys = 0;

  constructor(text: string, isSection: (key: string) => boolean) {
    this.#text = text;
    this.#isSection = isSection;
  }

  /** Takes a line with something on it; false for one that cannot be placed. */
  add(start: number, indent: number, first: number): boolean {
    if (indent === 0) return this.#addKey(start, first);
    const section = this.#section;
    if (!section || (section.indent > 0 && indent > section.indent)) return true;
    if (section.indent === 0) section.indent = indent;
    if (indent === section.indent && isClosing(first) && section.parts.length > 0) return true;
    // Something that is no list of entries is read at once.
    if (indent < section.indent || !beginsKey(first)) this.#section = undefined;
    else this.#addPart(start, section);
    return true;
  }

  end(): readonly Stretch[] | undefined {
    if (this.#start < 0) return undefined;
    this.#close(this.#text.length, undefined);
    return this.#stretches;
  }

  #addKey(start: number, first: number): boolean {
    if (this.#start >= 0 && isClosing(first)) return true;
    if (!beginsKey(first)) return false;
    const isOpen = !this.#hasColon(start);
    if (this.#keys > 0 && (isOpen || (this.#keys === 1 && this.#isOpen))) {
      this.#isOpen &&= isOpen;
      this.#section = undefined;
      return true;
    }
    if (this.#keys > 0) this.#close(start, 0);
    else if (start > 0) this.#push('lead', '', 0, start, 0, true, 0);
    this.#start = start;
    this.#keys++;
    this.#isOpen = isOpen;
    HEAD.lastIndex = start;
    const name = HEAD.exec(this.#text)?.[1];
    this.#section =
      name !== undefined && this.#isSection(name)
        ? { name, indent: 0, parts: [], isOpen: false }
        : undefined;
    return true;
  }

  #addPart(start: number, section: Section): void {
    const { parts } = section;
    const isOpen = !this.#hasColon(start);
    if (parts.length > 0 && (isOpen || (parts.length === 1 && section.isOpen))) {
      section.isOpen &&= isOpen;
    } else {
      parts.push(start);
      section.isOpen = isOpen;
    }
  }

  #hasColon(start: number): boolean {
    const colon = this.#text.indexOf(':', start);
    if (colon < 0) return false;
    const newline = this.#text.indexOf('\n', start);
    return newline < 0 || colon < newline;
  }

  /** Ends the current key of the file where the next one begins. */
  #close(end: number, nextIndent: number | undefined): void {
    const start = this.#start;
    const { indent, name, parts } = this.#section ?? { indent: 0, name: '', parts: [] };
    const isFirst = this.#keys === 1;
    const [firstPart] = parts;
    if (firstPart === undefined) {
      this.#push('entry', '', start, end, 0, isFirst, nextIndent);
      return;
    }
    this.#push('head', name, start, firstPart, 0, isFirst, indent);
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      const behind = next === undefined ? nextIndent : indent;
      this.#push('part', name, part, next ?? end, indent, index === 0, behind);
    }
  }

  #push(
    kind: Stretch['kind'],
    section: string,
    start: number,
    end: number,
    indent: number,
    isFirst: boolean,
    nextIndent: number | undefined,
  ): void {
    this.#stretches.push({ kind, section, start, end, indent, isFirst, nextIndent });
  }
}

/** A letter, a digit, an underscore or a quote. */
function beginsKey(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === DOUBLE_QUOTE ||
    code === SINGLE_QUOTE
  );
}

/** The end of a flow collection may stand as deep as the key that holds it. */
function isClosing(code: number): boolean {
  return code === CLOSING_BRACKET || code === CLOSING_BRACE;
}
