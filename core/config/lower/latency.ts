import type { Latency, Quantile } from '../../model/model.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { formatDuration, parseDuration } from '../../time/index.ts';
import { DEFAULTS } from '../generated/defaults.ts';
import type { Problem } from '../problem.ts';
import { type ListItem, SectionReader } from './reader.ts';

const DEFAULT_LATENCY: Latency = {
  kind: 'constant',
  ms: parseDuration(DEFAULTS.Service.latency) as number,
};

const FORMS = '{ p50, p99 }, { p50, shape }, { min, max }, { mean } or { percentiles }';

/**
 * Reads a latency in any of its forms. Contradictory numbers (`p99` below `p50`, `max` below
 * `min`) are reported, and the default stands in for them.
 */
export function readLatency(
  owner: SectionReader<'Group'> | SectionReader<'Service'>,
  problems: Problem[],
): Sourced<Latency> {
  const item =
    owner.definition === 'Group'
      ? (owner as SectionReader<'Group'>).node('latency')
      : (owner as SectionReader<'Service'>).node('latency');
  const value = item && parseLatency(item, problems);
  if (item && !value) owner.doubt();
  return value
    ? { value, source: { kind: 'explicit', at: item.at } }
    : { value: DEFAULT_LATENCY, source: { kind: 'default', at: owner.label } };
}

/** As `readLatency`, but nothing stands in for what is not there, or not to be read. */
export function readNewLatency(
  owner: SectionReader<'Rollout'>,
  problems: Problem[],
): Sourced<Latency> | undefined {
  const item = owner.node('latency');
  const value = item && parseLatency(item, problems);
  if (item && !value) owner.doubt();
  return value && { value, source: { kind: 'explicit', at: item.at } };
}

function parseLatency({ node, at }: ListItem, problems: Problem[]): Latency | undefined {
  if (node.kind === 'scalar') {
    const ms = typeof node.value === 'string' ? parseDuration(node.value) : undefined;
    return ms === undefined ? undefined : { kind: 'constant', ms };
  }
  const reader = new SectionReader('Latency', node, at);
  const p50 = reader.duration('p50');
  const p99 = reader.duration('p99');
  const shape = reader.number('shape');
  const min = reader.duration('min');
  const max = reader.duration('max');
  const mean = reader.duration('mean');
  const measured = reader.node('percentiles');
  const wrong = (message: string, range: SourceRange): undefined => {
    problems.push({ kind: 'invalid-value', severity: 'error', message, range });
  };
  const forms = [p99, shape, min, mean, measured].filter((value) => value !== undefined);
  if (forms.length > 1 || (p50 && (min ?? mean ?? measured))) {
    return wrong(`Write one of ${FORMS}, not a mixture.`, at);
  }
  const [low, high] = p50 && p99 ? [p50, p99] : [min, max];
  if (low && high && high.value < low.value) {
    const [less, more] = low === p50 ? ['p50', 'p99'] : ['min', 'max'];
    return wrong(`'${more}' is below '${less}'; it must be at least as long.`, high.source.at);
  }
  if (p50?.value === 0 && p99 && p99.value > 0) {
    const message = "'p50' must be above 0 where 'p99' is: no such latency is known.";
    return wrong(message, p50.source.at);
  }
  if (p50 && p99) return lognormal(p50.value, p99.value);
  if (p50 && shape) {
    if (!(shape.value > 0)) return undefined;
    return { kind: 'weibull', p50Ms: p50.value, shape: shape.value };
  }
  if (p50 && !reader.has('p99') && !reader.has('shape')) {
    const message = "'p50' alone says nothing of the rest. Add 'p99', or the 'shape' of a Weibull.";
    return wrong(message, p50.source.at);
  }
  if (measured) return readPercentiles(measured, wrong);
  if (min && max) return { kind: 'uniform', minMs: min.value, maxMs: max.value };
  return mean && { kind: 'exponential', meanMs: mean.value };
}

/** A lognormal has no spread where both percentiles agree. */
function lognormal(p50Ms: number, p99Ms: number): Latency {
  if (p50Ms === p99Ms) return { kind: 'constant', ms: p50Ms };
  return { kind: 'lognormal', p50Ms, p99Ms };
}

const PERCENTILE = /^p(\d{1,2}(?:\.\d+)?|100)$/;

function readPercentiles(
  { at, node }: ListItem,
  wrong: (message: string, range: SourceRange) => undefined,
): Latency | undefined {
  if (node.kind !== 'mapping') return undefined;
  const quantiles: Quantile[] = [];
  const places = new Map<Quantile, SourceRange>();
  for (const { key, keyRange, value } of node.entries) {
    const percent = PERCENTILE.exec(key)?.[1];
    if (percent === undefined) {
      const message = `'${key}' is not a percentile. Write p and a number from 0 to 100, such as p50 or p99.9.`;
      return wrong(message, { ...at, ...keyRange });
    }
    const ms =
      value.kind === 'scalar' && typeof value.value === 'string'
        ? parseDuration(value.value)
        : undefined;
    if (ms === undefined) return undefined;
    const quantile = { share: Number(percent) / 100, ms };
    quantiles.push(quantile);
    places.set(quantile, { ...at, ...value.range });
  }
  quantiles.sort((a, b) => a.share - b.share);
  for (const [index, { ms, share }] of quantiles.entries()) {
    const before = quantiles[index - 1];
    if (!before || ms >= before.ms) continue;
    const message =
      `p${percentText(share)} is ${formatDuration(ms)}, but p${percentText(before.share)} already ` +
      `${formatDuration(before.ms)}: more requests cannot take less time.`;
    return wrong(message, places.get(quantiles[index] as Quantile) ?? at);
  }
  const [first, last] = [quantiles[0], quantiles.at(-1)];
  if (!first || !last) return undefined;
  if (first.share > 0) quantiles.unshift({ share: 0, ms: 0 });
  if (last.share < 1) quantiles.push({ share: 1, ms: last.ms });
  return { kind: 'empirical', quantiles };
}

function percentText(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
