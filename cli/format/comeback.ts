import {
  type Analysis,
  type ComebackOutcome,
  comebackSentence,
  type LoadRow,
  loadRows,
  rateText,
  runsText,
  type Trial,
} from '../../core/index.ts';
import { plural } from '../../core/text/words.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { printable, printableData, wrap } from './text.ts';

export type Found = Extract<ComebackOutcome, { kind: 'found' }>;
type Change = Found['changes'][number];

const MOST_COLUMNS = 100;
/** Changes that help come first; of the others these are enough to see what does not. */
const MOST_CHANGES = 10;

const MARKS: Readonly<Record<Trial['outcome'], string>> = {
  'comes-back': '✔',
  stuck: '✘',
  overloaded: '✘',
  unclear: '?',
};

/** What `faultline comeback` prints for people: the loads on both sides of the limit, and what helps. */
export function formatComeback(
  analysis: Analysis,
  found: Found,
  style: Style,
  columns: number | undefined,
): string {
  const width = Math.min(columns ?? MOST_COLUMNS, MOST_COLUMNS);
  const paint = painter(style);
  const { asWritten, changes, limits, scenario } = found;
  const sentence = wrap(printable(comebackSentence(found)), width - 2).map((line, index) => {
    const mark = index === 0 ? paint(asWritten, MARKS[asWritten.outcome]) : ' ';
    return `${mark} ${style.bold(line)}`;
  });
  const head = style.bold(printable(`${analysis.model.system} · ${scenario}`));
  const loads = table(
    [
      { title: 'Load', cell: ({ title }: LoadRow) => title },
      { title: 'Rate', align: 'right', cell: ({ factor }: LoadRow) => rateText(found, factor) },
      {
        title: 'Of the file',
        align: 'right',
        cell: ({ factor }: LoadRow) => `×${Number(factor.toPrecision(3))}`,
      },
      { title: 'Seen', cell: ({ seen }: LoadRow) => printable(seen) },
    ],
    loadRows(found),
    style,
  );
  const parts = [head, '', ...sentence, '', ...loads];
  if (changes.length > 0) {
    const title = `Change, under ${rateText(found, found.triedAt ?? 1)}`;
    parts.push('', ...changeTable(title, changes.slice(0, MOST_CHANGES), analysis, style));
    const rest = changes.length - MOST_CHANGES;
    if (rest > 0)
      parts.push(style.dim(`  ${plural(rest, 'more change')} tried; --format json has all.`));
  } else if (limits.gives?.outcome === 'overloaded') {
    parts.push('', style.dim('  Nothing to change: what is carried at all comes back.'));
  }
  return `${parts.join('\n')}\n`;
}

function changeTable(
  title: string,
  changes: readonly Change[],
  analysis: Analysis,
  style: Style,
): string[] {
  const paint = painter(style);
  const lineOf = ({ at }: Change) => analysis.lines.positionAt(at.start).line + 1;
  return table(
    [
      {
        title,
        cell: ({ title, trial }: Change) =>
          `${paint(trial, MARKS[trial.outcome])} ${printable(title)}`,
      },
      {
        title: 'Comes back',
        cell: ({ trial }: Change) => runsText(trial, 'cameBack'),
      },
      { title: 'Line', align: 'right', cell: (change: Change) => String(lineOf(change)) },
    ],
    changes,
    style,
  );
}

function painter(style: Style): (trial: Trial, text: string) => string {
  const colours = {
    'comes-back': style.green,
    stuck: style.red,
    overloaded: style.red,
    unclear: style.yellow,
  };
  return ({ outcome }, text) => colours[outcome](text);
}

/**
 * What `faultline comeback --format json` prints. Programs rely on this shape: keys may be added, but
 * none is renamed or removed. Factors are multiples of the load of the file.
 */
export function comebackJson({ file, lines }: Analysis, found: Found): object {
  const { asWritten, changes, closedForm, limits, loadPerSecond, scenario, triedAt } = found;
  return printableData({
    file,
    scenario,
    message: comebackSentence(found),
    loadPerSecond,
    asWritten,
    comesBackUpTo: limits.comesBack ?? null,
    givesFrom: limits.gives ?? null,
    closedForm: closedForm ?? null,
    trials: limits.trials,
    changesTriedAt: triedAt ?? null,
    changes: changes.map(({ at, title, trial }) => ({
      title,
      ...trial,
      ...lines.positionAt(at.start),
    })),
  });
}
