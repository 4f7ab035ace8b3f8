export type { EventMetadata, FailureEvent, FailureSeverity, RecoveryEvent } from './events.ts';
export { FaultToleranceMonitor } from './monitor.ts';
export type { MonitorOptions } from './parts.ts';
export type { CascadeChain, FailurePatterns } from './patterns.ts';
export type {
  ComponentReport,
  MonitoredStatus,
  MonitorRecommendation,
  MonitorReport,
  MonitorSummary,
  RecommendationKind,
} from './report.ts';
export { faultToleranceScore, type Score, type ScoreInput } from './score.ts';
