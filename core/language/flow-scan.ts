import { unquoted } from './block-lines.ts';

/** A mapping or list in brackets that the cursor is in. */
export interface FlowFrame {
  readonly kind: 'mapping' | 'sequence';
  /** Keys of a mapping, on both sides of the cursor, without the one that it is in. */
  readonly keys: readonly string[];
  /** The key whose value the cursor is in; absent where a key, or an item, is to be written. */
  readonly key?: string;
  /** How many items stand before the cursor. */
  readonly index: number;
}

export interface FlowPlace {
  /** From the outermost to the innermost. */
  readonly frames: readonly FlowFrame[];
  /** The word that the cursor is in or behind; empty where there is none. */
  readonly word: { readonly start: number; readonly end: number };
  /** Whether a colon stands behind the word. */
  readonly hasColon: boolean;
}

const TOKEN =
  /(?<blank>\s+)|(?<comment>#.*)|(?<open>[[{])|(?<close>[\]}])|(?<comma>,)|(?<colon>:(?=[\s,[\]{}"']|$))|(?<word>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|(?:[^\s,[\]{}:#]|:(?![\s,[\]{}]|$)|[ \t]+(?=[^\s,[\]{}:#])|(?<=\S)#)+)|(?<other>.)/y;
/** Behind the cursor only so much is looked at, for a bracket may never be closed. */
const MOST_AHEAD = 5_000;

interface OpenFrame {
  kind: FlowFrame['kind'];
  keys: string[];
  key: string | undefined;
  index: number;
  /** The last word, which a colon would make a key. */
  word: string | undefined;
}

/**
 * Reads brackets from the one at `start` and says where in them the cursor is. Brackets that do not
 * match close what is open.
 *
 * @returns `undefined` where the brackets are closed before the cursor, or it is in a comment
 */
export function scanFlow(text: string, start: number, cursor: number): FlowPlace | undefined {
  const open: OpenFrame[] = [];
  let place: { frames: OpenFrame[]; word: FlowPlace['word']; key: string | undefined } | undefined;
  let hasColon: boolean | undefined;
  let depth = 0;
  TOKEN.lastIndex = start;
  const end = Math.min(text.length, cursor + MOST_AHEAD);
  while (TOKEN.lastIndex < end || !place) {
    const from = TOKEN.lastIndex;
    const token = from < text.length ? TOKEN.exec(text) : null;
    const to = token ? TOKEN.lastIndex : from;
    const groups = token?.groups ?? {};
    const isWord = groups.word !== undefined && from <= cursor && cursor <= to;
    if (!place && (isWord || cursor < to || !token)) {
      if (groups.comment !== undefined && cursor > from) return undefined;
      const top = open.at(-1);
      if (!top) return undefined;
      const word = isWord ? { start: from, end: to } : { start: cursor, end: cursor };
      place = { frames: [...open], word, key: top.key };
      depth = open.length;
      if (!isWord) hasColon = false;
    }
    if (!token) break;
    const top = open.at(-1);
    if (groups.open) {
      const kind = groups.open === '{' ? 'mapping' : 'sequence';
      open.push({ kind, keys: [], key: undefined, index: 0, word: undefined });
    } else if (groups.close) {
      open.pop();
      if (place ? open.length < depth : open.length === 0) break;
    } else if (groups.comma && top) {
      top.key = undefined;
      top.word = undefined;
      top.index++;
    } else if (groups.colon && top) {
      if (place && hasColon === undefined) hasColon = true;
      else if (top.kind === 'mapping' && top.word !== undefined) top.keys.push(top.word);
      top.key = top.word;
    } else if (groups.word !== undefined && top) {
      // A line without a comma at its end is still being typed; the next key tells.
      top.word = unquoted(groups.word);
    }
    if (place && hasColon === undefined && !isWord && groups.blank === undefined) hasColon = false;
    if (!place && TOKEN.lastIndex >= text.length && cursor > text.length) break;
  }
  if (!place) return undefined;
  const { frames, key, word } = place;
  const innermost = frames.length - 1;
  return {
    word,
    hasColon: hasColon === true,
    frames: frames.map((frame, index) => {
      const own = index === innermost ? key : frame.key;
      return {
        kind: frame.kind,
        keys: frame.keys.filter((one) => one !== own),
        index: frame.index,
        ...(own !== undefined && { key: own }),
      };
    }),
  };
}
