import {
  createDetector,
  failoverRetryOptions,
  groupOptions,
  replicationOptions,
  standbyPace,
} from '../../model/machine-options.ts';
import type { Detection, Failover, Group } from '../../model/model.ts';
import { valuesOf } from '../../model/source.ts';
import {
  createLoadBalancer,
  RedundancyGroup,
  Replication,
  type ReplicationOptions,
  Retry,
} from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import { Copies } from '../copies.ts';
import type { FailoverOptions } from '../database.ts';
import type { Engine } from '../engine.ts';
import { type DetectionOptions, GroupProcess } from '../group.ts';
import type { Journal } from '../journal.ts';
import { createLatencySampler } from '../latency.ts';
import { createLifetimeSampler } from '../lifetime.ts';
import { MemberProcess } from '../member.ts';
import { createServer } from '../server.ts';

interface GroupParts {
  readonly engine: Engine;
  readonly journal: Journal;
  random(entity: string, purpose: string): RandomStream;
}

/** @param onChange told whenever the group may have gone up or down */
export function createGroup(group: Group, parts: GroupParts, onChange: () => void): GroupProcess {
  const { name } = group;
  const machine = new RedundancyGroup(groupOptions(group));
  const members = group.members.map(({ name: id, role, weight }) => {
    machine.add(id, role, weight.value);
    const entity = `component ${id}`;
    return new MemberProcess({
      id,
      weight: weight.value,
      server: createServer(group.capacityPerSecond?.value),
      failureRandom: parts.random(entity, 'failures'),
      recoveryRandom: parts.random(entity, 'recoveries'),
      heartbeatRandom: parts.random(entity, 'heartbeats'),
    });
  });
  const replication = createReplication(group);
  return new GroupProcess({
    engine: parts.engine,
    machine,
    members,
    balancer: createLoadBalancer(
      group.loadBalancing.value,
      parts.random(`group ${name}`, 'balancing'),
    ),
    activationMs: group.activationMs.value,
    hasColdStandbys: group.standbyMode.value === 'cold',
    lifetimes: group.mtbfMs && {
      meanMs: group.mtbfMs.value,
      draw: createLifetimeSampler(group.lifetime),
      standbyPace: standbyPace(group),
    },
    drawAttemptMs: createLifetimeSampler(group.recoverySpread),
    usualErrorRate: group.errorRate.value,
    copies: replication && new Copies(replication),
    detection: group.detection && detectionOptions(group, group.detection),
    failover:
      group.failover &&
      replication &&
      failoverOptions(group.failover, replication, parts.random(`group ${name}`, 'health checks')),
    journal: parts.journal,
    onChange,
  });
}

export function createReplication(group: Group): Replication | undefined {
  const ids = group.members.map(({ name }) => name);
  const options = replicationOptions(group) ?? sharedData(group, ids);
  if (!options) return undefined;
  const machine = new Replication(options);
  // Copies that no member holds are never there.
  for (const id of options.copies) if (!ids.includes(id)) machine.fail(id, 0);
  return machine;
}

/** A database without a replication: what one member has written, all have. */
function sharedData(
  { failover }: Group,
  copies: readonly string[],
): ReplicationOptions | undefined {
  return failover && copies.length > 0 ? { mode: 'sync', copies } : undefined;
}

function failoverOptions(
  failover: Failover,
  replication: Replication,
  random: RandomStream,
): FailoverOptions {
  const { healthCheckMs, restoreAfter, writeLoadLimit } = valuesOf(failover);
  const retry = new Retry(failoverRetryOptions(failover));
  return { replication, retry, random, healthCheckMs, restoreAfter, writeLoadLimit };
}

function detectionOptions({ latency }: Group, detection: Detection): DetectionOptions {
  return {
    intervalMs: detection.intervalMs.value,
    drawLatency: createLatencySampler(latency.value),
    createDetector: (nowMs) => createDetector(detection, nowMs),
    // One late heartbeat says little: only a detector that weighs how late it is is believed.
    heedsWeakening: detection.method.value === 'phi-accrual',
  };
}
