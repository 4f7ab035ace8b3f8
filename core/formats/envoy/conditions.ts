/** What Envoy may retry on. Source: Envoy documentation, `x-envoy-retry-on`, `x-envoy-retry-grpc-on`. */
export const RETRY_CONDITIONS = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'envoy-ratelimited',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
] as const;

/** Those under which it retries a try that ran into its timeout, which it resets. */
const TIMEOUT_CONDITIONS = ['5xx', 'gateway-error', 'reset'];

/** The conditions of a list with commas. */
export function conditionsIn(retryOn: string): readonly string[] {
  return retryOn
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Whether a try that ran into its timeout is followed by another one. */
export function retriesTimeouts(conditions: readonly string[]): boolean {
  return TIMEOUT_CONDITIONS.some((one) => conditions.includes(one));
}

export function isCondition(name: string): boolean {
  return RETRY_CONDITIONS.some((one) => one === name);
}
