import type { Change, Span } from '../../model/fix.ts';
import { splitDocuments } from '../syntax/documents.ts';
import type { TextRange } from '../syntax/node.ts';
import type { EditResult, TextEdit } from './edit.ts';
import { ConfigEditor } from './editor.ts';

/**
 * Changes what the documents of a text say, each as `ConfigEditor` does it: a file of Kubernetes
 * resources holds many, and a change is of one of them.
 */
export class DocumentsEditor {
  readonly #text: string;
  readonly #documents: readonly TextRange[];
  readonly #editors = new Map<TextRange, ConfigEditor>();

  constructor(text: string) {
    this.#text = text;
    this.#documents = splitDocuments(text);
  }

  /** The edits that make changes in terms of places, all or none. */
  planChanges(changes: readonly Change[]): EditResult {
    const byDocument = new Map<TextRange, Change[]>();
    for (const change of changes) {
      const document = this.#documentAt(placeOf(change).start);
      const known = byDocument.get(document);
      if (known) known.push(change);
      else byDocument.set(document, [change]);
    }
    const edits: TextEdit[] = [];
    for (const [document, own] of byDocument) {
      const moved = own.map((change) => moveChange(change, -document.start));
      const planned = this.#editorOf(document).planChanges(moved);
      if (planned.kind !== 'edits') return planned;
      edits.push(
        ...planned.edits.map((edit) => ({
          ...edit,
          start: edit.start + document.start,
          end: edit.end + document.start,
        })),
      );
    }
    return { kind: 'edits', edits: edits.sort((a, b) => a.start - b.start) };
  }

  #documentAt(offset: number): TextRange {
    const found = this.#documents.findLast(({ start }) => start <= offset);
    return found ?? { start: 0, end: this.#text.length };
  }

  #editorOf(document: TextRange): ConfigEditor {
    const known = this.#editors.get(document);
    if (known) return known;
    const editor = new ConfigEditor(this.#text.slice(document.start, document.end));
    this.#editors.set(document, editor);
    return editor;
  }
}

function placeOf(change: Change): Span {
  if ('owner' in change) return change.owner;
  return change.kind === 'remark' ? change.above : change.at;
}

function moveChange(change: Change, offset: number): Change {
  const move = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
  if ('owner' in change) return { ...change, owner: move(change.owner) };
  if (change.kind === 'remark') return { ...change, above: move(change.above) };
  return { ...change, at: move(change.at) };
}
