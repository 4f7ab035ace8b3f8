/**
 * The policies that may be around a call, from the outermost to the innermost, as they are wrapped
 * when nobody says otherwise:
 *
 * - An answer in place of a failed one, and an answer that is there already, cost nothing further in.
 * - The deadline limits all that comes after it: every attempt and every wait.
 * - Each attempt and each copy asks the limits and the breaker anew, so that one call cannot exceed
 *   them, and the breaker sees every result (Polly, Dapr and Resilience4j also put retries outside).
 * - What costs nothing is asked first: a call that the breaker rejects takes no slot, and one that
 *   finds no slot takes no connection.
 * - The timeout is for the work alone: waiting for a slot does not count against the callee.
 */
export const POLICY_ORDER = [
  'fallback',
  'cache',
  'deadline',
  'retry',
  'hedge',
  'rateLimiter',
  'concurrencyLimit',
  'circuitBreaker',
  'bulkhead',
  'connectionPool',
  'timeout',
] as const;

/** A policy around a call, by the key that asks for it. */
export type PolicyKind = (typeof POLICY_ORDER)[number];
