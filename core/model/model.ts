/**
 * The resolved system: what every format is lowered to and what rules and simulation read.
 * Durations are milliseconds, rates are per second, ratios lie in [0, 1]. References between
 * parts are kept by name, so that a broken file still gives a model. Over 400 lines, because it is
 * the one table of what there is.
 */

import type {
  BackoffKind,
  ComponentRole,
  JitterKind,
  LoadBalancingStrategy,
  PolicyKind,
  RecoveryGrowth,
} from '../patterns/index.ts';
import type { Expectation } from './expectation.ts';
import type { Sourced, SourceRange } from './source.ts';
import type { Wordings } from './wording.ts';

/** Something the user named: the key or id is what findings about the whole thing point at. */
export interface Named {
  readonly name: string;
  readonly nameAt: SourceRange;
}

/** A part of the file with a name of its own. */
export interface Definition extends Named {
  /** From the first character of its name to the last of what it says. */
  readonly at: SourceRange;
  /** Something of it is written, but not so that it can be read: do not judge what is missing. */
  readonly doubtful: boolean;
}

export interface Model {
  readonly file: string;
  readonly system: string;
  readonly objectives: Objectives;
  readonly groups: ReadonlyMap<string, Group>;
  /** Failures of whole zones and regions, by the names that members give them. */
  readonly zones: ReadonlyMap<string, FailureDomain>;
  readonly regions: ReadonlyMap<string, FailureDomain>;
  /** Between the zones; absent means that it never fails. */
  readonly network?: FailureDomain;
  readonly repairCrews: ReadonlyMap<string, RepairCrew>;
  readonly breakers: ReadonlyMap<string, BreakerPolicy>;
  readonly bulkheads: ReadonlyMap<string, BulkheadPolicy>;
  readonly retries: ReadonlyMap<string, RetryPolicy>;
  readonly rateLimiters: ReadonlyMap<string, RateLimiterPolicy>;
  readonly concurrencyLimits: ReadonlyMap<string, ConcurrencyLimitPolicy>;
  readonly connectionPools: ReadonlyMap<string, ConnectionPoolPolicy>;
  readonly services: ReadonlyMap<string, Service>;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly simulation: SimulationSettings;
  /** Names that are defined in a way that cannot be read (yet): not here, but not unknown either. */
  readonly unread: ReadonlySet<string>;
  /** Sections whose names cannot all be known (yet), so that nothing is said of what is missing. */
  readonly unreadSections: ReadonlySet<SectionName>;
  /** How the format that it was read from says things; absent for Faultline's own. */
  readonly wordings?: Wordings;
  /** Files whose parts are here too; absent where there are none. */
  readonly imports?: readonly ImportedFile[];
}

/** A file that a model takes parts from. */
export interface ImportedFile {
  /** As it is found from the importing file. */
  readonly file: string;
  readonly text: string;
  /** The path to it, or to the file that imports it in turn. All that it defines is said to be here. */
  readonly at: SourceRange;
  /** What it says by itself, with its own places. */
  readonly model: Model;
}

/** Whether what is said to be at a place is written in an imported file. */
export function isImported(
  { imports = [] }: Model,
  at: Pick<SourceRange, 'start' | 'end'>,
): boolean {
  return imports.some((one) => one.at.start === at.start && one.at.end === at.end);
}

/** The sections whose entries other parts of a config refer to. */
export const SECTION_NAMES = [
  'redundancy',
  'repairCrews',
  'circuitBreakers',
  'bulkheads',
  'retries',
  'rateLimiters',
  'concurrencyLimits',
  'connectionPools',
  'services',
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** What the team promised; absent ones are not judged. */
export interface Objectives {
  readonly availability?: Sourced<number>;
  readonly latencyP50Ms?: Sourced<number>;
  readonly latencyP95Ms?: Sourced<number>;
  readonly latencyP99Ms?: Sourced<number>;
  readonly rtoMs?: Sourced<number>;
  readonly rpoMs?: Sourced<number>;
}

export type Role = ComponentRole;
export type StandbyMode = 'hot' | 'warm' | 'cold';
export type ReplicationMode = 'async' | 'sync' | 'quorum';

/** Interchangeable components that stand in for one another. */
export interface Group extends Definition {
  readonly componentType: Sourced<string>;
  readonly members: readonly Member[];
  readonly minHealthy: Sourced<number>;
  readonly singleton: Sourced<boolean>;
  readonly standbyMode: Sourced<StandbyMode>;
  /** How long a promoted standby takes before it serves. */
  readonly activationMs: Sourced<number>;
  readonly loadBalancing: Sourced<LoadBalancingStrategy>;
  readonly latency: Sourced<Latency>;
  /** Added to the latency for each other request that is worked on at the same member. */
  readonly contentionMs?: Sourced<number>;
  readonly errorRate: Sourced<number>;
  /** Requests a second that one member can serve; absent means unlimited. */
  readonly capacityPerSecond?: Sourced<number>;
  /** Connections that one member accepts, from all callers together; absent means unlimited. */
  readonly maxConnections?: Sourced<number>;
  /** Share of takeovers that work; after others the group is down until the failed member is back. */
  readonly coverage: Sourced<number>;
  /** Mean time between failures of one member; absent means that members fail only by script. */
  readonly mtbfMs?: Sourced<number>;
  /** How times to the next failure spread around `mtbfMs`. */
  readonly lifetime: Spread;
  /** How often a waiting standby fails, relative to an active; absent means as `standbyMode` says. */
  readonly standbyFailureFactor?: Sourced<number>;
  /** Share of a member's failures that strike all that run at once. */
  readonly commonCause: Sourced<number>;
  readonly recovery: RecoveryPolicy;
  /** How the times of attempts spread around what `recovery` says. */
  readonly recoverySpread: Spread;
  /** Whom failed members wait for; absent means that none waits. */
  readonly repairCrew?: Sourced<string>;
  readonly replication?: Replication;
  /** Absent means that failures are noticed at once. */
  readonly detection?: Detection;
  /** Present means that calls use the group as a fault-tolerant database. */
  readonly failover?: Failover;
}

export type TimeDistribution = 'exponential' | 'weibull' | 'lognormal' | 'constant';

/** How times spread around their mean. */
export interface Spread {
  readonly distribution: Sourced<TimeDistribution>;
  /** Of a Weibull distribution. */
  readonly shape: Sourced<number>;
  /** Of a lognormal one: the standard deviation of the logarithm. */
  readonly sigma: Sourced<number>;
}

/** Something that takes down all that is in it: a zone, a region, the network between zones. */
export interface FailureDomain extends Definition {
  readonly mtbfMs: Sourced<number>;
  readonly lifetime: Spread;
  readonly repairMs: Sourced<number>;
  readonly repairSpread: Spread;
  readonly repairCrew?: Sourced<string>;
}

/** People who bring back what has failed, so many things at once. */
export interface RepairCrew extends Definition {
  readonly size: Sourced<number>;
  /** Before each repair; exponential. */
  readonly inspectionMs: Sourced<number>;
  /** `race`: all that is broken is inspected at once, and the inspection that ends first decides. */
  readonly order: Sourced<'first-come' | 'race'>;
}

export interface Member extends Named {
  readonly role: Role;
  readonly zone?: Sourced<string>;
  readonly region?: Sourced<string>;
  readonly weight: Sourced<number>;
}

export interface RecoveryPolicy {
  readonly timeMs: Sourced<number>;
  readonly growth: Sourced<RecoveryGrowth>;
  readonly maxTimeMs: Sourced<number>;
  readonly successRate: Sourced<number>;
  readonly maxAttempts: Sourced<number>;
  readonly retryAfterMs: Sourced<number>;
}

export interface Replication {
  readonly mode: Sourced<ReplicationMode>;
  /** How many members hold a copy and, with `quorum`, vote; absent means every member. */
  readonly copies?: Sourced<number>;
  /** Copies that must confirm a write, or answer a read; absent means a majority. */
  readonly write?: Sourced<number>;
  readonly read?: Sourced<number>;
  readonly lagMs: Sourced<number>;
}

export type DetectionMethod = 'heartbeat' | 'phi-accrual';

/** How the failure of a member is noticed. */
export interface Detection {
  readonly at: SourceRange;
  readonly method: Sourced<DetectionMethod>;
  /** From one heartbeat to the next. */
  readonly intervalMs: Sourced<number>;
  /** Heartbeats that must be missing in a row, with `heartbeat`. */
  readonly missed: Sourced<number>;
  /** Suspicion from which a member counts as degraded, with `phi-accrual`. */
  readonly weakeningPhi: Sourced<number>;
  /** Suspicion from which a member counts as failed, with `phi-accrual`. */
  readonly failedPhi: Sourced<number>;
}

/** How callers use a group whose members fail over. */
export interface Failover {
  readonly at: SourceRange;
  /** Total tries, the first one included. */
  readonly attempts: Sourced<number>;
  /** Before the second try; doubles before each further one. */
  readonly waitMs: Sourced<number>;
  /** A member with this much load, or more, is given no writes. */
  readonly writeLoadLimit: Sourced<number>;
  /** Successes in a row that make a degraded member healthy. */
  readonly restoreAfter: Sourced<number>;
  readonly healthCheckMs: Sourced<number>;
}

export interface BreakerPolicy extends Definition {
  readonly trip: BreakerTrip;
  /**
   * How often it begins to count anew while it is closed, more than 0, passing over the results of
   * calls that began before; absent means that it does not. Not with a window.
   */
  readonly resetIntervalMs?: Sourced<number>;
  readonly recoveryTimeoutMs: Sourced<number>;
  /** How much longer it stays open each time that it opens again without having closed. */
  readonly recoveryFactor: Sourced<number>;
  readonly maxRecoveryTimeoutMs: Sourced<number>;
  readonly successThreshold: Sourced<number>;
  /** Trials that may run at once; absent means `successThreshold`. */
  readonly halfOpenLimit?: Sourced<number>;
}

/** What opens a breaker. */
export type BreakerTrip =
  | { readonly kind: 'leaky' | 'consecutive'; readonly failureThreshold: Sourced<number> }
  | (BreakerRates & { readonly kind: 'count-window'; readonly size: Sourced<number> })
  | (BreakerRates & { readonly kind: 'time-window'; readonly windowMs: Sourced<number> });

export interface BreakerRates {
  /** Calls that the window must hold before it is judged. */
  readonly minimumCalls: Sourced<number>;
  readonly failureRate: Sourced<number>;
  /** Calls that take longer are slow; absent means that none is. */
  readonly slowCallMs?: Sourced<number>;
  readonly slowCallRate: Sourced<number>;
}

export interface BulkheadPolicy extends Definition {
  readonly size: Sourced<number>;
  readonly queueSize: Sourced<number>;
  readonly maxWaitMs: Sourced<number>;
}

export interface RetryPolicy extends Definition {
  /** Total tries, the first one included. */
  readonly attempts: Sourced<number>;
  readonly initialMs: Sourced<number>;
  readonly growth: Sourced<BackoffKind>;
  /** What each further wait is multiplied with under exponential growth. */
  readonly factor: Sourced<number>;
  readonly maxMs: Sourced<number>;
  readonly jitter: Sourced<JitterKind>;
  /** Retries allowed as a share of first tries; absent means without limit. */
  readonly budget?: Sourced<number>;
  /** Retries that can be saved up, which makes the budget a token bucket; absent means of 10 s. */
  readonly budgetBurst?: Sourced<number>;
  /** Retries that a budget without a burst always allows. */
  readonly minRetriesPerSecond: Sourced<number>;
}

export interface RateLimiterPolicy extends Definition {
  readonly ratePerSecond: Sourced<number>;
  /** Calls that may be made at once after a quiet time. */
  readonly burst: Sourced<number>;
  readonly maxWaitMs: Sourced<number>;
}

export type LimitAlgorithm = 'aimd' | 'gradient';

export interface ConcurrencyLimitPolicy extends Definition {
  readonly algorithm: Sourced<LimitAlgorithm>;
  /** Calls at once: where the limit begins, and between what it moves. */
  readonly initial: Sourced<number>;
  readonly min: Sourced<number>;
  readonly max: Sourced<number>;
}

export interface ConnectionPoolPolicy extends Definition {
  /** Connections that may be open at once. */
  readonly max: Sourced<number>;
  readonly queueSize: Sourced<number>;
  readonly acquireTimeoutMs: Sourced<number>;
  readonly connectMs: Sourced<number>;
  readonly idleTimeoutMs: Sourced<number>;
}

/**
 * How long a piece of work takes. Quantiles ascend, from a share of 0 to one of 1; between two of them
 * times are spread evenly.
 */
export type Latency =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly p50Ms: number; readonly p99Ms: number }
  | { readonly kind: 'weibull'; readonly p50Ms: number; readonly shape: number }
  | { readonly kind: 'empirical'; readonly quantiles: readonly Quantile[] };

/** A share of requests takes at most so long. */
export interface Quantile {
  readonly share: number;
  readonly ms: number;
}

export type ArrivalKind = 'poisson' | 'constant';

/** Requests that arrive from outside. */
export interface Traffic {
  readonly at: SourceRange;
  /** How they follow one another at a given rate. */
  readonly arrivals: Sourced<ArrivalKind>;
  readonly shape: Sourced<TrafficShape>;
}

/** How often requests arrive, over time. */
export type TrafficShape =
  | { readonly kind: 'steady'; readonly ratePerSecond: number }
  | {
      readonly kind: 'bursts';
      readonly quietPerSecond: number;
      readonly burstPerSecond: number;
      /** Mean times in one state until the other begins. */
      readonly quietMs: number;
      readonly burstMs: number;
    }
  /** Piecewise linear; two points at the same time are a jump. At least one. */
  | { readonly kind: 'profile'; readonly points: readonly RatePoint[] }
  | {
      readonly kind: 'counts';
      readonly bucketMs: number;
      readonly counts: readonly number[];
      readonly repeatAfterMs?: number;
    }
  /** In ascending order; at least one. */
  | {
      readonly kind: 'times';
      readonly timesMs: readonly number[];
      readonly repeatAfterMs?: number;
    };

export interface RatePoint {
  readonly atMs: number;
  readonly perSecond: number;
}

export interface ServiceObjectives {
  readonly availability?: Sourced<number>;
}

export interface Service extends Definition {
  /** 1 is the most critical. */
  readonly tier: Sourced<number>;
  /** What it promises its callers, with all that it depends on. */
  readonly objectives: ServiceObjectives;
  /** The redundancy group whose members run this service. */
  readonly runsOn?: Sourced<string>;
  /** Processes that run it, each with breakers, limits and pools of its own. */
  readonly instances: Sourced<number>;
  /** The pool that limits how many requests the service works on at once. */
  readonly bulkhead?: Sourced<string>;
  /** Requests that arrive from outside. */
  readonly traffic?: Traffic;
  /** Mean of the traffic over a run, requests a second; absent where nothing arrives in it. */
  readonly ratePerSecond?: Sourced<number>;
  readonly latency: Sourced<Latency>;
  /** Added to the latency for each other request that is worked on at the same place. */
  readonly contentionMs?: Sourced<number>;
  readonly errorRate: Sourced<number>;
  readonly capacityPerSecond?: Sourced<number>;
  /** Made one after another for each request, in this order. */
  readonly calls: readonly Call[];
}

export type Operation = 'read' | 'write';

export interface Call {
  /** From its first character to its last. */
  readonly at: SourceRange;
  /** As of a definition. */
  readonly doubtful: boolean;
  /** What messages call it, where caller and callee are not what people know it by. */
  readonly text?: string;
  /** The service or redundancy group that is called. */
  readonly to: Sourced<string>;
  /** What it does at a group whose members hold copies. */
  readonly operation: Sourced<Operation>;
  /** For each attempt; absent means that the caller waits for as long as it takes. */
  readonly timeoutMs?: Sourced<number>;
  /** Whether work that timed out is told to stop, or goes on and keeps what it holds. */
  readonly onTimeout: Sourced<'abort' | 'abandon'>;
  /** For all attempts and waits together. */
  readonly deadlineMs?: Sourced<number>;
  readonly retry?: Sourced<string>;
  readonly hedge?: Hedge;
  readonly rateLimiter?: Sourced<string>;
  readonly concurrencyLimit?: Sourced<string>;
  readonly breaker?: Sourced<string>;
  readonly bulkhead?: Sourced<string>;
  readonly connectionPool?: Sourced<string>;
  readonly idempotent: Sourced<boolean>;
  readonly cache?: Cache;
  readonly fallback?: Fallback;
  /** The outermost policy first. Names every kind, whether the call has it or not. */
  readonly order: Sourced<readonly PolicyKind[]>;
}

export interface Hedge {
  readonly at: SourceRange;
  /** How long to wait for an answer before the next copy is sent. */
  readonly afterMs: Sourced<number>;
  /** Copies in all, the first one included. */
  readonly attempts: Sourced<number>;
}

export interface Cache {
  readonly at: SourceRange;
  /** Answers younger than this are given without a call. */
  readonly maxAgeMs: Sourced<number>;
  /** How much longer they may be given when a call fails. */
  readonly staleIfErrorMs: Sourced<number>;
  /** How many different requests there are, each cached apart. */
  readonly keys: Sourced<number>;
}

/** What answers in place of a failed call. */
export interface Fallback {
  readonly at: SourceRange;
  /** Tried in this order until one answers. */
  readonly steps: readonly FallbackStep[];
}

export type FallbackStep =
  | {
      readonly kind: 'cache';
      readonly at: SourceRange;
      /** Answer from the last good response while it is younger than this. */
      readonly maxAgeMs: Sourced<number>;
      /** How many different requests there are, each cached apart. */
      readonly keys: Sourced<number>;
    }
  | {
      readonly kind: 'call';
      readonly at: SourceRange;
      /** The service or redundancy group that is asked instead. */
      readonly to: Sourced<string>;
      readonly timeoutMs?: Sourced<number>;
    }
  /** A fixed answer, which there always is. */
  | { readonly kind: 'default'; readonly at: SourceRange; readonly value: unknown };

export interface Scenario extends Definition {
  readonly description?: Sourced<string>;
  readonly faults: readonly Fault[];
  readonly load?: ClosedLoad;
  /** What arrives at services in place of their own traffic. */
  readonly traffic?: readonly ScenarioTraffic[];
  readonly expect: readonly Expectation[];
}

export interface ScenarioTraffic {
  readonly service: Sourced<string>;
  readonly traffic: Traffic;
}

/** A fixed number of requests sent by callers that each wait for their answer. */
export interface ClosedLoad {
  readonly at: SourceRange;
  readonly requests: Sourced<number>;
  readonly callers: Sourced<number>;
  /** Each request picks one of these at random. */
  readonly services: readonly Sourced<string>[];
}

export type FaultSeverity = 'low' | 'medium' | 'high' | 'critical';

interface FaultBase {
  readonly at: SourceRange;
  /** As of a definition. */
  readonly doubtful: boolean;
  readonly atMs: Sourced<number>;
}

export type RandomFailureKind = 'fail' | 'hang' | 'degrade' | 'partition' | 'failZone';

/** What a rollout changes of a service. */
export type ServiceChanges = Partial<
  Pick<
    Service,
    'bulkhead' | 'latency' | 'contentionMs' | 'errorRate' | 'capacityPerSecond' | 'calls'
  >
>;

/** A fault that makes components stop. */
interface FailureBase extends FaultBase {
  /** Repaired after this long; absent means that the recovery policy decides. */
  readonly forMs?: Sourced<number>;
  readonly failureType: Sourced<string>;
  readonly severity: Sourced<FaultSeverity>;
  /** What is repaired after `forMs` is worse than usual at first; absent means as usual at once. */
  readonly slowReturn?: SlowReturn;
}

/** A degradation that begins with the repair and fades at once. */
export interface SlowReturn extends Worse {
  readonly recoverOverMs: Sourced<number>;
}

/** What can be worse than usual. */
export interface Worse {
  /** Replaces the usual error rate while it lasts. */
  readonly errorRate?: Sourced<number>;
  /** Added to the usual latency while it lasts. */
  readonly addedLatencyMs?: Sourced<number>;
  /** Share of the usual capacity that is left, more than 0. */
  readonly capacityShare?: Sourced<number>;
}

/** A fault that is over after a while; absent means that it lasts to the end. */
interface LastingBase extends FaultBase {
  readonly forMs?: Sourced<number>;
}

export type Fault =
  /** The target is a component, or a whole group. */
  | (FailureBase & { readonly kind: 'fail'; readonly target: Sourced<string> })
  /** The target is a zone or region, with all components in it. */
  | (FailureBase & {
      readonly kind: 'fail-domain';
      readonly domain: 'zone' | 'region';
      readonly target: Sourced<string>;
    })
  | (LastingBase &
      Worse & {
        readonly kind: 'degrade';
        /** A component, a group or a service. */
        readonly target: Sourced<string>;
        /** How long it takes to fade when it is over. */
        readonly recoverOverMs?: Sourced<number>;
      })
  /** The target, a component, a group or a service, answers nothing until it is over. */
  | (LastingBase & { readonly kind: 'hang'; readonly target: Sourced<string> })
  /** Nothing comes through between the services and groups of one side and those of the other. */
  | (LastingBase & {
      readonly kind: 'partition';
      readonly between: readonly Sourced<string>[];
      readonly and: readonly Sourced<string>[];
    })
  /** Recoveries of the target, a group, take `factor` times as long. */
  | (LastingBase & {
      readonly kind: 'slow-recovery';
      readonly target: Sourced<string>;
      readonly factor: Sourced<number>;
    })
  /** So many times the usual requests arrive from outside at the target, a service. */
  | (LastingBase & {
      readonly kind: 'surge';
      readonly target: Sourced<string>;
      readonly factor: Sourced<number>;
    })
  /** The clock that the policies of the target, a service, are told jumps; set right when over. */
  | (LastingBase & {
      readonly kind: 'clock-jump';
      readonly target: Sourced<string>;
      /** Less than 0 backwards. */
      readonly byMs: Sourced<number>;
    })
  /** The target, a service, changes: what is absent stays as it is. */
  | (LastingBase & {
      readonly kind: 'rollout';
      readonly target: Sourced<string>;
      readonly changes: ServiceChanges;
    })
  | (FaultBase & {
      readonly kind: 'random-failures';
      readonly count: Sourced<number>;
      /** What happens to each, one of these at random; at least one. */
      readonly failureKinds: readonly RandomFailureKind[];
      readonly withinMs: Sourced<number>;
      /** Degradations are drawn evenly from nothing to these. */
      readonly worstErrorRate: Sourced<number>;
      readonly worstLatencyMs: Sourced<number>;
      /** Drawn from these components; empty means from all. */
      readonly components: readonly Sourced<string>[];
      readonly repairMinMs: Sourced<number>;
      readonly repairMaxMs: Sourced<number>;
    });

export interface SimulationSettings {
  readonly durationMs: Sourced<number>;
  readonly seed: Sourced<number>;
  readonly replications: Sourced<number>;
  /** How many events all runs together may take. */
  readonly maxEvents: Sourced<number>;
  /** Replications go on until intervals are this narrow, as a share; absent means that they do not. */
  readonly precision?: Sourced<number>;
  /** How many there may be to reach it. */
  readonly maxReplications: Sourced<number>;
  /** For how long components fail and are repaired without traffic; absent means not at all. */
  readonly years?: Sourced<number>;
}
