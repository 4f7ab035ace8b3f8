import CircuitBreaker, { type Options } from 'opossum';
import pRetry from 'p-retry';
import { type Call, operation, rejectedBy, SETTINGS, type Subject } from '../subject.ts';

const { attempts, initialDelayMs, maxDelayMs, openMs, slots, timeoutMs } = SETTINGS;

/** It takes the operation when it is made, so the one to call is passed on as an argument. */
const breaking = (options: Options = {}) =>
  new CircuitBreaker((call: Call) => call(), { resetTimeout: openMs, timeout: false, ...options });

/** It has no retry of its own; p-retry is what is used with it. */
const retrying = (call: Call): Promise<unknown> =>
  pRetry(call, { retries: attempts - 1, minTimeout: initialDelayMs, maxTimeout: maxDelayMs });

export const opossum: Subject = {
  breaker: () => {
    const breaker = breaking();
    return () => breaker.fire(operation);
  },
  stack: () => {
    const breaker = breaking({ capacity: slots });
    return () => retrying(() => breaker.fire(operation));
  },
  full: () => {
    const breaker = breaking({ capacity: slots, timeout: timeoutMs });
    return () => retrying(() => breaker.fire(operation));
  },
  rejected: () => {
    const breaker = breaking();
    return rejectedBy((call) => breaker.fire(call));
  },
};
