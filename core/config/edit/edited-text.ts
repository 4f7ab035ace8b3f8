import type { TextEdit } from './edit.ts';

/** A stretch of the text: as it was, or new. */
type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string };

/** A text that is edited again and again, and still knows what is left of the first one. */
export class EditedText {
  readonly #original: string;
  #pieces: readonly Piece[];

  constructor(original: string) {
    this.#original = original;
    this.#pieces = [{ kind: 'kept', start: 0, end: original.length }];
  }

  get text(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  /** @param edits of the text as it is now, sorted by place and without overlaps. */
  apply(edits: readonly TextEdit[]): void {
    const pieces: Piece[] = [];
    let done = 0;
    for (const { start, end, newText } of edits) {
      pieces.push(...this.#between(done, start));
      if (newText !== '') pieces.push({ kind: 'new', text: newText });
      done = end;
    }
    this.#pieces = [...pieces, ...this.#between(done, Number.POSITIVE_INFINITY)];
  }

  /** Edits that lead from the first text to the one of now, sorted by place. */
  get edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let start = 0;
    let newText = '';
    const { length } = this.#original;
    const last: Piece = { kind: 'kept', start: length, end: length };
    for (const piece of [...this.#pieces, last]) {
      if (piece.kind === 'new') newText += piece.text;
      else {
        if (newText !== '' || piece.start > start) edits.push({ start, end: piece.start, newText });
        newText = '';
        start = piece.end;
      }
    }
    return edits;
  }

  /** The pieces of a stretch of the text as it is now. */
  #between(start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    let offset = 0;
    for (const piece of this.#pieces) {
      const length = piece.kind === 'new' ? piece.text.length : piece.end - piece.start;
      const from = Math.max(0, start - offset);
      const to = Math.min(length, end - offset);
      offset += length;
      if (from >= to) continue;
      if (piece.kind === 'new') pieces.push({ kind: 'new', text: piece.text.slice(from, to) });
      else pieces.push({ kind: 'kept', start: piece.start + from, end: piece.start + to });
    }
    return pieces;
  }

  #textOf(piece: Piece): string {
    return piece.kind === 'new' ? piece.text : this.#original.slice(piece.start, piece.end);
  }
}
