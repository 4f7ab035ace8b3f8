import type { FailurePatterns } from './patterns.ts';
import type { Score } from './score.ts';

/**
 * - `healthy`: never failed.
 * - `failed`: is down.
 * - `recovered`: failed and works again.
 */
export type MonitoredStatus = 'healthy' | 'failed' | 'recovered';

/** What a monitor saw, as plain JSON. Availabilities cover the window, all else the whole time. */
export interface MonitorReport {
  readonly generatedAtMs: number;
  /** Length of the window; less than asked for while the system was not observed for as long. */
  readonly windowMs: number;
  readonly summary: MonitorSummary;
  /** In the order of the configuration; behind them others that failed. */
  readonly components: readonly ComponentReport[];
  readonly patterns: FailurePatterns;
  readonly recommendations: readonly MonitorRecommendation[];
}

export interface MonitorSummary {
  readonly totalFailures: number;
  readonly totalRecoveries: number;
  /** `null` is infinite: fewer than two failures. */
  readonly mtbfHours: number | null;
  /** 0 without recoveries. */
  readonly mttrMinutes: number;
  /** Of the system, in [0, 100]. */
  readonly availabilityPercent: number;
  readonly score: Score;
}

export interface ComponentReport {
  readonly id: string;
  readonly group?: string;
  readonly failureCount: number;
  readonly status: MonitoredStatus;
  /** `null` is infinite: fewer than two failures. */
  readonly mtbfHours: number | null;
  /** 0 without recoveries. */
  readonly mttrMinutes: number;
  /** In [0, 100]. */
  readonly availabilityPercent: number;
  readonly lastFailureMs: number | null;
}

export type RecommendationKind =
  | 'add-redundancy'
  | 'automate-recovery'
  | 'investigate-component'
  | 'improve-component-recovery'
  | 'add-circuit-breakers'
  | 'separate-failure-domains';

export interface MonitorRecommendation {
  readonly kind: RecommendationKind;
  readonly message: string;
  /** What it is about, the worst first. */
  readonly components: readonly string[];
}
