import { CASCADE_GAP_MINUTES } from '../../monitor/index.ts';
import { durationText, plural } from '../text.ts';
import { barList } from './chart/bar.ts';
import { hourHistogram } from './chart/histogram.ts';
import { type Child, h, type ViewElement } from './node.ts';
import { blankSection, empty, section } from './section.ts';
import type { ViewContext } from './surface.ts';

const SEVERITY_TONES: Readonly<Record<string, string>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'info',
};
const DAY_MS = 24 * 60 * 60 * 1_000;
const MOST_CHAINS = 5;

/** What the failures have in common: severity, type, time of day, and which came together. */
export function patterns(context: ViewContext): ViewElement {
  const { patterns, summary } = context.report.monitor;
  const head = { id: 'patterns', title: 'Failure patterns', classes: 'span-all' };
  if (summary.totalFailures === 0) {
    return blankSection(head, 'No component failed during this run.');
  }
  return section(
    { ...head, note: 'First replication.' },
    h(
      'div',
      { class: 'quarters' },
      part('By severity', counted(patterns.bySeverity, SEVERITY_TONES)),
      part('By type', counted(patterns.byType, {})),
      part('By hour of day', hours(context)),
      part('Cascades', cascades(context)),
    ),
  );
}

function part(title: string, content: Child): ViewElement {
  return h('div', { class: 'part' }, h('h3', {}, title), content);
}

function counted(
  counts: Readonly<Record<string, number>>,
  tones: Readonly<Record<string, string>>,
): ViewElement {
  return barList(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([label, count]) => ({ label, count, tone: tones[label] ?? 'info' })),
  );
}

function hours({ report }: ViewContext): ViewElement {
  if (report.durationMs < DAY_MS) {
    return empty(
      `The run covers ${durationText(report.durationMs)}, too little to show a daily pattern.`,
    );
  }
  const { byHourOfDay } = report.monitor.patterns;
  const busiest = byHourOfDay.indexOf(Math.max(...byHourOfDay));
  return hourHistogram(
    byHourOfDay,
    `Failures by hour of day; most, ${plural(byHourOfDay[busiest] ?? 0, 'failure')}, in hour ${busiest}.`,
  );
}

function cascades({ report }: ViewContext): Child {
  const { count, chains } = report.monitor.patterns.cascades;
  if (count === 0) return empty('No failure followed another closely.');
  const hidden = chains.length - MOST_CHAINS;
  return [
    h(
      'p',
      {},
      `${plural(count, 'failure')} came at most ${plural(CASCADE_GAP_MINUTES, 'minute')} after another:`,
    ),
    h(
      'ol',
      { class: 'chains' },
      chains.slice(0, MOST_CHAINS).map(({ startMs, endMs, components }) =>
        h(
          'li',
          {},
          h('span', { class: 'event-time' }, spanText(startMs, endMs)),
          h(
            'span',
            {},
            components.flatMap((id, index) => [
              index > 0 ? ' → ' : '',
              h('span', { class: 'name' }, id),
            ]),
          ),
        ),
      ),
    ),
    hidden > 0 ? h('p', { class: 'note' }, `And ${hidden} more.`) : undefined,
  ];
}

function spanText(startMs: number, endMs: number): string {
  const start = durationText(startMs);
  return endMs > startMs ? `${start} to ${durationText(endMs)}` : `At ${start}, all at once`;
}
