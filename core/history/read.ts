import Papa from 'papaparse';
import { didYouMean } from '../model/did-you-mean.ts';
import type { FailureEvent, RecoveryEvent } from '../monitor/index.ts';
import { shortened } from '../text/words.ts';
import { eventOf, type Field, fieldsOf, severityOf, timeOf } from './columns.ts';

/** Failures and recoveries as they really happened. */
export interface History {
  readonly failures: readonly FailureEvent[];
  readonly recoveries: readonly RecoveryEvent[];
  /** From the first event to the last, ms since 1970; both 0 where there is none. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export type HistoryResult =
  | { readonly kind: 'read'; readonly history: History }
  | { readonly kind: 'refused'; readonly problems: readonly HistoryProblem[] };

export interface HistoryProblem {
  /** The record, from 1; of JSON lines the line. Absent where it is about the whole text. */
  readonly record?: number;
  readonly message: string;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads a history: JSON lines, or CSV with a line of titles. A record is an incident (`component`,
 * `start`, and `end` unless it goes on) or an event (`component`, `time`, `event`), with `type`,
 * `severity` and `method` if they are known. What incident tools call these is understood too.
 * Never throws; a history with one bad record is refused whole, since numbers would be wrong
 * without it.
 */
export function readHistory(text: string): HistoryResult {
  const problems: HistoryProblem[] = [];
  const rows = /^\s*\{/.test(text) ? jsonLines(text, problems) : csv(text, problems);
  const failures: FailureEvent[] = [];
  const recoveries: RecoveryEvent[] = [];
  for (const [record, row] of rows) {
    const read = readRow(row);
    if (typeof read === 'string') {
      problems.push({ record, message: read });
      continue;
    }
    if (read.failure) failures.push(read.failure);
    if (read.recovery) recoveries.push(read.recovery);
  }
  if (problems.length === 0 && failures.length + recoveries.length === 0) {
    problems.push({ message: 'There is no record in it.' });
  }
  if (problems.length > 0) return { kind: 'refused', problems };
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, 0];
  for (const { atMs } of [...failures, ...recoveries]) {
    firstMs = Math.min(firstMs, atMs);
    lastMs = Math.max(lastMs, atMs);
  }
  return {
    kind: 'read',
    history: { failures, recoveries: withDurations(failures, recoveries), firstMs, lastMs },
  };
}

function jsonLines(text: string, problems: HistoryProblem[]): [number, Row][] {
  const rows: [number, Row][] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const row = parsed(line);
    if (row) rows.push([index + 1, row]);
    else problems.push({ record: index + 1, message: 'Expected one JSON object on the line.' });
  }
  return rows;
}

function parsed(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Row)
      : undefined;
  } catch {
    return undefined;
  }
}

function csv(text: string, problems: HistoryProblem[]): [number, Row][] {
  const { data, errors, meta } = Papa.parse<Row>(text, { header: true, skipEmptyLines: 'greedy' });
  const titles = meta.fields ?? [];
  if (!fieldsOf(titles).has('component')) {
    problems.push({ message: missingColumn(titles) });
    return [];
  }
  for (const { message, row, type } of errors) {
    // With one column there is no delimiter to be found, which is for `readRow` to judge.
    if (type !== 'Delimiter') problems.push({ record: (row ?? 0) + 1, message: `${message}.` });
  }
  return problems.length > 0 ? [] : data.map((row, index) => [index + 1, row]);
}

function missingColumn(titles: readonly string[]): string {
  const guess = titles.find((title) => didYouMean(title.toLowerCase(), ['component', 'service']));
  const hint = guess ? ` Is it '${shortened(guess)}'? Call it 'component'.` : '';
  return `No column says which component it was: expected 'component' (or 'service', 'host', 'instance') among the titles of the first line.${hint}`;
}

interface Read {
  readonly failure?: FailureEvent;
  readonly recovery?: RecoveryEvent;
}

/** What a record says, or what is wrong with it. */
function readRow(row: Row): Read | string {
  const fields = fieldsOf(Object.keys(row));
  const textOf = (field: Field): string => {
    const key = fields.get(field);
    const value = key === undefined ? undefined : row[key];
    return value === undefined || value === null ? '' : String(value).trim();
  };
  const component = textOf('component');
  if (component === '') return "It does not say which component it was: 'component' is empty.";
  const rest = {
    component,
    type: textOf('type') || 'unknown',
    severity: severityOf(textOf('severity')),
  };
  const method = textOf('method') || 'unknown';
  if (fields.has('start')) {
    const startMs = timeOf(textOf('start'));
    if (startMs === undefined) return notATime(textOf('start'));
    const failure: FailureEvent = { ...rest, atMs: startMs };
    const end = textOf('end');
    if (end === '') return { failure };
    const endMs = timeOf(end);
    if (endMs === undefined) return notATime(end);
    if (endMs < startMs) return `It ends before it starts: ${shortened(end)}.`;
    return { failure, recovery: { component, method, atMs: endMs, durationMs: endMs - startMs } };
  }
  const atMs = timeOf(textOf('time'));
  if (atMs === undefined) return notATime(textOf('time'));
  const event = eventOf(textOf('event'));
  if (!event) {
    return `'${shortened(textOf('event'))}' is no event: expected 'failure' or 'recovery' in 'event', or an incident with 'start' and 'end'.`;
  }
  return event === 'failure'
    ? { failure: { ...rest, atMs } }
    : { recovery: { component, method, atMs, durationMs: Number.NaN } };
}

function notATime(text: string): string {
  return text === ''
    ? "It does not say when: expected 'start' (and 'end'), or 'time'."
    : `'${shortened(text)}' is no time: expected one like 2026-05-01T08:30:00Z, or seconds since 1970.`;
}

/** A recovery that does not say how long it took, took since the failure before it. */
function withDurations(
  failures: readonly FailureEvent[],
  recoveries: readonly RecoveryEvent[],
): RecoveryEvent[] {
  const starts = new Map<string, number[]>();
  for (const { component, atMs } of failures.toSorted((a, b) => a.atMs - b.atMs)) {
    const known = starts.get(component);
    if (known) known.push(atMs);
    else starts.set(component, [atMs]);
  }
  const lastRecovery = new Map<string, number>();
  return recoveries
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((recovery) => {
      const { atMs, component, durationMs } = recovery;
      const sinceMs = lastRecovery.get(component) ?? Number.NEGATIVE_INFINITY;
      lastRecovery.set(component, atMs);
      if (!Number.isNaN(durationMs)) return recovery;
      const start = (starts.get(component) ?? []).find((one) => one > sinceMs && one <= atMs);
      return { ...recovery, durationMs: start === undefined ? 0 : atMs - start };
    });
}
