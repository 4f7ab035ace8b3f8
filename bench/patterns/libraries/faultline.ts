import {
  BreakerPolicy,
  BulkheadPolicy,
  compose,
  RetryPolicy,
  TimeoutPolicy,
} from '../../../core/live/index.ts';
import { type Clock, systemClock } from '../../../core/time/index.ts';
import { operation, rejectedBy, SETTINGS, type Subject } from '../subject.ts';

/** The clock of the process without its one saving, to see what that is worth. */
const everyReading: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, callback) => systemClock.after(delayMs, callback),
};

function subject(clock: Clock): Subject {
  const { attempts, initialDelayMs, maxDelayMs, failureThreshold, openMs, slots, timeoutMs } =
    SETTINGS;
  const trip = { kind: 'consecutive', failureThreshold } as const;
  const backoff = { initialMs: initialDelayMs, maxMs: maxDelayMs, jitter: 'full' } as const;
  const breaker = () => new BreakerPolicy({ trip, recoveryTimeoutMs: openMs, clock });
  const retry = () => new RetryPolicy({ attempts, backoff, clock });
  const pool = { name: 'pool', size: slots, queueSize: slots };
  const bulkhead = () => new BulkheadPolicy({ pool, clock });
  const timeout = () => new TimeoutPolicy({ timeoutMs, clock });
  return {
    breaker: () => {
      const policy = breaker();
      return () => policy.execute(operation);
    },
    stack: () => {
      const policy = compose(retry(), breaker(), bulkhead());
      return () => policy.execute(operation);
    },
    full: () => {
      const policy = compose(retry(), breaker(), bulkhead(), timeout());
      return () => policy.execute(operation);
    },
    rejected: () => {
      const policy = breaker();
      return rejectedBy((call) => policy.execute(call));
    },
  };
}

export const faultline = subject(systemClock);
export const faultlineEveryReading = subject(everyReading);
