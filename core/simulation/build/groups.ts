import type { Group } from '../../model/model.ts';
import { valuesOf } from '../../model/source.ts';
import { createLoadBalancer, RedundancyGroup } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { Engine } from '../engine.ts';
import { GroupProcess, type Quorum } from '../group.ts';
import type { Journal } from '../journal.ts';
import { MemberProcess } from '../member.ts';
import { createServer } from '../server.ts';

interface GroupParts {
  readonly engine: Engine;
  readonly journal: Journal;
  random(entity: string, purpose: string): RandomStream;
}

/** @param onChange told whenever the group may have gone up or down */
export function createGroup(group: Group, parts: GroupParts, onChange: () => void): GroupProcess {
  const { name, replication } = group;
  const machine = new RedundancyGroup({
    name,
    componentType: group.componentType.value,
    // Without a single member up it does nothing, whatever it is said to need.
    minHealthy: Math.max(1, group.minHealthy.value),
    recovery: valuesOf(group.recovery),
  });
  const members = group.members.map(({ name: id, role, weight }) => {
    machine.add(id, role, weight.value);
    const entity = `component ${id}`;
    return new MemberProcess({
      id,
      weight: weight.value,
      server: createServer(group.capacityPerSecond?.value),
      failureRandom: parts.random(entity, 'failures'),
      recoveryRandom: parts.random(entity, 'recoveries'),
    });
  });
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
    mtbfMs: group.mtbfMs?.value,
    usualErrorRate: group.errorRate.value,
    quorum: createQuorum(group),
    lagMs: replication?.mode.value === 'async' ? replication.lagMs.value : 0,
    journal: parts.journal,
    onChange,
  });
}

/**
 * The members that vote: the first `copies` of those that hold a copy, in the order of the file.
 * A cold standby holds none while it waits, so it never votes. Reads and writes both need their
 * quorum, by default a majority.
 */
function createQuorum({ members, replication, standbyMode }: Group): Quorum | undefined {
  if (replication?.mode.value !== 'quorum') return undefined;
  const holders = members.filter(({ role }) => role === 'active' || standbyMode.value !== 'cold');
  const copies = replication.copies?.value ?? holders.length;
  const majority = Math.floor(copies / 2) + 1;
  const { read, write } = replication;
  return {
    voters: new Set(holders.slice(0, copies).map(({ name }) => name)),
    needed: Math.max(write?.value ?? majority, read?.value ?? majority),
  };
}
