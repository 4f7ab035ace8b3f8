import type { BreakerPolicy, BreakerTrip } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import type { Problem } from '../problem.ts';
import { aboveZero, notBelow } from './limits.ts';
import { present, type Said, type SectionReader } from './reader.ts';

type BreakerReader = SectionReader<'CircuitBreaker'>;
type BreakerKey = Parameters<BreakerReader['has']>[0];

/** Keys that say what opens the breaker, by the way of judging that they belong to. */
const COUNTER_KEYS: readonly BreakerKey[] = ['counting', 'failureThreshold', 'resetInterval'];
const RATE_KEYS: readonly BreakerKey[] = [
  'minimumCalls',
  'failureRate',
  'slowCall',
  'slowCallRate',
];

export function readBreaker(
  name: string,
  reader: BreakerReader,
  problems: Problem[],
): Said<BreakerPolicy> {
  const recoveryTimeoutMs = reader.duration('recoveryTimeout');
  return present({
    name,
    nameAt: reader.label,
    trip: readTrip(reader, problems),
    resetIntervalMs: aboveZero(reader.duration('resetInterval'), 'resetInterval', problems),
    recoveryTimeoutMs,
    recoveryFactor: reader.number('recoveryFactor'),
    maxRecoveryTimeoutMs: notBelow(
      recoveryTimeoutMs,
      reader.duration('maxRecoveryTimeout'),
      ['recoveryTimeout', 'maxRecoveryTimeout'],
      formatDuration,
      problems,
    ),
    successThreshold: reader.integer('successThreshold'),
    halfOpenLimit: reader.integer('halfOpenLimit'),
  });
}

/** The window that is written decides; without one, failures are counted. */
function readTrip(reader: BreakerReader, problems: Problem[]): BreakerTrip {
  const size = reader.integer('windowCalls');
  const windowMs = aboveZero(reader.duration('window'), 'window', problems);
  if (!size && !windowMs) {
    const window = "has a meaning only with 'windowCalls' or 'window'. Add one, or remove it.";
    reportKeys(RATE_KEYS, window, reader, problems);
    return {
      kind: reader.choice('counting').value,
      failureThreshold: reader.integer('failureThreshold'),
    };
  }
  reportKeys(COUNTER_KEYS, 'has no meaning with a window. Remove it.', reader, problems);
  if (!size)
    return {
      kind: 'time-window',
      windowMs: windowMs as Sourced<number>,
      ...rates(reader, problems),
    };
  if (windowMs) reportKeys(['window'], "contradicts 'windowCalls'. Keep one.", reader, problems);
  const { minimumCalls, ...others } = rates(reader, problems);
  return {
    kind: 'count-window',
    size,
    ...others,
    minimumCalls: atMost(size, minimumCalls, problems),
  };
}

function rates(reader: BreakerReader, problems: Problem[]) {
  return present({
    minimumCalls: reader.integer('minimumCalls'),
    failureRate: aboveZero(reader.ratio('failureRate'), 'failureRate', problems),
    slowCallMs: reader.duration('slowCall'),
    slowCallRate: aboveZero(reader.ratio('slowCallRate'), 'slowCallRate', problems),
  });
}

/** A window of calls that waits for more calls than it holds would never be judged. */
function atMost(
  size: Sourced<number>,
  minimumCalls: Sourced<number>,
  problems: Problem[],
): Sourced<number> {
  if (minimumCalls.value <= size.value) return minimumCalls;
  if (minimumCalls.source.kind === 'explicit') {
    const message = `'minimumCalls' is above 'windowCalls' (${size.value}), so the breaker could never open.`;
    problems.push({
      kind: 'invalid-value',
      severity: 'error',
      message,
      range: minimumCalls.source.at,
    });
  }
  return { ...minimumCalls, value: size.value };
}

function reportKeys(
  keys: readonly BreakerKey[],
  why: string,
  reader: BreakerReader,
  problems: Problem[],
): void {
  for (const key of keys) {
    const range = reader.keyRange(key);
    if (!range) continue;
    const message = `'${key}' ${why}`;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range });
  }
}
