/**
 * Tells OpenTelemetry how policies do. Only types are taken from `@opentelemetry/api`: what is not
 * used is not needed.
 */
import type { Attributes, BatchObservableCallback, Meter } from '@opentelemetry/api';
import type { PolicyEvent } from '../live/index.ts';
import type { BreakerStateKind } from '../patterns/index.ts';
import type { Policies } from '../policies/policies.ts';

/** The part of loaded policies that is measured. */
export type Measured = Pick<Policies, 'breakers' | 'bulkheads' | 'subscribe'>;

/** Larger is worse, so that the highest value over all instances is the one to look at. */
const STATE_VALUES: Readonly<Record<BreakerStateKind, number>> = {
  closed: 0,
  'half-open': 1,
  open: 2,
  isolated: 3,
};

/**
 * Measures policies from now on. Every measurement has the name of its policy in
 * `faultline.policy`; calls are named `service → callee`.
 *
 * | instrument | unit | what |
 * | --- | --- | --- |
 * | `faultline.call.duration` | s | how long calls took, waits and attempts included, by `faultline.outcome` |
 * | `faultline.call.attempts` | {attempt} | operations that were started for calls |
 * | `faultline.rejections` | {call} | calls that were not made, by `error.type` |
 * | `faultline.retries`, `faultline.timeouts`, `faultline.fallbacks` | {event} | what policies did |
 * | `faultline.breaker.transitions` | {event} | by `faultline.state`, the new one |
 * | `faultline.breaker.state` | | 0 closed, 1 half-open, 2 open, 3 isolated |
 * | `faultline.bulkhead.in_use`, `faultline.bulkhead.queued` | {call} | slots in use, calls that wait |
 *
 * @param meter such as `metrics.getMeter('faultline')`.
 * @returns what ends it.
 */
export function measure(policies: Measured, meter: Meter): () => void {
  const recorders = createRecorders(meter);
  const leave = policies.subscribe((event) => {
    recorders[event.kind]?.(event as never, { 'faultline.policy': event.policy });
  });
  const stopObserving = observe(policies, meter);
  return () => {
    leave();
    stopObserving();
  };
}

type Recorders = {
  readonly [Kind in PolicyEvent['kind']]?: (
    event: Extract<PolicyEvent, { kind: Kind }>,
    policy: Attributes,
  ) => void;
};

function createRecorders(meter: Meter): Recorders {
  const duration = meter.createHistogram('faultline.call.duration', { unit: 's' });
  const attempts = meter.createCounter('faultline.call.attempts', { unit: '{attempt}' });
  const rejections = meter.createCounter('faultline.rejections', { unit: '{call}' });
  const retries = meter.createCounter('faultline.retries', { unit: '{event}' });
  const timeouts = meter.createCounter('faultline.timeouts', { unit: '{event}' });
  const fallbacks = meter.createCounter('faultline.fallbacks', { unit: '{event}' });
  const transitions = meter.createCounter('faultline.breaker.transitions', { unit: '{event}' });
  return {
    'call-ended': (event, policy) => {
      duration.record(event.durationMs / 1_000, { ...policy, 'faultline.outcome': event.outcome });
      attempts.add(event.attempts, policy);
    },
    rejected: ({ error }, policy) => rejections.add(1, { ...policy, 'error.type': error.name }),
    retry: (_, policy) => retries.add(1, policy),
    'timed-out': (_, policy) => timeouts.add(1, policy),
    'fell-back': (_, policy) => fallbacks.add(1, policy),
    'state-changed': ({ to }, policy) => transitions.add(1, { ...policy, 'faultline.state': to }),
  };
}

function observe({ breakers, bulkheads }: Measured, meter: Meter): () => void {
  const state = meter.createObservableGauge('faultline.breaker.state');
  const inUse = meter.createObservableGauge('faultline.bulkhead.in_use', { unit: '{call}' });
  const queued = meter.createObservableGauge('faultline.bulkhead.queued', { unit: '{call}' });
  const instruments = [state, inUse, queued];
  const read: BatchObservableCallback = (result) => {
    for (const [name, breaker] of breakers) {
      result.observe(state, STATE_VALUES[breaker.state.kind], { 'faultline.policy': name });
    }
    for (const [name, bulkhead] of bulkheads) {
      result.observe(inUse, bulkhead.inUse, { 'faultline.policy': name });
      result.observe(queued, bulkhead.queued, { 'faultline.policy': name });
    }
  };
  meter.addBatchObservableCallback(read, instruments);
  return () => meter.removeBatchObservableCallback(read, instruments);
}
