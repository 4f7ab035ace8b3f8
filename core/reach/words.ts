import { listed, plural } from '../text/words.ts';
import { type Objective, objectiveText, valueText } from './objective.ts';
import type { ReachResult } from './reach.ts';

/** What became of an objective, in a sentence or two. */
export function reachSentence(
  objective: Objective,
  result: Exclude<ReachResult<unknown>, { readonly kind: 'cancelled' }>,
): string {
  const { kind, target } = objective;
  const what = `the ${objectiveText(objective)}`;
  const promised = `${valueText(kind, target)} is promised`;
  switch (result.kind) {
    case 'reached': {
      const { after, before, edits } = result.proposal;
      const change = `from ${valueText(kind, before.value)} to ${valueText(kind, after.value)}`;
      return `${plural(edits.length, 'edit')} would bring ${what} ${change}; ${promised}.`;
    }
    case 'met-already': {
      const { predicted, unknown } = result;
      const known = `${capital(what)} comes to ${valueText(kind, predicted.value)}; ${promised}, so it is met already`;
      return unknown.length === 0
        ? `${known}.`
        : `${known}, as far as the file says. ${missing(unknown)}`;
    }
    case 'unreachable':
      return `Nothing within bounds brings ${what} from ${valueText(kind, result.best.before.value)} to ${valueText(kind, target)}. ${result.why}`;
    case 'cannot-judge':
      return `Nothing can be said of ${what}. ${missing(result.missing)}`;
  }
}

function missing(numbers: readonly { readonly text: string }[]): string {
  const texts = numbers.map(({ text }) => text);
  return `Not written: ${listed(texts, 'and', 4)}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
