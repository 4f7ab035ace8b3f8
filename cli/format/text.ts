const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const INVISIBLE = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\u{fe0f}/u;
/** What a terminal shows two cells wide, after Unicode's East Asian Width (W and F). */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The characters of a text as people count them, such as a letter with its accents. */
export function* graphemes(text: string): Generator<{ text: string; index: number }> {
  for (const { segment, index } of GRAPHEMES.segment(text)) yield { text: segment, index };
}

/** How many cells of a terminal a character takes. */
export function cellsOf(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}

/** How many cells of a terminal a text without colours takes. */
function widthOf(text: string): number {
  let cells = 0;
  for (const grapheme of graphemes(text)) cells += cellsOf(grapheme.text);
  return cells;
}

/**
 * Text of a config made safe to print: a name may hold escape sequences that would move the cursor
 * or change colours, or marks that turn the direction of writing around.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** A copy of plain data with every text in it made safe to print. */
export function printableData<T>(data: T): T {
  if (typeof data === 'string') return printable(data) as T;
  if (Array.isArray(data)) return data.map(printableData) as T;
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [
    printable(key),
    printableData(value),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Breaks text at spaces into lines of at most `columns` cells; a longer word stays whole. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((text) => text.trimEnd());
}
