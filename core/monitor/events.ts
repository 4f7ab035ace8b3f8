export type FailureSeverity = 'low' | 'medium' | 'high' | 'critical';

/** Whatever the source of an event knows besides; kept as it is. */
export type EventMetadata = Readonly<Record<string, unknown>>;

/** A component stopped working. */
export interface FailureEvent {
  readonly component: string;
  /** What went wrong, such as `disk_full`. */
  readonly type: string;
  readonly severity: FailureSeverity;
  readonly atMs: number;
  readonly metadata?: EventMetadata;
}

/** A component works again. */
export interface RecoveryEvent {
  readonly component: string;
  /** What brought it back, such as `automatic_restart`. */
  readonly method: string;
  readonly atMs: number;
  /** How long the recovery took, 0 or more. */
  readonly durationMs: number;
  readonly metadata?: EventMetadata;
}

/** A copy in order of time; events of the same time stay in the order in which they came. */
export function inOrderOfTime<Event extends { readonly atMs: number }>(
  events: readonly Event[],
): Event[] {
  return events.toSorted((a, b) => a.atMs - b.atMs);
}
