import type { Latency } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { parseDuration } from '../../time/index.ts';
import { DEFAULTS } from '../generated/defaults.ts';
import type { Problem } from '../problem.ts';
import { type ListItem, SectionReader } from './reader.ts';

const DEFAULT_LATENCY: Latency = {
  kind: 'constant',
  ms: parseDuration(DEFAULTS.Service.latency) as number,
};

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

function parseLatency({ node, at }: ListItem, problems: Problem[]): Latency | undefined {
  if (node.kind === 'scalar') {
    const ms = typeof node.value === 'string' ? parseDuration(node.value) : undefined;
    return ms === undefined ? undefined : { kind: 'constant', ms };
  }
  const reader = new SectionReader('Latency', node, at);
  const p50 = reader.duration('p50');
  const p99 = reader.duration('p99');
  const min = reader.duration('min');
  const max = reader.duration('max');
  const mean = reader.duration('mean');
  if ([p50, min, mean].filter((value) => value !== undefined).length > 1) {
    const message = 'Write one of { p50, p99 }, { min, max } or { mean }, not a mixture.';
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: at });
    return undefined;
  }
  const [low, high] = p50 && p99 ? [p50, p99] : [min, max];
  if (low && high && high.value < low.value) {
    const [less, more] = low === p50 ? ['p50', 'p99'] : ['min', 'max'];
    const message = `'${more}' is below '${less}'; it must be at least as long.`;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: high.source.at });
    return undefined;
  }
  if (p50?.value === 0 && p99 && p99.value > 0) {
    const message = "'p50' must be above 0 where 'p99' is: no such latency is known.";
    problems.push({ kind: 'invalid-value', severity: 'error', message, range: p50.source.at });
    return undefined;
  }
  if (p50 && p99) return lognormal(p50.value, p99.value);
  if (min && max) return { kind: 'uniform', minMs: min.value, maxMs: max.value };
  return mean && { kind: 'exponential', meanMs: mean.value };
}

/** A lognormal has no spread where both percentiles agree. */
function lognormal(p50Ms: number, p99Ms: number): Latency {
  if (p50Ms === p99Ms) return { kind: 'constant', ms: p50Ms };
  return { kind: 'lognormal', p50Ms, p99Ms };
}
