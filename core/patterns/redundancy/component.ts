import type { Balanced } from '../load-balancer/load-balancer.ts';

/**
 * - `healthy`: can serve.
 * - `degraded`: runs, but with errors; gets no work until it passes a health check.
 * - `recovering`: failed, and a recovery is under way.
 * - `failed`: failed, and no recovery is under way: one has just failed, or all attempts are used.
 */
export type ComponentStatus = 'healthy' | 'degraded' | 'failed' | 'recovering';

export type ComponentRole = 'active' | 'standby';

/** One member of a redundancy group. */
export interface Component extends Balanced {
  readonly id: string;
  readonly status: ComponentStatus;
  /** `undefined` while it is away: failed or recovering. */
  readonly role: ComponentRole | undefined;
  /** How busy it is; any unit, the same in the whole group. Who is away does nothing: 0. */
  readonly load: number;
  /** Its share of the work under weighted load balancing. */
  readonly weight: number;
  /** When its status was last judged, ms; `undefined` until then. */
  readonly lastHealthCheckMs: number | undefined;
  /** Failures, ever. */
  readonly failureCount: number;
  /** Attempts to recover since it was last healthy. */
  readonly recoveryAttempts: number;
}
