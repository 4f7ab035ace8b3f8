import { groupOptions, replicationOptions } from '../../model/machine-options.ts';
import type { Group } from '../../model/model.ts';
import { createLoadBalancer, RedundancyGroup, Replication } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import { Copies } from '../copies.ts';
import type { Engine } from '../engine.ts';
import { GroupProcess } from '../group.ts';
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
    copies: createCopies(group),
    journal: parts.journal,
    onChange,
  });
}

function createCopies(group: Group): Copies | undefined {
  const options = replicationOptions(group);
  if (!options) return undefined;
  const machine = new Replication(options);
  const ids = new Set(group.members.map(({ name }) => name));
  // Copies that no member holds are never there.
  for (const id of options.copies) if (!ids.has(id)) machine.fail(id, 0);
  return new Copies(machine);
}
