import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { operation, rejectedBy, SETTINGS, type Subject } from '../subject.ts';

const { attempts, initialDelayMs, maxDelayMs, failureThreshold, openMs, slots, timeoutMs } =
  SETTINGS;

const breaking = () =>
  circuitBreaker(handleAll, {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failureThreshold),
  });
const retrying = () =>
  retry(handleAll, {
    maxAttempts: attempts - 1,
    backoff: new ExponentialBackoff({ initialDelay: initialDelayMs, maxDelay: maxDelayMs }),
  });
const limiting = () => bulkhead(slots, slots);

export const cockatiel: Subject = {
  breaker: () => {
    const policy = breaking();
    return () => policy.execute(operation);
  },
  stack: () => {
    const policy = wrap(retrying(), breaking(), limiting());
    return () => policy.execute(operation);
  },
  full: () => {
    const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
    const policy = wrap(retrying(), breaking(), limiting(), limit);
    return () => policy.execute(operation);
  },
  rejected: () => {
    const policy = breaking();
    return rejectedBy((call) => policy.execute(call));
  },
};
