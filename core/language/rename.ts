import { applyEdits, type TextEdit, writeText } from '../config/edit/index.ts';
import { type Config, readConfig, type TextRange } from '../config/index.ts';
import type { SourceRange } from '../model/source.ts';
import { NAME_NOUNS, type Name, type NameKind, namesOf, placesOf } from './names.ts';

export type RenameResult =
  /** Sorted by place, without overlaps. */
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  /** Nothing is renamed; the reason is a sentence. */
  | { readonly kind: 'refused'; readonly message: string };

/** What can be renamed at an offset: the name, and where it stands without its quotes. */
export function renamableAt(
  { model, text }: Config,
  offset: number,
): { readonly name: Name; readonly range: TextRange } | undefined {
  const found = namesOf(model).at(offset);
  if (!found) return undefined;
  return { name: found.name, range: rangeWithoutQuotes(text, found.at) };
}

/** A name as it is read, without the quotes that it is written in. */
export function rangeWithoutQuotes(text: string, { end, start }: TextRange): TextRange {
  const isQuoted = /["']/.test(text[start] ?? '') && end > start + 1;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/**
 * Gives what is named at an offset another name, everywhere that it is written. What the text says
 * is otherwise as before: the result is read back, and a new name that would come to mean something
 * else is refused. Never throws.
 */
export function planRename(config: Config, offset: number, newName: string): RenameResult {
  const found = namesOf(config.model).at(offset);
  if (!found) return refused('There is no name here that could be changed.');
  const { name } = found;
  const reason = objection(config, name, newName);
  if (reason !== undefined) return refused(reason);
  const edits = placesOf(name)
    .map((at) => editAt(config.text, at, newName))
    .toSorted((a, b) => a.start - b.start);
  const after = readConfig(applyEdits(config.text, edits), config.file);
  const renamed = namesOf(after.model).find(name.kind, newName);
  const isWhole =
    after.problems.length <= config.problems.length &&
    renamed !== undefined &&
    placesOf(renamed).length >= placesOf(name).length;
  if (isWhole) return { kind: 'edits', edits };
  return refused(`'${name.name}' is written in a way that cannot be changed safely.`);
}

/** Names that a call or a fault could mean are of one kind to whoever reads them. */
const TARGETS: readonly NameKind[] = ['service', 'group', 'component'];

function objection({ model, problems }: Config, name: Name, newName: string): string | undefined {
  if (newName.trim() === '') return 'A name must not be empty.';
  if (/[\r\n]/.test(newName)) return 'A name must be on one line.';
  if (problems.some(({ ruleId }) => ruleId === 'yaml-syntax')) {
    return 'Mend the syntax errors of the file first: the name may also stand where it cannot be read.';
  }
  const kinds = TARGETS.includes(name.kind) ? TARGETS : [name.kind];
  if (newName === name.name || !name.definition) return undefined;
  const names = namesOf(model);
  const taken = kinds.find((kind) => names.find(kind, newName)?.definition);
  if (taken) return `There is a ${NAME_NOUNS[taken]} with the name '${newName}' already.`;
  return model.unread.has(newName) ? `'${newName}' is defined already.` : undefined;
}

/** Quoted as it was, if that is possible. */
function editAt(text: string, { end, start }: SourceRange, newName: string): TextEdit {
  const first = text[start];
  const quote = first === '"' ? 'double' : first === "'" ? 'single' : 'plain';
  return { start, end, newText: writeText(newName, { quote, otherwise: 'double', isFlow: true }) };
}

function refused(message: string): RenameResult {
  return { kind: 'refused', message };
}
