/**
 * What one simulation found, as plain JSON: the contract between the engine, the report page, the
 * command line and whoever reads `--format json`. Times are milliseconds since the run began,
 * ratios lie in [0, 1], positions are zero-based as in LSP. Nothing here depends on the wall clock.
 */
import type { Severity } from '../model/finding.ts';
import type { MonitorReport } from '../monitor/index.ts';
import type { BreakerStateKind, FaultToleranceLevel } from '../patterns/index.ts';
import type { ComebackVerdict } from '../simulation/comeback/index.ts';
import type { Estimate } from '../simulation/estimate.ts';
import type { ComponentState } from '../simulation/member.ts';
import type { FailureReason } from '../simulation/outcome.ts';

export { COMEBACK_VERDICTS, type ComebackVerdict } from '../simulation/comeback/index.ts';
export type { Estimate } from '../simulation/estimate.ts';
export type { ComponentState } from '../simulation/member.ts';
export { FAILURE_REASONS, type FailureReason } from '../simulation/outcome.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A place in the config that a part of the report leads back to. */
export interface Place {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export interface Report {
  readonly format: 'faultline-report';
  readonly version: 1;
  readonly system: string;
  readonly file: string;
  readonly scenario: ScenarioSummary | null;
  /** Names of all scenarios in the file, for choosing another. */
  readonly scenarios: readonly string[];
  readonly seed: number;
  readonly durationMs: number;
  readonly replications: number;
  /** How narrow the intervals became, where the run went on until they were; else null. */
  readonly precision: Precision | null;
  /** Where the run was stopped before all was done; else null. */
  readonly partial: PartialRun | null;
  /** The whole report in one sentence. */
  readonly verdict: string;
  readonly objectives: readonly ObjectiveResult[];
  /** For each service with traffic of its own, whether it came back after each disturbance. */
  readonly comebacks: readonly ComebackResult[];
  readonly traffic: TrafficSummary;
  /** Failures, recoveries, score and patterns as the monitor saw them in the first replication. */
  readonly monitor: MonitorReport;
  readonly groups: readonly GroupResult[];
  readonly components: readonly ComponentResult[];
  readonly services: readonly ServiceResult[];
  readonly pools: readonly PoolResult[];
  readonly breakers: readonly BreakerResult[];
  readonly limits: readonly LimitResult[];
  readonly calls: readonly CallResult[];
  readonly timeline: Timeline;
  readonly findings: readonly PlacedFinding[];
  readonly recommendations: readonly Recommendation[];
  /** What years of failures and repairs come to; null where they were not asked for. */
  readonly years: YearsSection | null;
  /** What the run took for granted because the file does not say. */
  readonly assumptions: readonly Assumption[];
}

/** Failures and repairs over years, without traffic: a scale of its own beside everything else here. */
export interface YearsSection {
  /** In all. */
  readonly years: number;
  /** Independent runs that they are divided among. */
  readonly runs: number;
  readonly groups: readonly YearsResult[];
  readonly services: readonly YearsResult[];
}

export const YEARS_EVIDENCE = ['exact', 'simulated', 'none-seen', 'unknown'] as const;

export interface YearsResult {
  readonly name: string;
  readonly place: Place;
  /**
   * - `exact`: a Markov chain tells the availability and the outages a year.
   * - `simulated`: they are estimates.
   * - `none-seen`: no outage was seen, so the availability is a bound that holds with 95 % confidence.
   * - `unknown`: nothing that it consists of fails by chance, as far as the file says.
   */
  readonly evidence: (typeof YEARS_EVIDENCE)[number];
  readonly availability: Estimate;
  readonly outagesPerYear: number;
  readonly downtimePerYearMs: number;
  /** In the simulation, as the next three. */
  readonly longestOutageMs: number;
  /** Why outages began, the most frequent cause first. */
  readonly causes: readonly YearsCause[];
  readonly failoversPerYear: number;
  /** What failovers lost at the most; null for what holds no copies of data. */
  readonly lost: {
    /** Of them, those that may have lost writes. */
    readonly failoversPerYear: number;
    /** Writes, as time. */
    readonly msPerYear: number;
    readonly writesPerYear: number;
  } | null;
}

/** A cause in words, and the share of outages that it began. */
export interface YearsCause {
  readonly text: string;
  readonly share: number;
}

export interface Precision {
  /** Half-width of the 95 % intervals, as a share of their means. */
  readonly asked: number;
  /** That of the widest interval that matters; null where it is not known. */
  readonly reached: number | null;
}

export interface PartialRun {
  /** How many replications were to be run. */
  readonly planned: number;
  /** Not even one is whole: the first was cut off after `durationMs`. */
  readonly isCut: boolean;
}

export interface ScenarioSummary {
  readonly name: string;
  readonly description?: string;
  readonly place: Place;
}

/** A promise of the file (objective or expectation) held against the run. */
export interface ObjectiveResult {
  readonly name: string;
  readonly origin: 'objective' | 'expectation';
  readonly target: string;
  readonly achieved: string;
  /** `unclear`: the interval covers the target, so the run cannot tell. */
  readonly status: 'met' | 'missed' | 'unclear';
  /** Where an expectation was first seen broken; null where it was not, and for objectives. */
  readonly violation: Violation | null;
  readonly place: Place;
}

/**
 * Whether the goodput of one service (requests answered in full) is as before after one disturbance,
 * when nothing is wrong any more. `core/simulation/comeback` says how that is judged.
 */
export interface ComebackResult {
  readonly service: string;
  /** What disturbed it, as `payments is degraded at 1m`. */
  readonly after: string;
  /** Of the fault; of the service where failures come by chance. */
  readonly place: Place;
  /** The worst that was seen in any run. */
  readonly status: ComebackVerdict;
  /** In how many runs each was seen; together those in which the disturbance came. */
  readonly runs: Readonly<Record<ComebackVerdict, number>>;
  /** The share of runs that end up stuck, with 95 % confidence (Wilson). */
  readonly stuckRatio: { readonly lower: number; readonly upper: number };
  /** From the end of the disturbance, over the runs in which it came back; null with none. */
  readonly backMs: Estimate | null;
  /** Goodput in the later half of the time after the disturbance, as a share of the usual one. */
  readonly goodputRatio: Estimate;
  /** Why a run cannot tell; null when all can. */
  readonly unclear: string | null;
}

/** The first moment at which a run did not keep a promise. */
export interface Violation {
  /** Counted from 1. */
  readonly replication: number;
  readonly atMs: number;
}

/** Requests are answered in full, degraded (by a fallback), or failed: exactly one of the three. */
export interface TrafficSummary {
  /** Requests that arrived from outside, per replication. */
  readonly requests: Estimate;
  /** Share answered: in full or by a fallback. */
  readonly successRatio: Estimate;
  /** Share answered by a fallback. */
  readonly degradedRatio: Estimate;
  /** Of answers; 0 where there was none. */
  readonly latencyMs: { readonly p50: Estimate; readonly p95: Estimate; readonly p99: Estimate };
  /** Failed requests of the first replication by what ended them. */
  readonly failures: Readonly<Record<FailureReason, number>>;
  /**
   * Calls that left their caller, retries and copies included, per call that was meant to be made.
   * Above 1 these add load; below 1 breakers, limits and pools kept calls back, or caches answered.
   */
  readonly amplification: Estimate;
}

export interface GroupResult {
  readonly name: string;
  /** What its members are, such as `database`; the name where the file does not say. */
  readonly componentType: string;
  readonly place: Place;
  readonly level: FaultToleranceLevel;
  readonly minHealthy: number;
  readonly members: number;
  /** Fewest members that served at once during the run. */
  readonly lowestServing: number;
  readonly availability: number;
  readonly promotions: number;
  /** Longest time below the minimum, ms; 0 when it never was. */
  readonly longestOutageMs: number;
  /** Largest share of the members' capacity in use over a tenth of the run; null without capacity. */
  readonly peakLoad: number | null;
  /** Time's worth of writes that one failover lost because no copy had them yet, ms, at the most. */
  readonly lostWritesMs: number;
  /** How many writes all failovers of a run lost, at the most; 0 where calls only read. */
  readonly lostWrites: number;
  /** Members that were taken for failed though they were up, in the first replication. */
  readonly mistakes: number;
  /** How failures were found out; null where they are known at once. */
  readonly detection: DetectionResult | null;
  /** How calls used the group as a fault-tolerant database; null where they did not. */
  readonly failover: FailoverResult | null;
}

/** Counts are of the first replication. */
export interface DetectionResult {
  readonly found: number;
  /** The longest time from a failure to when it was found out in any replication, ms; 0 with none. */
  readonly slowestMs: number;
  /** Failures that were over before anybody knew. */
  readonly unnoticed: number;
  /** Times that a member was given no new work because it seemed to weaken. */
  readonly weakenings: number;
  /** Requests that went to a member of which nobody knew that it was down. */
  readonly refused: number;
}

/** Counts are of the first replication. */
export interface FailoverResult {
  /** Tries after the first. */
  readonly retries: number;
  /** Times that a failed call made a member degraded. */
  readonly degraded: number;
  /** Times that such a member was found healthy again, by calls or by a health check. */
  readonly restored: number;
}

export interface ComponentResult {
  readonly id: string;
  readonly group: string;
  readonly place: Place;
  /** State at the end of the run. */
  readonly status: ComponentState;
  readonly failures: number;
  readonly availability: number;
  /** `null` is infinite: fewer than two failures. */
  readonly mtbfHours: number | null;
  /** `null`: it never recovered. */
  readonly mttrMinutes: number | null;
  /** Status over the run: each entry holds from `atMs` until the next one. */
  readonly states: readonly { readonly atMs: number; readonly state: ComponentState }[];
}

export interface ServiceResult {
  readonly name: string;
  readonly place: Place;
  readonly requests: number;
  readonly succeeded: number;
  readonly degraded: number;
  readonly failures: Readonly<Record<FailureReason, number>>;
  /** Of answers; 0 where there was none. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
}

export interface PoolResult {
  readonly name: string;
  readonly place: Place;
  readonly size: number;
  readonly requests: number;
  readonly admitted: number;
  readonly rejected: number;
  readonly timeouts: number;
  readonly peakInUse: number;
  readonly meanUtilisation: number;
  /** Mean slots in use per bucket of the timeline. */
  readonly inUse: readonly number[];
  readonly services: readonly string[];
}

export interface BreakerResult {
  readonly name: string;
  /** Who calls whom through it. */
  readonly usedBy: readonly string[];
  readonly place: Place;
  readonly opened: number;
  readonly rejected: number;
  readonly successRatePercent: number;
  readonly averageResponseMs: number;
  readonly states: readonly { readonly atMs: number; readonly state: BreakerStateKind }[];
}

export const LIMIT_KINDS = ['rate-limiter', 'concurrency-limit', 'connection-pool'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** What limits calls besides bulkheads, in the first replication. */
export interface LimitResult {
  readonly name: string;
  readonly kind: LimitKind;
  readonly place: Place;
  /** Who calls whom through it. */
  readonly usedBy: readonly string[];
  /** Calls a second, or calls or connections at once; of a concurrency limit, as of the end. */
  readonly limit: number;
  /** The lowest that a concurrency limit fell to; of the others, the limit itself. */
  readonly lowestLimit: number;
  /** Most calls or connections at once; null where that is not limited. */
  readonly peak: number | null;
  readonly admitted: number;
  /** How many of those had to wait. */
  readonly waited: number;
  /** Turned away, at once or after waiting in vain. */
  readonly rejected: number;
}

/** What the policies around one call did, in the first replication. */
export interface CallResult {
  readonly from: string;
  readonly to: string;
  readonly place: Place;
  /** Each once, however often it was tried. */
  readonly made: number;
  /** Tries that left the caller. */
  readonly sent: number;
  /** Tries after a failure. */
  readonly retries: number;
  /** Further copies of a call that was late. */
  readonly copies: number;
  /** Answered by the cache without a call. */
  readonly freshAnswers: number;
  /** Answered by the cache in place of a failed call. */
  readonly staleAnswers: number;
  /** Answered by the fallback in place of a failed call. */
  readonly fallbackAnswers: number;
}

/** The first replication over time, in equal buckets. */
export interface Timeline {
  readonly bucketMs: number;
  readonly arrived: readonly number[];
  readonly succeeded: readonly number[];
  readonly degraded: readonly number[];
  readonly failed: readonly number[];
  /** Repeated calls that were sent: retries, and copies of calls that were late. */
  readonly retries: readonly number[];
  /** In order of time; the earliest where there are too many to read. */
  readonly events: readonly TimelineEvent[];
  /** How many later events are left out of the list. */
  readonly omittedEvents: number;
}

export interface TimelineEvent {
  readonly atMs: number;
  readonly kind: 'fault' | 'repair' | 'promotion' | 'breaker';
  readonly text: string;
  readonly place?: Place;
}

export interface PlacedFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
}

export interface Recommendation {
  readonly message: string;
  readonly place?: Place;
}

export interface Assumption {
  readonly text: string;
  readonly place: Place;
}
