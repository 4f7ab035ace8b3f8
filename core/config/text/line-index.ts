/** A zero-based position as LSP counts it: UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and positions of one text. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    if (!text.includes('\r')) {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        this.#starts.push(at + 1);
      }
      return;
    }
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === LINE_FEED) this.#starts.push(index + 1);
      else if (code === CARRIAGE_RETURN && text.charCodeAt(index + 1) !== LINE_FEED) {
        this.#starts.push(index + 1);
      }
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): Position {
    const wanted = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: wanted - (this.#starts[low] as number) };
  }

  /** The offset of a position; what lies beyond its line, or the text, is clamped to it. */
  offsetAt({ line, character }: Position): number {
    const start = this.lineStart(line);
    return Math.max(0, Math.min(start + character, this.lineStart(line + 1)));
  }

  /** Where a line begins; the end of the text for lines behind the last. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
