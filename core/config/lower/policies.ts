import type { BreakerPolicy, BulkheadPolicy, RetryPolicy } from '../../model/model.ts';
import { present, type SectionReader } from './reader.ts';

export function readBreaker(name: string, reader: SectionReader<'CircuitBreaker'>): BreakerPolicy {
  return {
    name,
    nameAt: reader.label,
    failureThreshold: reader.integer('failureThreshold'),
    recoveryTimeoutMs: reader.duration('recoveryTimeout'),
    successThreshold: reader.integer('successThreshold'),
  };
}

/** A pool without a size limits nothing and is left out; the schema has asked for the size. */
export function readBulkhead(
  name: string,
  reader: SectionReader<'Bulkhead'>,
): BulkheadPolicy | undefined {
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

export function readRetry(name: string, reader: SectionReader<'Retry'>): RetryPolicy {
  const backoff = reader.section('backoff', 'Backoff');
  return present({
    name,
    nameAt: reader.label,
    attempts: reader.integer('attempts'),
    initialMs: backoff.duration('initial'),
    factor: backoff.number('factor'),
    maxMs: backoff.duration('max'),
    jitter: backoff.choice('jitter'),
    budget: reader.ratio('budget'),
  });
}
