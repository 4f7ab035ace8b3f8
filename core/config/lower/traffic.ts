import type { RatePoint, Traffic, TrafficShape } from '../../model/model.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { formatDuration, formatRate, parseDuration } from '../../time/index.ts';
import type { Problem } from '../problem.ts';
import { type ListItem, SectionReader } from './reader.ts';

/**
 * Reads traffic in any of its forms. Numbers that contradict each other are reported, and then
 * nothing arrives.
 */
export function readTraffic(
  reader: SectionReader<'Traffic'>,
  problems: Problem[],
): Traffic | undefined {
  if (!reader.exists) return undefined;
  const arrivals = reader.choice('arrivals');
  const shape = readShape(reader, problems);
  if (!shape) {
    reader.doubt();
    return undefined;
  }
  return { at: reader.label, arrivals, shape };
}

function readShape(
  reader: SectionReader<'Traffic'>,
  problems: Problem[],
): Sourced<TrafficShape> | undefined {
  const bursts = reader.section('bursts', 'Bursts');
  const rate = reader.rate('rate', problems);
  if (rate) {
    const shape: TrafficShape | undefined = bursts.exists
      ? readBursts(bursts, rate.value, problems)
      : { kind: 'steady', ratePerSecond: rate.value };
    return shape && written(shape, rate.source.at);
  }
  if (bursts.exists) {
    const message = "Bursts go with a mean 'rate'. Give the traffic one, or leave out 'bursts'.";
    problems.push(contradiction(message, bursts.label));
    return undefined;
  }
  const profileAt = reader.keyRange('profile');
  if (profileAt) {
    const points = readProfile(reader.items('profile'), problems);
    return points && written({ kind: 'profile', points }, profileAt);
  }
  const trace = reader.section('trace', 'Trace');
  const shape = readTrace(trace, problems);
  return shape && written(shape, trace.label);
}

function readBursts(
  reader: SectionReader<'Bursts'>,
  meanPerSecond: number,
  problems: Problem[],
): TrafficShape | undefined {
  const rate = reader.rate('rate', problems);
  const every = reader.duration('every');
  const length = reader.duration('for');
  if (!rate || !every || !length) return undefined;
  if (!(length.value > 0) || length.value >= every.value) {
    const message =
      "'for' must be longer than 0 and shorter than 'every': it is the length of one burst.";
    problems.push(contradiction(message, length.source.at));
    return undefined;
  }
  const burstMs = length.value;
  const quietMs = every.value - burstMs;
  const inBursts = (rate.value * burstMs) / every.value;
  if (inBursts > meanPerSecond * (1 + ROUNDING)) {
    const message =
      `Bursts of ${formatRate(rate.value)} for ${formatDuration(burstMs)} every ` +
      `${formatDuration(every.value)} are ${formatRate(inBursts)} on average, more than the ` +
      `traffic's 'rate' of ${formatRate(meanPerSecond)} in all. Lower this or raise that.`;
    problems.push(contradiction(message, rate.source.at));
    return undefined;
  }
  const quietPerSecond = Math.max(0, ((meanPerSecond - inBursts) * every.value) / quietMs);
  return { kind: 'bursts', burstPerSecond: rate.value, quietPerSecond, burstMs, quietMs };
}

/** Rates that are said to be the same may differ in their last digits. */
const ROUNDING = 1e-9;

function readProfile(items: readonly ListItem[], problems: Problem[]): RatePoint[] | undefined {
  const points: RatePoint[] = [];
  for (const { at, node } of items) {
    const point = new SectionReader('ProfilePoint', node, at);
    const atMs = point.duration('at');
    const rate = point.rateOrNone('rate');
    if (!atMs || !rate) return undefined;
    const before = points.at(-1);
    if (before && atMs.value < before.atMs) {
      const message = `This point comes before the one above, at ${formatDuration(before.atMs)}. Put them in order.`;
      problems.push(contradiction(message, atMs.source.at));
      return undefined;
    }
    points.push({ atMs: atMs.value, perSecond: rate.value });
  }
  return points.length > 0 ? points : undefined;
}

function readTrace(reader: SectionReader<'Trace'>, problems: Problem[]): TrafficShape | undefined {
  const every = reader.duration('every');
  const repeat = reader.duration('repeatAfter');
  const counts = scalars(reader.items('counts'), (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined,
  );
  const times = scalars(reader.items('times'), (value) =>
    typeof value === 'string' ? parseDuration(value) : undefined,
  );
  if (!counts || !times || (counts.length > 0 && !every)) return undefined;
  if (every && !(every.value > 0)) {
    problems.push(contradiction("'every' must be longer than 0.", every.source.at));
    return undefined;
  }
  const timesMs = times.toSorted((a, b) => a - b);
  const endMs = every ? every.value * counts.length : (timesMs.at(-1) ?? 0);
  if (repeat && (repeat.value < endMs || repeat.value === 0)) {
    const message = `The trace lasts until ${formatDuration(endMs)} and cannot begin again before.`;
    problems.push(contradiction(message, repeat.source.at));
    return undefined;
  }
  const repeats = repeat && { repeatAfterMs: repeat.value };
  if (timesMs.length > 0) return { kind: 'times', timesMs, ...repeats };
  if (!every || counts.length === 0) return undefined;
  return { kind: 'counts', bucketMs: every.value, counts, ...repeats };
}

/** The values of a list; undefined where one of them cannot be read, as the schema has reported. */
function scalars<T>(
  items: readonly ListItem[],
  parse: (value: unknown) => T | undefined,
): T[] | undefined {
  const values = items.map(({ node }) => (node.kind === 'scalar' ? parse(node.value) : undefined));
  return values.includes(undefined) ? undefined : (values as T[]);
}

function written(value: TrafficShape, at: SourceRange): Sourced<TrafficShape> {
  return { value, source: { kind: 'explicit', at } };
}

function contradiction(message: string, range: SourceRange): Problem {
  return { kind: 'invalid-value', severity: 'error', message, range };
}
