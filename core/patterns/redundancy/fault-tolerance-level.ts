export type FaultToleranceLevel = 'HIGH' | 'MEDIUM' | 'LOW';

/**
 * How well a redundancy group can take failures: `HIGH` when twice its minimum is available,
 * `MEDIUM` when its minimum is, else `LOW`.
 *
 * A coarse mark that is easy to say, not an availability: see the closed forms for that.
 *
 * @param available healthy members, active and standby.
 * @param minHealthy members that the group needs.
 */
export function faultToleranceLevel(available: number, minHealthy: number): FaultToleranceLevel {
  if (available >= 2 * minHealthy) return 'HIGH';
  return available >= minHealthy ? 'MEDIUM' : 'LOW';
}
