import {
  type GroupCalibration,
  type MonitorReport,
  type ObservedMean,
  type Review,
  SCORE_POINTS,
} from '../../core/index.ts';
import {
  countText,
  durationText,
  mtbfText,
  mttrText,
  percentText,
  plural,
} from '../../core/report/text.ts';
import { listed } from '../../core/text/words.ts';
import type { Style } from './style.ts';
import { patternLines } from './summary/patterns.ts';
import { type Column, table } from './table.ts';
import { printable, printableData, wrap } from './text.ts';

const MOST_COLUMNS = 100;
const MOST_UNKNOWN = 5;

export interface MonitorOptions {
  /** The file that the history was read from. */
  readonly events: string;
  /** The config that it was held against. */
  readonly config: string | undefined;
  /** Whether the config was changed. */
  readonly isApplied: boolean;
  readonly style: Style;
  readonly columns: number | undefined;
}

/** What `faultline monitor` prints for people. */
export function formatMonitor(review: Review, options: MonitorOptions): string {
  const { report, unknown, watched } = printableData(review);
  const { style } = options;
  const columns = Math.min(options.columns ?? MOST_COLUMNS, MOST_COLUMNS);
  const facts = [
    `${dateText(watched.startMs)} to ${dateText(watched.endMs)} (${durationText(watched.endMs - watched.startMs)})`,
    plural(report.summary.totalFailures, 'failure'),
    plural(report.summary.totalRecoveries, 'recovery', 'recoveries'),
  ];
  const parts = [
    [style.bold(printable(options.events)), style.dim(facts.join(' · '))],
    summary(report),
    components(report, style),
    [...patternLines(report, columns), ...busiest(report)],
    advice(report, columns, style),
    calibration(printableData(review.calibrations), options, columns),
    unknown.length === 0
      ? []
      : wrap(
          `Not in ${printable(options.config ?? '')}, so each stands alone: ${listed(unknown, 'and', MOST_UNKNOWN)}.`,
          columns,
        ),
  ];
  const shown = parts.filter(({ length }) => length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function summary({
  summary: { availabilityPercent, mtbfHours, mttrMinutes, score },
}: MonitorReport): string[] {
  const { availability, frequency, diversity, recovery, total } = score;
  return [
    `  Score       ${tenth(total)}/100 = availability ${tenth(availability)}/${SCORE_POINTS.availability} + recovery ${tenth(recovery)}/${SCORE_POINTS.recovery} + frequency ${tenth(frequency)}/${SCORE_POINTS.frequency} + diversity ${tenth(diversity)}/${SCORE_POINTS.diversity}`,
    `  Everything  availability ${percentText(availabilityPercent / 100)} · MTBF ${mtbfText(mtbfHours)} · MTTR ${mttrText(mttrMinutes)}`,
  ];
}

function components({ components: all }: MonitorReport, style: Style): string[] {
  const failed = all.filter(({ failureCount }) => failureCount > 0);
  if (failed.length === 0) return [];
  type Component = (typeof all)[number];
  const columns: Column<Component>[] = [
    { title: 'Component', cell: ({ id }) => id },
    { title: 'Group', cell: ({ group }) => group ?? '–' },
    { title: 'Now', cell: ({ status }) => (status === 'failed' ? style.red(status) : status) },
    right('Failures', ({ failureCount }) => countText(failureCount)),
    right('Availability', ({ availabilityPercent }) => percentText(availabilityPercent / 100)),
    right('MTBF', ({ mtbfHours }) => mtbfText(mtbfHours)),
    right('MTTR', ({ mttrMinutes }) => mttrText(mttrMinutes)),
  ];
  const rows = failed.toSorted((a, b) => b.failureCount - a.failureCount);
  const rest = all.length - failed.length;
  const note = rest > 0 ? [style.dim(`  ${countText(rest)} more did not fail.`)] : [];
  return [...table(columns, rows, style), ...note];
}

/** The hour in which most failures began, where it stands out. */
function busiest({
  patterns: { byHourOfDay },
  summary: { totalFailures },
}: MonitorReport): string[] {
  const most = Math.max(...byHourOfDay);
  // By chance alone the busiest of 24 hours holds a few; twice what is even, and more than two.
  if (most <= 2 || most < (2 * totalFailures) / byHourOfDay.length) return [];
  const hour = byHourOfDay.indexOf(most);
  const from = String(hour).padStart(2, '0');
  return [`  Most of an hour: ${plural(most, 'failure')} between ${from}:00 and ${from}:59 UTC.`];
}

function advice({ recommendations }: MonitorReport, columns: number, style: Style): string[] {
  if (recommendations.length === 0) return [];
  const items = recommendations.flatMap(({ message }, index) =>
    wrap(message, columns - 5).map(
      (line, row) => `  ${row === 0 ? `${index + 1}.` : '  '} ${line}`,
    ),
  );
  return [style.bold('What to change'), ...items];
}

function calibration(
  groups: readonly GroupCalibration[],
  { config = '', isApplied, style }: MonitorOptions,
  columns: number,
): string[] {
  if (groups.length === 0) return [];
  const shown: Column<GroupCalibration>[] = [
    { title: 'Group', cell: ({ group }) => group },
    right('Failures', ({ failures }) => countText(failures)),
    right('mtbf seen (95 %)', ({ mtbf }) => meanText(mtbf)),
    right('in the file', ({ writtenMtbfMs }) => writtenText(writtenMtbfMs)),
    right('down for (95 %)', ({ downtime }) => meanText(downtime)),
    right('in the file', ({ writtenDowntimeMs }) => writtenText(writtenDowntimeMs)),
  ];
  const count = groups.filter(({ changes }) => changes.length > 0).length;
  const file = printable(config);
  const next = isApplied
    ? `Wrote what was seen of ${plural(count, 'group')} to ${file}.`
    : count > 0
      ? `--apply writes what was seen of ${plural(count, 'group')} to ${file}.`
      : `Nothing was seen that ${file} should say.`;
  const assumed =
    'If the members of a group are alike, times are exponential, and everything was recorded.';
  return [
    style.bold(`Beside ${file}`),
    ...table(shown, groups, style),
    ...wrap(assumed, columns - 2).map((line) => style.dim(`  ${line}`)),
    `  ${next}`,
  ];
}

function meanText(mean: ObservedMean | undefined): string {
  if (!mean) return '–';
  if (!Number.isFinite(mean.meanMs)) return `over ${durationText(mean.lowerMs)}`;
  return `${durationText(mean.meanMs)} (${durationText(mean.lowerMs)} to ${durationText(mean.upperMs)})`;
}

function writtenText(ms: number | undefined): string {
  return ms === undefined ? '–' : durationText(ms);
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function right<Row>(title: string, cell: (row: Row) => string): Column<Row> {
  return { title, align: 'right', cell };
}
