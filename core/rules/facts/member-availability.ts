import { type Availability, lostToTakeovers, steadyState } from '../../analysis/index.ts';
import type { Group } from '../../model/model.ts';
import { detectionTime } from './detection.ts';
import { recoveryTimes } from './recovery.ts';

/** How often one member of a group is down, with what that is reckoned from. */
export interface MemberAvailability extends Availability {
  /** Mean time up, as the file says. */
  readonly mtbfMs: number;
  /** Mean time until a failure is noticed. */
  readonly detectionMs: number;
  /** Mean time of the recoveries that work. */
  readonly recoveryMs: number;
  /** Share of failures that recovery gives up on, in [0, 1]; they are left out of the reckoning. */
  readonly givesUp: number;
  /** Share of failures that strike all members at once, in [0, 1]. */
  readonly commonCause: number;
}

/** None without `mtbf`, and none where no recovery ever works. */
export function memberAvailability(group: Group): MemberAvailability | undefined {
  const { mtbfMs, recovery } = group;
  if (!mtbfMs) return undefined;
  const { givesUp, meanMs: recoveryMs } = recoveryTimes(recovery);
  const detectionMs = meanDetectionMs(group);
  const found = steadyState(mtbfMs.value, detectionMs + recoveryMs);
  const commonCause = group.commonCause.value;
  return found && { ...found, mtbfMs: mtbfMs.value, detectionMs, recoveryMs, givesUp, commonCause };
}

/** Mean time from the failure of an active member until a standby serves in its place. */
export function takeoverMs(group: Group): number {
  return meanDetectionMs(group) + group.activationMs.value;
}

/**
 * Share of time that a group is below its minimum because a standby has yet to take over, or could
 * not and the failed member has yet to recover; 0 where it has more actives than it needs, or nobody
 * who could take over.
 */
export function lostInTakeovers(group: Group): number {
  const { members, minHealthy, mtbfMs } = group;
  const active = members.filter(({ role }) => role === 'active').length;
  const isNeeded = active <= Math.max(1, minHealthy.value) && members.length > active;
  if (!mtbfMs || !isNeeded) return 0;
  const coverage = group.coverage.value;
  const { meanMs: recoveryMs } = recoveryTimes(group.recovery);
  const uncoveredMs = coverage === 1 ? 0 : (1 - coverage) * (meanDetectionMs(group) + recoveryMs);
  const lostMs = coverage * takeoverMs(group) + uncoveredMs;
  return lostToTakeovers(active, mtbfMs.value, lostMs) ?? 1;
}

function meanDetectionMs(group: Group): number {
  const time = detectionTime(group);
  return time ? (time.leastMs + time.mostMs) / 2 : 0;
}
