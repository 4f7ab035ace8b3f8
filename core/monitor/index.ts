export type { EventMetadata, FailureEvent, FailureSeverity, RecoveryEvent } from './events.ts';
export { type Interval, within } from './intervals.ts';
export { FaultToleranceMonitor } from './monitor.ts';
export type { MonitorOptions } from './parts.ts';
export { CASCADE_GAP_MINUTES, type CascadeChain, type FailurePatterns } from './patterns.ts';
export { breakerAdvice, chainsInTime } from './recommendations.ts';
export type {
  ComponentReport,
  MonitoredStatus,
  MonitorRecommendation,
  MonitorReport,
  MonitorSummary,
  RecommendationKind,
} from './report.ts';
export { faultToleranceScore, SCORE_POINTS, type Score, type ScoreInput } from './score.ts';
