import {
  type BoundExpectation,
  type Comparison,
  type Expectation,
  type ExpectationWindow,
  METRICS,
  type Metric,
  type MetricUnit,
} from '../../model/expectation.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { formatDuration, parseDuration, parseRate, parseRatio } from '../../time/index.ts';
import type { Problem } from '../problem.ts';
import { type ListItem, present, SectionReader } from './reader.ts';

type Reader = SectionReader<'Expectations'>;

/** One mapping of promises, or a list of such mappings. */
export function readExpectations(
  scenario: SectionReader<'Scenario'>,
  durationMs: number,
  problems: Problem[],
): Expectation[] {
  const node = scenario.node('expect')?.node;
  const label = scenario.keyRange('expect');
  if (!node || !label) return [];
  const items: readonly ListItem[] =
    node.kind === 'sequence' ? scenario.items('expect') : [{ node, at: label }];
  return items.flatMap((item) => {
    const reader = new SectionReader('Expectations', item.node, item.at);
    const expectations = readMapping(reader, durationMs, problems);
    if (reader.doubtful) scenario.doubt();
    return expectations;
  });
}

function readMapping(reader: Reader, durationMs: number, problems: Problem[]): Expectation[] {
  const report = (message: string, range: SourceRange) =>
    problems.push({ kind: 'invalid-value', severity: 'error', message, range });
  const of = reader.text('of');
  const calling = reader.text('calling');
  const base = present({ of, calling, window: readWindow(reader, durationMs, report) });
  const found: Expectation[] = [];
  for (const { key, at } of reader.keys()) {
    const expectation = readPromise(reader, key, base);
    if (!expectation) continue;
    if (expectation.kind === 'bound' && expectation.metric === 'recovery') {
      if (base.window.kind !== 'run') {
        report(`'${key}' is about the whole run. Put it where no part of the run is named.`, at);
      }
    }
    if (calling && !isOfCalls(expectation)) {
      report(`'${key}' is not known of single calls. Leave out 'calling'.`, at);
    }
    found.push(expectation);
  }
  if (calling && !of) {
    report("'calling' needs 'of': the service that makes the calls.", calling.source.at);
  }
  if (reader.exists && found.length === 0 && !reader.doubtful) {
    report(
      "Nothing is expected here. Add a promise, such as availability: '>= 99.9%'.",
      reader.label,
    );
  }
  return found;
}

type Base = Pick<Expectation, 'of' | 'calling' | 'window'>;

function readPromise(reader: Reader, key: string, base: Base): Expectation | undefined {
  if (key === 'recoversWithin') {
    const bound = reader.duration('recoversWithin');
    return bound && bounded(key, 'recovery', '<=', bound, base);
  }
  if (key === 'breakerState') {
    const state = reader.choice('breakerState');
    return state && { kind: 'state', key, at: state.source.at, state, ...base };
  }
  const percentile = percentileOf(key);
  const metric = percentile === undefined ? key : 'latency';
  if (!isMetric(metric)) return undefined;
  const clause = reader.textAt(key);
  const [, comparison, text] = clause?.value.match(/^([<>]=?)\s*(.+)$/) ?? [];
  const value = text === undefined ? undefined : PARSE[METRICS[metric]](text);
  if (!clause || value === undefined) {
    reader.doubt();
    return undefined;
  }
  const expectation = bounded(
    key,
    metric,
    comparison as Comparison,
    { value, source: clause.source },
    base,
  );
  return percentile === undefined ? expectation : { ...expectation, percentile };
}

function bounded(
  key: string,
  metric: Metric,
  comparison: Comparison,
  bound: Sourced<number>,
  base: Base,
): BoundExpectation {
  return { kind: 'bound', key, at: bound.source.at, metric, comparison, bound, ...base };
}

const PARSE: Readonly<Record<MetricUnit, (text: string) => number | undefined>> = {
  ratio: parseRatio,
  'per-second': parseRate,
  ms: parseDuration,
  count: parseNumber,
  factor: parseNumber,
};

function parseNumber(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** `latencyP99.9` is 0.999; undefined for other keys, and for the 0th percentile. */
function percentileOf(key: string): number | undefined {
  const percent = Number(key.match(/^latencyP(\d{1,2}(?:\.\d{1,3})?)$/)?.[1] ?? 0);
  return percent > 0 ? Number((percent / 100).toPrecision(12)) : undefined;
}

/** `latency` and `recovery` are written otherwise. */
function isMetric(key: string): key is Metric {
  return Object.hasOwn(METRICS, key) && key !== 'recovery';
}

function isOfCalls(expectation: Expectation): boolean {
  return (
    expectation.kind === 'bound' &&
    (expectation.metric === 'amplification' || expectation.metric === 'retries')
  );
}

function readWindow(
  reader: Reader,
  durationMs: number,
  report: (message: string, range: SourceRange) => void,
): ExpectationWindow {
  const fromMs = reader.duration('from');
  const toMs = reader.duration('to');
  const during = reader.choice('during');
  const after = reader.choice('after');
  const [window, other] = [
    ...(fromMs || toMs ? [{ key: fromMs ? 'from' : 'to' } as const] : []),
    ...(during ? [{ key: 'during' } as const] : []),
    ...(after ? [{ key: 'after' } as const] : []),
  ];
  if (window && other) {
    const at = reader.keyRange(other.key) ?? reader.label;
    report(`'${other.key}' and '${window.key}' name two parts of the run. Keep one of them.`, at);
  }
  if (fromMs && toMs && fromMs.value >= toMs.value) {
    report("'to' must come after 'from'.", toMs.source.at);
  }
  if (fromMs && fromMs.value >= durationMs) {
    const run = formatDuration(durationMs);
    report(
      `The run ends after ${run}, so this part of it never comes. Lower 'from' or raise 'simulation.duration'.`,
      fromMs.source.at,
    );
  }
  if (fromMs || toMs) return { kind: 'between', ...present({ fromMs, toMs }) };
  if (during) return { kind: 'during-faults' };
  return after ? { kind: 'after-faults' } : { kind: 'run' };
}
