import type { Analysis } from './analyse.ts';
import { DocumentsEditor, EditedText, type TextEdit } from './config/edit/index.ts';
import type { Finding } from './model/finding.ts';
import type { Fix } from './model/fix.ts';

/** A fix may bring another problem to light that has a fix itself; no chain of them is longer. */
const MOST_ROUNDS = 10;

export interface FixedConfig {
  /** The config after the fixes, with what is still wrong with it. */
  readonly analysis: Analysis;
  /** Edits of the text as it was, sorted by place. */
  readonly edits: readonly TextEdit[];
  /** What was fixed, in the order in which it was done. */
  readonly done: readonly DoneFix[];
}

export interface DoneFix {
  readonly finding: Finding;
  readonly fix: Fix;
  /** Where it was found, from 0, when it was its turn. */
  readonly line: number;
}

/**
 * Does every safe fix of a config, and those of what comes to light by them. Fixes that cannot be
 * written without changing other places are left out.
 *
 * @param analyseAgain judges an edited text as the first one was judged.
 */
export function fixAll(analysis: Analysis, analyseAgain: (text: string) => Analysis): FixedConfig {
  const edited = new EditedText(analysis.text);
  const done: DoneFix[] = [];
  let current = analysis;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = current.findings.flatMap((finding) => {
      const fix = finding.fixes?.find(({ safe }) => safe);
      return fix ? [{ finding, fix }] : [];
    });
    const { taken, edits } = planTogether(current.text, wanted);
    if (taken.length === 0) break;
    edited.apply(edits);
    const { lines } = current;
    done.push(
      ...taken.map((one) => ({ ...one, line: lines.positionAt(one.finding.at.start).line })),
    );
    current = analyseAgain(edited.text);
  }
  return { analysis: current, edits: edited.edits, done };
}

/** As many of the fixes as can be made at once; others get their turn in the next round. */
function planTogether<T extends { readonly fix: Fix }>(
  text: string,
  wanted: readonly T[],
): { readonly taken: readonly T[]; readonly edits: readonly TextEdit[] } {
  const editor = new DocumentsEditor(text);
  const plan = (some: readonly T[]) => editor.planChanges(some.flatMap(({ fix }) => fix.changes));
  /** Halves what cannot be done as a whole, so that a few misfits among many are found quickly. */
  const possible = (some: readonly T[]): readonly T[] => {
    if (some.length === 0 || plan(some).kind === 'edits') return some;
    if (some.length === 1) return [];
    const middle = some.length >> 1;
    const first = possible(some.slice(0, middle));
    const second = possible(some.slice(middle));
    const both = [...first, ...second];
    if (plan(both).kind === 'edits') return both;
    return first.length > 0 ? first : second;
  };
  const taken = possible(wanted);
  const planned = plan(taken);
  return { taken, edits: planned.kind === 'edits' ? planned.edits : [] };
}
