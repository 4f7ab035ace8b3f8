export {
  Bulkhead,
  type BulkheadOptions,
  type BulkheadOutcome,
  type BulkheadStats,
  type BulkheadTicket,
} from './bulkhead.ts';
export { BulkheadFullError } from './bulkhead-full-error.ts';
export { type BulkheadHealth, BulkheadManager, type PoolHealth } from './bulkhead-manager.ts';
export {
  type BreakerMetrics,
  type BreakerState,
  type BreakerStateKind,
  CircuitBreaker,
  type CircuitBreakerOptions,
  REJECTED,
} from './circuit-breaker.ts';
export { CircuitOpenError } from './circuit-open-error.ts';
export type { Component, ComponentStatus } from './component.ts';
export { canonicalKey, type StaleAnswer, StaleCache, type StaleCacheOptions } from './fallback.ts';
export { type FaultToleranceLevel, faultToleranceLevel } from './fault-tolerance-level.ts';
export {
  type Balanced,
  createLoadBalancer,
  type LoadBalancer,
  type LoadBalancingStrategy,
} from './load-balancer.ts';
export { type RecoveryGrowth, type RecoveryOptions, RecoveryPolicy } from './recovery-policy.ts';
export { RedundancyGroup, type RedundancyGroupOptions } from './redundancy-group.ts';
export type {
  ComponentRole,
  FailureOutcome,
  GroupHealth,
  RecoveryAttempt,
  RecoveryOutcome,
  RestoreOutcome,
} from './redundancy-outcome.ts';
export { type BackoffOptions, type JitterKind, Retry, type RetryOptions, STOP } from './retry.ts';
export { RetryBudget, type RetryBudgetOptions } from './retry-budget.ts';
