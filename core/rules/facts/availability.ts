import { lostToTakeovers, repairableGroup, steadyState } from '../../analysis/index.ts';
import type { Group } from '../../model/model.ts';
import { detectionTime } from './detection.ts';
import { recoveryTimes } from './recovery.ts';

export interface GroupAvailability {
  /** Share of time that one member is up. */
  readonly member: number;
  /** Share of time that the group has its minimum, if members fail independently. */
  readonly up: number;
}

/** Share of time that one member is up; none where the file does not say how often members fail. */
export function memberAvailability({ mtbfMs, recovery }: Group): number | undefined {
  if (!mtbfMs) return undefined;
  return steadyState(mtbfMs.value, recoveryTimes(recovery).meanMs)?.up;
}

/**
 * How often a group has its minimum: none where that cannot be said.
 *
 * @param more hot members than there are
 */
export function groupAvailability(group: Group, more = 0): GroupAvailability | undefined {
  const { activationMs, members, minHealthy, mtbfMs, recovery, standbyMode } = group;
  const member = memberAvailability(group);
  const needed = Math.max(1, minHealthy.value);
  if (!mtbfMs || member === undefined || needed > members.length) return undefined;
  const actives = members.filter(({ role }) => role === 'active').length + more;
  const active = Math.max(actives, needed);
  const standby = members.length + more - active;
  const chain = repairableGroup({
    needed,
    active,
    standby,
    mttfMs: mtbfMs.value,
    mttrMs: recoveryTimes(recovery).meanMs,
    repairers: active + standby,
    // Warm standbys run, and fail, like hot ones.
    standbyFailureFactor: standbyMode.value === 'cold' ? 0 : 1,
  });
  if (!chain) return undefined;
  const takeoverMs = activationMs.value + (detectionTime(group)?.mostMs ?? 0) / 2;
  const isWaiting = active === needed && standby > 0;
  const lost = isWaiting ? (lostToTakeovers(active, mtbfMs.value, takeoverMs) ?? 0) : 0;
  return { member, up: Math.max(0, chain.up - lost) };
}
