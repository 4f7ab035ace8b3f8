import { isImported, type Model } from '../model/model.ts';
import { references } from '../model/references.ts';
import type { SourceRange } from '../model/source.ts';
import { type Insight, placeKey, type Subject, subjectNamed, subjectsOf } from './subjects.ts';

/** A stretch of one of the files that the model was read from. */
type Range = Pick<SourceRange, 'start' | 'end'>;

/**
 * What can be said of the part that a word belongs to: the objective that it states, what it names,
 * or the innermost part that it is written in. Nothing of what is still being typed.
 *
 * @param word where it stands
 * @param value of a key what is behind it, of a value itself, in the same file
 */
export function insightOf(model: Model, word: SourceRange, value: Range): Insight | undefined {
  return subjectOf(model, word, value)?.tell?.();
}

function subjectOf(model: Model, word: SourceRange, value: Range): Subject | undefined {
  const { all, calls, objectives } = subjectsOf(model);
  const { file } = word;
  // Where a file is imported nothing is written of what it defines.
  if (isImported(model, word)) return undefined;
  const objective = objectives.find(({ at }) => isSame(at, { ...value, file }));
  if (objective) return objective;
  // The callee of a call is told with the call.
  const call = calls.get(placeKey(word));
  if (call) return call;
  for (const reference of references(model)) {
    if (isSame(reference.at, word)) return subjectNamed(model, reference);
  }
  return innermost(all, word);
}

function innermost(
  subjects: readonly Subject[],
  { end, file, start }: SourceRange,
): Subject | undefined {
  let found: Subject | undefined;
  for (const subject of subjects) {
    const { at } = subject;
    if (file !== at.file || start < at.start || end > at.end) continue;
    if (!found || at.end - at.start < found.at.end - found.at.start) found = subject;
  }
  return found;
}

function isSame(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
