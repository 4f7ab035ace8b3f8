import { CASCADE_GAP_MINUTES, type MonitorReport } from '../../../core/index.ts';
import { countText, durationText, plural } from '../../../core/report/text.ts';
import { wrap } from '../text.ts';
import type { Section } from './section.ts';

export const failurePatterns: Section = ({ monitor }, { columns }) => {
  return patternLines(monitor, columns);
};

/** What the failures have in common, in a line or two. */
export function patternLines({ patterns, summary }: MonitorReport, columns: number): string[] {
  if (summary.totalFailures === 0) return [];
  const { count, chains } = patterns.cascades;
  const first = chains[0];
  const tookMs = first ? first.endMs - first.startMs : 0;
  const span = tookMs > 0 ? `in ${durationText(tookMs)}` : 'at once';
  const example = first ? `: ${first.components.join(' → ')} ${span}` : '';
  const gap = plural(CASCADE_GAP_MINUTES, 'minute');
  const cascades =
    count === 0
      ? `No failure came within ${gap} of another.`
      : `${plural(count, 'failure')} came within ${gap} of the one before${example}.`;
  const text = `Failures: ${counted(patterns.byType)}; severity ${counted(patterns.bySeverity)}. ${cascades}`;
  return wrap(text, columns - 2).map((line) => `  ${line}`);
}

/** "3 crash, 1 timeout", the most frequent first. */
function counted(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, amount]) => amount > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, amount]) => `${countText(amount)} ${name}`)
    .join(', ');
}
