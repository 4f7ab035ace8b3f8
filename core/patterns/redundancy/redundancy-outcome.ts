import type { ComponentRole } from './component.ts';
import type { FaultToleranceLevel } from './fault-tolerance-level.ts';

/** A recovery under way. */
export interface RecoveryAttempt {
  /** 1 for the first since the component was last healthy. */
  readonly attempt: number;
  readonly completesAtMs: number;
}

export type FailureOutcome =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'already-failed' }
  | {
      readonly kind: 'failed';
      readonly wasActive: boolean;
      /** Standbys that became active, in order. */
      readonly promoted: readonly string[];
      /** What each healthy active took over of the component's load. */
      readonly redistributed: readonly { readonly id: string; readonly load: number }[];
      /** Load that no healthy active was there to take over. */
      readonly droppedLoad: number;
      /** `undefined` when all attempts are used. */
      readonly recovery: RecoveryAttempt | undefined;
    };

export type RestoreOutcome =
  | { readonly kind: 'restored'; readonly promoted: readonly string[] }
  | { readonly kind: 'ignored' };

export type RecoveryOutcome =
  | {
      readonly kind: 'recovered';
      readonly role: ComponentRole;
      readonly promoted: readonly string[];
    }
  | { readonly kind: 'retry'; readonly retryAtMs: number }
  | { readonly kind: 'given-up'; readonly attempts: number }
  | { readonly kind: 'ignored' };

export interface GroupHealth {
  readonly totalComponents: number;
  readonly healthyComponents: number;
  readonly activeComponents: number;
  readonly standbyComponents: number;
  /** Those with status `failed`; ones that are recovering count neither here nor as healthy. */
  readonly failedComponents: number;
  /** In [0, 100]; 0 for an empty group. */
  readonly healthPercent: number;
  readonly level: FaultToleranceLevel;
  /** Whether the minimum is healthy, counting standbys. */
  readonly canHandleFailures: boolean;
}
