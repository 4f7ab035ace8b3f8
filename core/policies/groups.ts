import { type GroupOptions, GroupPolicy } from '../live/index.ts';
import {
  createDetector,
  failoverRetryOptions,
  groupOptions,
  replicationOptions,
} from '../model/machine-options.ts';
import type { Group } from '../model/model.ts';
import { valuesOf } from '../model/source.ts';
import type { Surroundings } from './machinery.ts';

/** How the members of a group are checked and brought back, and what is known of them besides. */
export interface GroupDriver extends Pick<GroupOptions, 'healthCheck' | 'recover' | 'capacity'> {
  /**
   * Whether the service passes heartbeats of the members on, with `GroupPolicy.heartbeat`; by default
   * it does not, and the `detection` of the config has nothing to go by.
   */
  readonly heartbeats?: boolean;
}

/** A redundancy group of the config, over members that the service reaches. */
export function createGroup(
  group: Group,
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { heartbeats = false, ...hooks }: GroupDriver = {},
): GroupPolicy {
  const { detection, failover, loadBalancing, members } = group;
  const replication = replicationOptions(group);
  return new GroupPolicy({
    ...groupOptions(group),
    ...hooks,
    clock,
    random,
    members: members.map(({ name: id, role, weight }) => ({ id, role, weight: weight.value })),
    loadBalancing: loadBalancing.value,
    ...(replication && { replication }),
    ...(failover ? failoverOptions(failover) : { errorKind: () => 'rejected' }),
    ...(heartbeats &&
      detection && {
        detection: {
          createDetector: (nowMs) => createDetector(detection, nowMs),
          // As in a simulation: only a detector that weighs how late a heartbeat is is believed.
          heedsWeakening: detection.method.value === 'phi-accrual',
        },
      }),
  });
}

function failoverOptions(failover: NonNullable<Group['failover']>) {
  const { healthCheckMs, restoreAfter, writeLoadLimit } = valuesOf(failover);
  return { retry: failoverRetryOptions(failover), healthCheckMs, restoreAfter, writeLoadLimit };
}
