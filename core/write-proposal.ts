import type { Analysis } from './analyse.ts';
import { applyEdits, ConfigEditor, type TextEdit } from './config/edit/index.ts';
import type { Finding } from './model/finding.ts';
import { type AvailabilityOptions, judgeOf, type Proposal } from './reach/index.ts';

export interface WriteOptions extends AvailabilityOptions {
  /** Judges an edited text as the first one was judged. */
  readonly analyseAgain: (text: string) => Analysis;
}

export type WrittenProposal =
  | {
      readonly kind: 'written';
      /** Sorted by place, without overlaps. */
      readonly edits: readonly TextEdit[];
      /** Of the edited text. */
      readonly analysis: Analysis;
    }
  | { readonly kind: 'rejected'; readonly why: string };

/**
 * Writes a proposal into the text without losing what else it says, and reads it back: it must say
 * what was proposed, meet the objective, and bring no new error.
 */
export function writeProposal(
  { text, findings }: Analysis,
  { edits, objective }: Proposal,
  { analyseAgain, ...options }: WriteOptions,
): WrittenProposal {
  const planned = new ConfigEditor(text).planChanges(edits.flatMap(({ changes }) => changes));
  if (planned.kind === 'refused') {
    return { kind: 'rejected', why: `the text cannot be edited so (${planned.reason})` };
  }
  const analysis = analyseAgain(applyEdits(text, planned.edits));
  const error = newError(findings, analysis.findings);
  if (error) return { kind: 'rejected', why: `it would bring an error: ${error.message}` };
  return judgeOf(objective, options).forecast(analysis.model).isMet
    ? { kind: 'written', edits: planned.edits, analysis }
    : { kind: 'rejected', why: 'the edited text says something else' };
}

/** An error of a kind of which there was none, or of which there is one more than before. */
function newError(before: readonly Finding[], after: readonly Finding[]): Finding | undefined {
  const left = new Map<string, number>();
  for (const { ruleId, severity } of before) {
    if (severity === 'error') left.set(ruleId, (left.get(ruleId) ?? 0) + 1);
  }
  return after.find(({ ruleId, severity }) => {
    if (severity !== 'error') return false;
    const count = left.get(ruleId) ?? 0;
    left.set(ruleId, count - 1);
    return count === 0;
  });
}
