export {
  Bulkhead,
  type BulkheadOptions,
  type BulkheadOutcome,
  BulkheadSeat,
  type BulkheadStats,
  type BulkheadTicket,
} from './bulkhead/bulkhead.ts';
export { BulkheadFullError } from './bulkhead/bulkhead-full-error.ts';
export {
  type BulkheadHealth,
  BulkheadManager,
  type PoolHealth,
} from './bulkhead/bulkhead-manager.ts';
export { canonicalKey } from './cache/canonical-key.ts';
export {
  type CachedAnswer,
  ResponseCache,
  type ResponseCacheOptions,
} from './cache/response-cache.ts';
export {
  type BreakerMetrics,
  type BreakerState,
  type BreakerStateKind,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from './circuit-breaker/circuit-breaker.ts';
export { CircuitOpenError } from './circuit-breaker/circuit-open-error.ts';
export type { BreakerSnapshot } from './circuit-breaker/snapshot.ts';
export type { TripOptions } from './circuit-breaker/trip.ts';
export { captureRejectionStacks, PolicyError } from './common/policy-error.ts';
export { REJECTED } from './common/rejected.ts';
export { RejectedError } from './common/rejected-error.ts';
export { STOP } from './common/stop.ts';
export {
  type CallOutcome,
  ConcurrencyLimit,
  type ConcurrencyLimitOptions,
} from './concurrency-limit/concurrency-limit.ts';
export { ConcurrencyLimitedError } from './concurrency-limit/concurrency-limited-error.ts';
export {
  ConnectionPool,
  type ConnectionPoolOptions,
  type ConnectionPoolStats,
} from './connection-pool/connection-pool.ts';
export {
  ConnectionPoolClosedError,
  ConnectionPoolExhaustedError,
  ConnectionPoolTimeoutError,
} from './connection-pool/connection-pool-errors.ts';
export type { ConnectionOutcome, ConnectionTicket } from './connection-pool/connection-ticket.ts';
export type { DiscardReason } from './connection-pool/idle-connections.ts';
export type { DatabaseCall, DatabaseCallKind, DatabaseFailure } from './database/database-call.ts';
export { DatabaseCallError, type DatabaseTry } from './database/database-call-error.ts';
export { type DatabaseErrorKind, databaseErrorKind } from './database/database-error.ts';
export {
  DATABASE_RETRY,
  type DatabaseEvent,
  FaultTolerantDatabase,
  type FaultTolerantDatabaseOptions,
} from './database/fault-tolerant-database.ts';
export { DeadlineEntry, DeadlineQueue } from './deadline/deadline-queue.ts';
export { TimeoutError } from './deadline/timeout-error.ts';
export type {
  FailureDetector,
  Suspicion,
  SuspicionEvidence,
} from './failure-detector/failure-detector.ts';
export {
  HeartbeatDetector,
  type HeartbeatDetectorOptions,
} from './failure-detector/heartbeat-detector.ts';
export {
  PhiAccrualDetector,
  type PhiAccrualDetectorOptions,
} from './failure-detector/phi-accrual-detector.ts';
export { Hedge, type HedgeOptions, type HedgeStep } from './hedge/hedge.ts';
export {
  type Balanced,
  createLoadBalancer,
  type LoadBalancer,
  type LoadBalancingStrategy,
} from './load-balancer/load-balancer.ts';
export { POLICY_ORDER, type PolicyKind } from './policy-order.ts';
export { RateLimitedError } from './rate-limiter/rate-limited-error.ts';
export { RateLimiter, type RateLimiterOptions } from './rate-limiter/rate-limiter.ts';
export type { Component, ComponentRole, ComponentStatus } from './redundancy/component.ts';
export {
  type FaultToleranceLevel,
  faultToleranceLevel,
} from './redundancy/fault-tolerance-level.ts';
export {
  GroupUnavailableError,
  type GroupUnavailableReason,
} from './redundancy/group-unavailable-error.ts';
export {
  type RecoveryGrowth,
  type RecoveryOptions,
  RecoveryPolicy,
} from './redundancy/recovery-policy.ts';
export { RedundancyGroup, type RedundancyGroupOptions } from './redundancy/redundancy-group.ts';
export type {
  FailureOutcome,
  GroupHealth,
  RecoveryAttempt,
  RecoveryOutcome,
  RestoreOutcome,
} from './redundancy/redundancy-outcome.ts';
export {
  type Failover,
  Replication,
  type ReplicationMode,
  type ReplicationOptions,
} from './replication/replication.ts';
export type { BackoffKind, BackoffOptions, JitterKind } from './retry/backoff.ts';
export { Retry, type RetryOptions } from './retry/retry.ts';
export { RetryBudget, type RetryBudgetOptions } from './retry/retry-budget.ts';
export type { RetryLimit } from './retry/retry-limit.ts';
export { TokenBudget, type TokenBudgetOptions } from './retry/token-budget.ts';
