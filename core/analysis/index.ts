/**
 * Closed formulas over plain numbers, and questions about graphs of them. `numeric/ranges.ts` says
 * what all of them promise about their arguments and results.
 */
export { withCommonCause } from './availability/common-cause.ts';
export {
  downtimeMs,
  MONTH_MS,
  nines,
  outagesWithinBudget,
  YEAR_MS,
} from './availability/downtime.ts';
export { type Failover, failover, lostToTakeovers } from './availability/failover.ts';
export {
  acrossDomains,
  domainLossesSurvived,
  type FailureDomain,
} from './availability/failure-domains.ts';
export { withFallback } from './availability/fallback.ts';
export {
  kOutOfN,
  kOutOfNRareEvent,
  kOutOfUnequal,
  membersForAvailability,
} from './availability/k-out-of-n.ts';
export { type ObservedMean, observedMean, observedMtbf } from './availability/observed.ts';
export {
  type RepairableGroup,
  type RepairableGroupNumbers,
  repairableGroup,
} from './availability/repairable-group.ts';
export {
  type LongRun,
  type RepairableClass,
  type RepairableSystem,
  type SolvedSystem,
  type SystemCrew,
  type SystemGroup,
  solveSystem,
} from './availability/repairable-system.ts';
export { parallel, series } from './availability/series-parallel.ts';
export { type Availability, availableFor, steadyState } from './availability/steady-state.ts';
export { unrepairedColdMttfMs, unrepairedMttfMs } from './availability/unrepaired.ts';
export {
  type BreakerStateShares,
  breakerStateShares,
  trialsAtOnce,
} from './breaker/cycle.ts';
export { type BreakerRecovery, breakerRecovery, closeProbability } from './breaker/recovery.ts';
export {
  callsInWindow,
  consecutiveCallsToOpen,
  failuresToOpen,
  leakyCallsToOpen,
  timeToOpenMs,
  windowTripProbability,
} from './breaker/trip.ts';
export {
  deadlockFreePoolSize,
  poolForEachCaller,
  usefulConnections,
} from './capacity/connection-pools.ts';
export { membersForPeak, safeUtilisation, utilisationAfterLoss } from './capacity/headroom.ts';
export { type Amplification, amplification, steepestPath } from './graph/amplification.ts';
export { type AvailabilityCeiling, availabilityCeiling } from './graph/availability-ceiling.ts';
export { type Bottleneck, bottlenecks } from './graph/bottlenecks.ts';
export {
  type CallEdge,
  type CallGraph,
  type CallNode,
  type Calls,
  callsOf,
} from './graph/call-graph.ts';
export { type CutSets, minimalCutSets } from './graph/cut-sets.ts';
export { type Cycle, cyclesOf, type Numbered } from './graph/cycles.ts';
export {
  type DependencyGraph,
  type DependencyNode,
  type Need,
  type StructureFunction,
  structureOf,
} from './graph/dependency-graph.ts';
export {
  dependencyPath,
  lostWith,
  type SinglePointOfFailure,
  singlePointsOfFailure,
} from './graph/single-points.ts';
export { exponentialSlower, lognormalSlower, NORMAL_99 } from './latency/exceedance.ts';
export { Times } from './latency/times.ts';
export { weibullMeanWithin, weibullSlower } from './latency/weibull.ts';
export { erlangB, slotsForBlocking } from './queueing/erlang-b.ts';
export { erlangC, meanWaitMs, slotsForWaiting, waitingLongerThan } from './queueing/erlang-c.ts';
export {
  type FiniteQueue,
  finiteQueue,
  fullQueueWaitMs,
  longestUsefulQueue,
} from './queueing/finite-queue.ts';
export { waitingForFixedService } from './queueing/fixed-service.ts';
export {
  rejectedByHanging,
  requestsInProgress,
  throughputCeiling,
} from './queueing/littles-law.ts';
export { tokenBucketRejected } from './queueing/token-bucket.ts';
export {
  failuresTolerated,
  majority,
  primaryWrites,
  type QuorumGuarantees,
  quorumGuarantees,
} from './replication/quorum.ts';
export {
  dataLossMs,
  detectionMs,
  type RecoverySteps,
  type RecoveryTime,
  recoveryTime,
} from './replication/recovery-time.ts';
export { hedgedRequests, hedgedSlower } from './retry/hedging.ts';
export {
  amplificationWithActiveBudget,
  amplificationWithBudget,
  expectedAttempts,
  layeredAmplification,
  retryShutoff,
  retrySuccess,
} from './retry/load.ts';
export {
  advertisedCapacity,
  type FailureBalance,
  failureBalance,
  type LoadRegion,
  largestSafeBudget,
  type RetryStorm,
  retryStorm,
} from './retry/metastability.ts';
export {
  attemptsThatFit,
  longestTimeoutMs,
  type RetrySchedule,
  totalBackoffMs,
  worstRetryMs,
} from './retry/schedule.ts';
export { type QueueTipping, queueTipping } from './retry/timeout-tipping.ts';
