/**
 * The resolved system: what every format is lowered to and what rules and simulation read.
 * Durations are milliseconds, rates are per second, ratios lie in [0, 1]. References between
 * parts are kept by name, so that a broken file still gives a model.
 */
import type {
  ComponentRole,
  JitterKind,
  LoadBalancingStrategy,
  RecoveryGrowth,
} from '../patterns/index.ts';
import type { Sourced, SourceRange } from './source.ts';

/** Something the user named: the key or id is what findings about the whole thing point at. */
export interface Named {
  readonly name: string;
  readonly nameAt: SourceRange;
}

export interface Model {
  readonly file: string;
  readonly system: string;
  readonly objectives: Objectives;
  readonly groups: ReadonlyMap<string, Group>;
  readonly breakers: ReadonlyMap<string, BreakerPolicy>;
  readonly bulkheads: ReadonlyMap<string, BulkheadPolicy>;
  readonly retries: ReadonlyMap<string, RetryPolicy>;
  readonly services: ReadonlyMap<string, Service>;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly simulation: SimulationSettings;
  /** Names that are defined in a way that cannot be read (yet): not here, but not unknown either. */
  readonly unread: ReadonlySet<string>;
  /** Sections whose names cannot all be known (yet), so that nothing is said of what is missing. */
  readonly unreadSections: ReadonlySet<SectionName>;
}

/** The sections whose entries other parts of a config refer to. */
export type SectionName = 'redundancy' | 'circuitBreakers' | 'bulkheads' | 'retries' | 'services';

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
export interface Group extends Named {
  readonly componentType: Sourced<string>;
  readonly members: readonly Member[];
  readonly minHealthy: Sourced<number>;
  readonly singleton: Sourced<boolean>;
  /** Its members or minimum are written, but not so that they can be read: do not judge them. */
  readonly doubtful: boolean;
  readonly standbyMode: Sourced<StandbyMode>;
  /** How long a promoted standby takes before it serves. */
  readonly activationMs: Sourced<number>;
  readonly loadBalancing: Sourced<LoadBalancingStrategy>;
  readonly latency: Sourced<Latency>;
  readonly errorRate: Sourced<number>;
  /** Requests a second that one member can serve; absent means unlimited. */
  readonly capacityPerSecond?: Sourced<number>;
  /** Mean time between failures of one member; absent means that members fail only by script. */
  readonly mtbfMs?: Sourced<number>;
  readonly recovery: RecoveryPolicy;
  readonly replication?: Replication;
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

export interface BreakerPolicy extends Named {
  readonly failureThreshold: Sourced<number>;
  readonly recoveryTimeoutMs: Sourced<number>;
  readonly successThreshold: Sourced<number>;
}

export interface BulkheadPolicy extends Named {
  readonly size: Sourced<number>;
  readonly queueSize: Sourced<number>;
  readonly maxWaitMs: Sourced<number>;
}

export interface RetryPolicy extends Named {
  /** Total tries, the first one included. */
  readonly attempts: Sourced<number>;
  readonly initialMs: Sourced<number>;
  readonly factor: Sourced<number>;
  readonly maxMs: Sourced<number>;
  readonly jitter: Sourced<JitterKind>;
  /** Retries allowed as a share of first tries; absent means without limit. */
  readonly budget?: Sourced<number>;
}

/** How long a piece of work takes. */
export type Latency =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly p50Ms: number; readonly p99Ms: number };

export interface Service extends Named {
  /** 1 is the most critical. */
  readonly tier: Sourced<number>;
  /** The redundancy group whose members run this service. */
  readonly runsOn?: Sourced<string>;
  /** The pool that limits how many requests the service works on at once. */
  readonly bulkhead?: Sourced<string>;
  /** Requests a second that arrive from outside, as a Poisson stream. */
  readonly ratePerSecond?: Sourced<number>;
  readonly latency: Sourced<Latency>;
  readonly errorRate: Sourced<number>;
  readonly capacityPerSecond?: Sourced<number>;
  /** Made one after another for each request, in this order. */
  readonly calls: readonly Call[];
}

export interface Call {
  /** The service or redundancy group that is called. */
  readonly to: Sourced<string>;
  /** For each attempt; absent means that the caller waits for as long as it takes. */
  readonly timeoutMs?: Sourced<number>;
  readonly retry?: Sourced<string>;
  readonly breaker?: Sourced<string>;
  readonly bulkhead?: Sourced<string>;
  readonly idempotent: Sourced<boolean>;
  readonly fallback?: Fallback;
}

export interface Fallback {
  readonly at: SourceRange;
  /** Answer from the last good response while it is younger than this. */
  readonly cacheMs?: Sourced<number>;
  /** How many different requests there are, each cached apart. */
  readonly keys: Sourced<number>;
  /** Whether a fixed default answers when nothing is cached. */
  readonly hasDefault: boolean;
}

export interface Scenario extends Named {
  readonly description?: Sourced<string>;
  readonly faults: readonly Fault[];
  readonly load?: ClosedLoad;
  readonly expect: Expectations;
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
  readonly atMs: Sourced<number>;
}

export type Fault =
  | (FaultBase & {
      readonly kind: 'fail';
      /** A component, or a whole group. */
      readonly target: Sourced<string>;
      /** Repaired after this long; absent means that the recovery policy decides. */
      readonly forMs?: Sourced<number>;
      readonly failureType: Sourced<string>;
      readonly severity: Sourced<FaultSeverity>;
    })
  | (FaultBase & {
      readonly kind: 'degrade';
      /** A component, a group or a service. */
      readonly target: Sourced<string>;
      readonly forMs?: Sourced<number>;
      /** Replaces the usual error rate while it lasts. */
      readonly errorRate?: Sourced<number>;
      /** Added to the usual latency while it lasts. */
      readonly addedLatencyMs?: Sourced<number>;
    })
  | (FaultBase & {
      readonly kind: 'random-failures';
      readonly count: Sourced<number>;
      readonly withinMs: Sourced<number>;
      /** Drawn from these components; empty means from all. */
      readonly components: readonly Sourced<string>[];
      readonly repairMinMs: Sourced<number>;
      readonly repairMaxMs: Sourced<number>;
    });

export interface Expectations {
  readonly availability?: Sourced<number>;
  readonly latencyP99Ms?: Sourced<number>;
  readonly recoversWithinMs?: Sourced<number>;
}

export interface SimulationSettings {
  readonly durationMs: Sourced<number>;
  readonly seed: Sourced<number>;
  readonly replications: Sourced<number>;
}
