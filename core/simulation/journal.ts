import type { FaultSeverity } from '../model/model.ts';
import type { LastingFault } from './faults/lasting.ts';

/** How components come back when the recovery policy of their group decides. */
export const POLICY_RECOVERY = 'recovery_policy';

/** What happened to components during a run, in order; the report tells it in words. */
export type Incident = { readonly atMs: number } & (
  | {
      readonly kind: 'failure';
      readonly component: string;
      readonly failureType: string;
      readonly severity: FaultSeverity;
    }
  | {
      readonly kind: 'recovery';
      readonly component: string;
      readonly method: string;
      readonly downMs: number;
    }
  | {
      readonly kind: 'failure-while-down';
      readonly component: string;
      readonly failureType: string;
    }
  /** A failure was found out so long after it happened. */
  | { readonly kind: 'detected'; readonly component: string; readonly afterMs: number }
  /** It is up, but taken for failed. */
  | { readonly kind: 'mistaken'; readonly component: string }
  /** It is given no new work because its heartbeats are late. */
  | { readonly kind: 'weakening'; readonly component: string }
  /** It is given no new work because a call to it failed. */
  | { readonly kind: 'distrusted'; readonly component: string }
  /** What was held against it is over. */
  | { readonly kind: 'trusted'; readonly component: string }
  | { readonly kind: 'given-up'; readonly component: string; readonly attempts: number }
  | {
      readonly kind: 'promotion';
      readonly component: string;
      readonly group: string;
      readonly activationMs: number;
    }
  | {
      readonly kind: 'degradation';
      readonly target: string;
      readonly errorRate: number | undefined;
      readonly addedLatencyMs: number;
      readonly capacityShare: number;
    }
  | { readonly kind: 'degradation-end'; readonly target: string }
  /** A fault that the file says all about. */
  | { readonly kind: 'disturbance' | 'disturbance-end'; readonly fault: LastingFault }
);

/** Told of each incident as it happens. */
export type Journal = (incident: Incident) => void;
