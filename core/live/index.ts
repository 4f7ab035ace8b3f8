export { BreakerPolicy, type BreakerPolicyOptions } from './breaker-policy.ts';
export { BulkheadPolicy, type BulkheadPolicyOptions } from './bulkhead-policy.ts';
export { CachePolicy, type CachePolicyOptions } from './cache-policy.ts';
export { CachedAlternative, type CachedAlternativeOptions } from './cached-alternative.ts';
export {
  type AlternativeOf,
  Composition,
  type CompositionOptions,
  compose,
  type GivenBy,
} from './compose.ts';
export {
  ConcurrencyLimitPolicy,
  type ConcurrencyLimitPolicyOptions,
} from './concurrency-limit-policy.ts';
export {
  type ConnectionContext,
  ConnectionPoolPolicy,
  type ConnectionPoolPolicyOptions,
} from './connection-pool-policy.ts';
export {
  DatabasePolicy,
  type DatabaseResult,
  type NodeOperation,
} from './database-policy.ts';
export {
  type EventSource,
  type PolicyEvent,
  type PolicyListener,
  subscribeToAll,
} from './events.ts';
export {
  type ApiAnswer,
  ExternalApiClient,
  type ExternalApiClientOptions,
} from './external-api-client.ts';
export {
  type Alternative,
  FallbackPolicy,
  type FallbackPolicyOptions,
  type LearningAlternative,
} from './fallback-policy.ts';
export type { GroupMember, GroupOptions, MemberDetection, MemberHook } from './group-options.ts';
export { type GroupLayer, GroupPolicy, type MemberContext } from './group-policy.ts';
export { HedgePolicy, type HedgePolicyOptions } from './hedge-policy.ts';
export type { Judge, Verdict } from './judge.ts';
export type { CallContext, CallOptions, Operation, Policy } from './policy.ts';
export { RateLimitPolicy, type RateLimitPolicyOptions } from './rate-limit-policy.ts';
export { RetryPolicy, type RetryPolicyOptions } from './retry-policy.ts';
export type { Signal } from './signal.ts';
export { TimeoutPolicy, type TimeoutPolicyOptions } from './timeout-policy.ts';
export { Watchdog, type WatchdogOptions } from './watchdog.ts';
