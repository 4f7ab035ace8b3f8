import { applyEdits, type TextEdit, writeText } from '../config/edit/index.ts';
import { type Config, readConfig, type TextRange } from '../config/index.ts';
import { ImportJoiner } from '../imports/index.ts';
import type { SourceRange } from '../model/source.ts';
import { type View, viewsOf } from './across.ts';
import { NAME_NOUNS, type Name, type NameKind, namesOf, placesOf } from './names.ts';

export type RenameResult =
  | { readonly kind: 'edits'; readonly files: readonly RenamedFile[] }
  /** Nothing is renamed; the reason is a sentence. */
  | { readonly kind: 'refused'; readonly message: string };

export interface RenamedFile {
  readonly file: string;
  /** Sorted by place, without overlaps. */
  readonly edits: readonly TextEdit[];
}

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
 * Gives what is named at an offset another name, everywhere that it is written: in the file, in those
 * that it imports, and in others that are known to import them. What they say is otherwise as before:
 * the result is read back, and a new name that would come to mean something else is refused. Never
 * throws.
 *
 * @param others configs that may name it too
 */
export function planRename(
  config: Config,
  offset: number,
  newName: string,
  others: readonly Config[] = [],
): RenameResult {
  const found = namesOf(config.model).at(offset);
  if (!found) return refused('There is no name here that could be changed.');
  const views = viewsOf(found.name, [config, ...others]);
  for (const view of views) {
    const reason = objection(view.config, view.name, newName);
    if (reason !== undefined) return refused(reason);
  }
  const texts = new Map(views.flatMap((view) => [...textsOf(view.config)]));
  const edits = new Map<string, Map<number, TextEdit>>();
  for (const at of views.flatMap(({ name }) => placesOf(name))) {
    const own = edits.get(at.file) ?? new Map<number, TextEdit>();
    edits.set(at.file, own.set(at.start, editAt(texts.get(at.file) ?? '', at, newName)));
  }
  const files = [...edits].map(([file, own]): RenamedFile => {
    return { file, edits: [...own.values()].toSorted((a, b) => a.start - b.start) };
  });
  const after = new Map(texts);
  for (const one of files) after.set(one.file, applyEdits(texts.get(one.file) ?? '', one.edits));
  if (views.every((view) => isRenamed(view, newName, after))) return { kind: 'edits', files };
  return refused(`'${found.name.name}' is written in a way that cannot be changed safely.`);
}

/** The texts that a config is made of, by file. */
function textsOf({ file, model, text }: Config): ReadonlyMap<string, string> {
  const imported = model.imports ?? [];
  return new Map([[file, text], ...imported.map((one): [string, string] => [one.file, one.text])]);
}

/** Whether all that was named so has the new name, and nothing is wrong that was not before. */
function isRenamed(
  { config, name }: View,
  newName: string,
  texts: ReadonlyMap<string, string>,
): boolean {
  const read = readConfig(texts.get(config.file) ?? '', config.file);
  const after = new ImportJoiner().join(read, texts);
  const renamed = namesOf(after.model).find(name.kind, newName);
  return (
    after.problems.length <= config.problems.length &&
    renamed !== undefined &&
    placesOf(renamed).length >= placesOf(name).length
  );
}

/** Names that a call or a fault could mean are of one kind to whoever reads them. */
const TARGETS: readonly NameKind[] = ['service', 'group', 'component'];

const UNREADABLE: ReadonlySet<string> = new Set([
  'yaml-syntax',
  'broken-import',
  'unreadable-import',
]);

function objection({ model, problems }: Config, name: Name, newName: string): string | undefined {
  if (newName.trim() === '') return 'A name must not be empty.';
  if (/[\r\n]/.test(newName)) return 'A name must be on one line.';
  if (problems.some(({ ruleId }) => UNREADABLE.has(ruleId))) {
    return 'Mend the syntax errors and imports first: the name may also stand where it cannot be read.';
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
