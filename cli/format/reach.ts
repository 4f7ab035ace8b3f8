import {
  type Analysis,
  type Objective,
  objectiveText,
  type Predicted,
  type ReachOutcome,
  reachSentence,
  type TextEdit,
  valueText,
} from '../../core/index.ts';
import { listed } from '../../core/text/words.ts';
import { changedLines } from './line-diff.ts';
import type { Style } from './style.ts';
import { printable, printableData, wrap } from './text.ts';

type Outcome = Exclude<ReachOutcome, { readonly kind: 'refused' | 'cancelled' }>;

interface Shown {
  readonly analysis: Analysis;
  readonly objective: Objective;
  /** Whether the change has been written. */
  readonly isApplied: boolean;
}

export interface ReachTextOptions extends Shown {
  readonly style: Style;
  readonly columns?: number | undefined;
}

const MOST_COLUMNS = 100;

/** What `faultline reach` prints for people: the arithmetic before and after, and the change. */
export function formatReach(
  outcome: Outcome,
  { analysis, columns, isApplied, objective, style }: ReachTextOptions,
): string {
  const { file, lines, text } = analysis;
  const { line } = lines.positionAt(objective.at.start);
  const width = Math.min(columns ?? MOST_COLUMNS, MOST_COLUMNS);
  const sentence = wrap(printable(reachSentence(objective, outcome)), width);
  const head = `${style.underline(printable(file))}:${line + 1}  ${printable(objectiveText(objective))}, promised ${valueText(objective.kind, objective.target)}`;
  const parts = [head, '', ...sentence, ''];
  const value = ({ arithmetic, value }: Predicted, label: string) => {
    const shown = valueText(objective.kind, value);
    const why = arithmetic.map((one) => `            ${printable(one)}`);
    parts.push(`  ${style.dim(label.padEnd(8))}  ${style.bold(shown)}`, ...why);
  };
  switch (outcome.kind) {
    case 'met-already':
      value(outcome.predicted, 'now');
      break;
    case 'cannot-judge':
      parts.pop();
      break;
    case 'unreachable': {
      const { after, before, edits } = outcome.best;
      value(before, 'now');
      if (edits.length === 0) break;
      value(after, 'at best');
      parts.push('', ...edits.map(({ title }) => `  ${printable(title)}`));
      break;
    }
    case 'reached': {
      const { confirmation, proposal } = outcome;
      value(proposal.before, 'before');
      value(proposal.after, 'after');
      parts.push('', ...proposal.edits.map(({ title }) => `  ${printable(title)}`), '');
      parts.push(...diffOf(text, confirmation.edits, style));
      for (const { after, before, status, what } of confirmation.simulated) {
        parts.push('', `  ${printable(what)}: ${status}`);
        parts.push(`  ${style.dim('before')}    ${before}`, `  ${style.dim('after')}     ${after}`);
      }
      if (proposal.unknown.length > 0) {
        const numbers = listed(
          proposal.unknown.map(({ text }) => printable(text)),
          'and',
          4,
        );
        parts.push('', ...wrap(`  Not written, and taken as harmless: ${numbers}.`, width));
      }
      if (!proposal.isCheapest)
        parts.push('', '  There may be a cheaper way: the search came to its bound.');
      parts.push('', isApplied ? style.green('Written.') : style.dim('--apply writes it.'));
    }
  }
  return `${parts.join('\n')}\n`;
}

function diffOf(text: string, edits: readonly TextEdit[], style: Style): string[] {
  return changedLines(text, edits).map(({ kind, text: line }) => {
    const shown = printable(line);
    return kind === 'removed' ? style.red(`  - ${shown}`) : style.green(`  + ${shown}`);
  });
}

/**
 * What `faultline reach --format json` prints. Programs rely on this shape: keys may be added, but
 * none is renamed or removed. Values are shares in [0, 1] or ms.
 */
export function reachResult(outcome: Outcome, { analysis, isApplied, objective }: Shown): object {
  const { kind, service, target } = objective;
  const { line, character } = analysis.lines.positionAt(objective.at.start);
  const base = {
    kind: outcome.kind,
    file: analysis.file,
    objective: { kind, ...(service !== undefined && { service }), target, line, character },
    message: reachSentence(objective, outcome),
  };
  return printableData({ ...base, ...detailsOf(outcome, isApplied) });
}

function detailsOf(outcome: Outcome, isApplied: boolean): object {
  switch (outcome.kind) {
    case 'met-already':
      return { before: outcome.predicted, missing: outcome.unknown.map(({ text }) => text) };
    case 'cannot-judge':
      return { missing: outcome.missing.map(({ text }) => text) };
    case 'unreachable': {
      const { after, before, edits } = outcome.best;
      return { before, best: after, edits: edits.map(({ title }) => title) };
    }
    case 'reached': {
      const { confirmation, evaluations, proposal } = outcome;
      const { after, before, cost, edits, isCheapest, unknown } = proposal;
      return {
        before,
        after,
        edits: edits.map(({ cost, title }) => ({ title, cost })),
        cost,
        isCheapest,
        evaluations,
        simulated: confirmation.simulated,
        missing: unknown.map(({ text }) => text),
        isApplied,
      };
    }
  }
}
