import type {
  BulkheadPolicy,
  ConcurrencyLimitPolicy,
  ConnectionPoolPolicy,
  RateLimiterPolicy,
  RetryPolicy,
} from '../../model/model.ts';
import type { Problem } from '../problem.ts';
import { notBelow } from './limits.ts';
import { present, type Said, type SectionReader } from './reader.ts';

/** A pool without a size limits nothing and is left out; the schema has asked for the size. */
export function readBulkhead(
  name: string,
  reader: SectionReader<'Bulkhead'>,
): Said<BulkheadPolicy> | undefined {
  const size = reader.integer('size');
  return (
    size && {
      name,
      nameAt: reader.label,
      size,
      queueSize: reader.integer('queue'),
      maxWaitMs: reader.duration('maxWait'),
    }
  );
}

export function readRetry(name: string, reader: SectionReader<'Retry'>): Said<RetryPolicy> {
  const backoff = reader.section('backoff', 'Backoff');
  return present({
    name,
    nameAt: reader.label,
    attempts: reader.integer('attempts'),
    initialMs: backoff.duration('initial'),
    growth: backoff.choice('growth'),
    factor: backoff.number('factor'),
    maxMs: backoff.duration('max'),
    jitter: backoff.choice('jitter'),
    budget: reader.ratio('budget'),
    budgetBurst: reader.number('budgetBurst'),
    minRetriesPerSecond: reader.number('minRetriesPerSecond'),
  });
}

/** A limiter without a rate limits nothing and is left out; the schema has asked for the rate. */
export function readRateLimiter(
  name: string,
  reader: SectionReader<'RateLimiter'>,
  problems: Problem[],
): Said<RateLimiterPolicy> | undefined {
  const ratePerSecond = reader.rate('rate', problems);
  return (
    ratePerSecond && {
      name,
      nameAt: reader.label,
      ratePerSecond,
      burst: reader.integer('burst'),
      maxWaitMs: reader.duration('maxWait'),
    }
  );
}

/** A contradiction among the limits is told, and the later of the two gives way. */
export function readConcurrencyLimit(
  name: string,
  reader: SectionReader<'ConcurrencyLimit'>,
  problems: Problem[],
): Said<ConcurrencyLimitPolicy> {
  const min = reader.integer('min');
  const max = notBelow(min, reader.integer('max'), ['min', 'max'], String, problems);
  const initial = reader.integer('initial');
  // The default adapts to the limits that are written.
  const clamped = { ...initial, value: Math.min(Math.max(initial.value, min.value), max.value) };
  if (initial.source.kind === 'explicit' && clamped.value !== initial.value) {
    const message = `'initial' is not between 'min' (${min.value}) and 'max' (${max.value}).`;
    problems.push({
      kind: 'invalid-value',
      severity: 'error',
      message,
      range: initial.source.at,
    });
  }
  return {
    name,
    nameAt: reader.label,
    algorithm: reader.choice('algorithm'),
    initial: clamped,
    min,
    max,
  };
}

export function readConnectionPool(
  name: string,
  reader: SectionReader<'ConnectionPool'>,
): Said<ConnectionPoolPolicy> {
  return {
    name,
    nameAt: reader.label,
    max: reader.integer('max'),
    queueSize: reader.integer('queue'),
    acquireTimeoutMs: reader.duration('acquireTimeout'),
    connectMs: reader.duration('connect'),
    idleTimeoutMs: reader.duration('idleTimeout'),
  };
}
