import { CST } from 'yaml';

/**
 * How a value is written: which characters belong to it, where its parts and their commas are. Made
 * from concrete syntax tokens, so every character of the text is accounted for.
 */
export type Layout = ScalarLayout | AliasLayout | CollectionLayout;

export type Quote = 'plain' | 'single' | 'double';

interface Written {
  /** Offset of the first character, behind anchor and tag. */
  readonly start: number;
  /** Offset behind the last character that is neither blank nor comment. */
  readonly end: number;
  readonly anchor?: string;
  readonly isTagged: boolean;
}

export interface ScalarLayout extends Written {
  readonly kind: 'scalar';
  readonly quote: Quote | 'block';
}

export interface AliasLayout extends Written {
  readonly kind: 'alias';
}

export interface CollectionLayout extends Written {
  readonly kind: 'mapping' | 'sequence';
  /** In brackets, or by indentation. */
  readonly style: 'flow' | 'block';
  /** Whether the closing bracket is there; always so without brackets. */
  readonly isClosed: boolean;
  readonly parts: readonly Part[];
}

/** A key with its value, or an item of a list. */
export interface Part {
  /** Offset of the key, of the dash, or of the item itself. */
  readonly start: number;
  readonly end: number;
  readonly key?: KeyLayout;
  /** Where the value has to follow: behind the colon or the dash, and behind anchor and tag. */
  readonly head: number;
  /** Absent where nothing is written, which means null. */
  readonly value?: Layout;
  /** Offset of the comma behind it. */
  readonly comma?: number;
  /** Written in a way that is not edited: an explicit key, a key that is no text, a stray token. */
  readonly isOdd: boolean;
}

export interface KeyLayout {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly quote: Quote;
}

/** A name that is given to a value, or used in its place. */
export interface AnchorUse {
  readonly name: string;
  readonly offset: number;
}

export interface DocumentLayout {
  readonly root: Layout | undefined;
  readonly anchors: readonly AnchorUse[];
  readonly aliases: readonly AnchorUse[];
}

/** The layout of the first document. Recurses as deep as the text nests, which `guardText` bounds. */
export function layoutOf(tokens: readonly CST.Token[]): DocumentLayout {
  const builder = new LayoutBuilder();
  const document = tokens.find((token) => token.type === 'document');
  if (document) builder.noteAnchors(document.start);
  const root = document?.value && builder.value(document.value, document.start);
  return { root, anchors: builder.anchors, aliases: builder.aliases };
}

type Item = CST.CollectionItem;
type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

class LayoutBuilder {
  readonly anchors: AnchorUse[] = [];
  readonly aliases: AnchorUse[] = [];

  /** @param before what stands before the value, anchor and tag among it. */
  value(token: CST.Token, before: readonly CST.SourceToken[]): Layout | undefined {
    const anchor = before.find(({ type }) => type === 'anchor')?.source.slice(1);
    const isTagged = before.some(({ type }) => type === 'tag');
    const written = { start: token.offset, isTagged, ...(anchor !== undefined && { anchor }) };
    switch (token.type) {
      case 'alias':
        this.aliases.push({ name: token.source.slice(1), offset: token.offset });
        return { ...written, kind: 'alias', end: endOf(token) };
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        // An empty token stands where nothing is written.
        if (token.source === '') return undefined;
        return { ...written, kind: 'scalar', quote: QUOTES[token.type], end: endOf(token) };
      case 'block-scalar':
        return { ...written, kind: 'scalar', quote: 'block', end: blockScalarEnd(token) };
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        return { ...written, ...this.#collection(token) };
      default:
        return undefined;
    }
  }

  #collection(token: Collection): Omit<CollectionLayout, 'anchor' | 'isTagged'> {
    const kind = isMapping(token) ? 'mapping' : 'sequence';
    const parts: Part[] = [];
    const items: readonly Item[] = token.items;
    for (const [index, item] of items.entries()) {
      const comma = items[index + 1]?.start.find(({ type }) => type === 'comma')?.offset;
      const part = this.#part(item, kind);
      if (part) parts.push(comma === undefined ? part : { ...part, comma });
    }
    const start = token.offset;
    const last = parts.at(-1)?.end ?? start;
    if (token.type !== 'flow-collection') {
      const first = parts[0]?.start ?? start;
      return { kind, style: 'block', isClosed: true, parts, start: first, end: last };
    }
    const close = token.end.find(({ type }) => /^flow-(?:map|seq)-end$/.test(type));
    const isClosed = close !== undefined;
    return { kind, style: 'flow', isClosed, parts, start, end: close ? endOf(close) : last };
  }

  /** Nothing for an item that is only what stands before or behind others. */
  #part(item: Item, kind: CollectionLayout['kind']): Part | undefined {
    const { start: before, key, sep = [], value: token } = item;
    const signs = before.filter((one) => !isTrivia(one) && one.type !== 'comma');
    if (!key && !token && signs.length === 0) return undefined;
    this.noteAnchors(before);
    this.noteAnchors(sep);
    const lead = kind === 'mapping' ? sep : before;
    const value = token && this.value(token, lead);
    const last = lead.findLast((one) => !isTrivia(one) && one.type !== 'comma');
    const keyLayout = key && keyOf(key);
    const start = signs[0]?.offset ?? key?.offset ?? token?.offset ?? 0;
    const head = last ? endOf(last) : (value?.start ?? start);
    const colons = sep.filter(({ type }) => type === 'map-value-ind').length;
    const isOdd =
      kind === 'mapping'
        ? keyLayout === undefined || colons !== 1 || signs.length > 0
        : key !== null && key !== undefined;
    return {
      start,
      end: Math.max(value?.end ?? head, keyLayout?.end ?? start),
      head,
      isOdd,
      ...(value && { value }),
      ...(keyLayout && { key: keyLayout }),
    };
  }

  noteAnchors(tokens: readonly CST.SourceToken[]): void {
    for (const { type, source, offset } of tokens) {
      if (type === 'anchor') this.anchors.push({ name: source.slice(1), offset });
    }
  }
}

function keyOf(token: CST.Token): KeyLayout | undefined {
  if (!CST.isScalar(token) || token.type === 'alias' || token.type === 'block-scalar') {
    return undefined;
  }
  let isSound = true;
  const { value: name } = CST.resolveAsScalar(token, true, () => {
    isSound = false;
  });
  if (!isSound) return undefined;
  return { name, start: token.offset, end: endOf(token), quote: QUOTES[token.type] };
}

const QUOTES = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
} as const satisfies Partial<Record<CST.Token['type'], Quote>>;

/** A block scalar's token reaches over the blank lines behind it. */
function blockScalarEnd({ offset, props, source }: CST.BlockScalar): number {
  const ends = (tokens: readonly CST.Token[]) =>
    tokens.reduce((end, one) => Math.max(end, one.offset + lengthOf(one)), offset);
  const content = source.trimEnd();
  if (content === '') return ends(props.filter((one) => !isTrivia(one)));
  return ends(props) + content.length;
}

function isMapping(token: Collection): boolean {
  if (token.type === 'flow-collection') return token.start.type === 'flow-map-start';
  return token.type === 'block-map';
}

function isTrivia({ type }: CST.Token): boolean {
  return type === 'space' || type === 'newline' || type === 'comment';
}

function lengthOf(token: CST.Token): number {
  return 'source' in token ? token.source.length : 0;
}

function endOf(token: { readonly offset: number; readonly source: string }): number {
  return token.offset + token.source.length;
}
