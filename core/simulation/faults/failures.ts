import type { Fault, Model } from '../../model/model.ts';
import type { GroupProcess } from '../group.ts';
import type { MemberProcess } from '../member.ts';
import type { FailureCause } from '../repairs.ts';
import { findTarget, membersIn } from '../targets.ts';
import type { World } from '../world.ts';
import { planDegradation } from './degradation.ts';

/** How a component comes back when the fault says how long it lasts. */
const SCRIPTED_REPAIR = 'scripted_repair';

type WrittenFailure = Fault & { kind: 'fail' | 'fail-domain' };

interface PlannedFailure {
  readonly group: GroupProcess;
  /** Absent means the whole group. */
  readonly member: MemberProcess | undefined;
  readonly cause: FailureCause;
}

/** What a file says: a component, a group, or all in a zone or region, which may come back slowly. */
export function planWrittenFailure(world: World, model: Model, fault: WrittenFailure): void {
  const { atMs, failureType, forMs, kind, severity, target } = fault;
  const cause = {
    failureType: failureType.value,
    severity: severity.value,
    ...(forMs && { repair: { afterMs: forMs.value, method: SCRIPTED_REPAIR } }),
  };
  if (kind === 'fail') {
    planFailure(world, model, target.value, atMs.value, cause);
    planSlowReturn(world, model, fault, target.value);
    return;
  }
  planDomainFailure(world, model, fault.domain, target.value, atMs.value, cause);
  for (const { member } of membersIn(model, fault.domain, target.value)) {
    planSlowReturn(world, model, fault, member.name);
  }
}

/** @param name of a component or a group */
export function planFailure(
  world: World,
  model: Model,
  name: string,
  atMs: number,
  cause: FailureCause,
): void {
  const target = findTarget(model, name);
  if (!target || target.kind === 'service') return;
  const group = world.group(target.group.name);
  const member = target.kind === 'component' ? group.member(target.member.name) : undefined;
  world.engine.at(atMs, fail, { group, member, cause });
}

/** All in a zone or region, at the same moment. */
export function planDomainFailure(
  world: World,
  model: Model,
  domain: 'zone' | 'region',
  name: string,
  atMs: number,
  cause: FailureCause,
): void {
  for (const { group, member } of membersIn(model, domain, name)) {
    const process = world.group(group.name);
    world.engine.at(atMs, fail, { group: process, member: process.member(member.name), cause });
  }
}

/** What is back is worse than usual at first, which fades. */
function planSlowReturn(world: World, model: Model, fault: WrittenFailure, name: string): void {
  const { at, atMs, doubtful, forMs, slowReturn, target } = fault;
  if (!slowReturn || !forMs) return;
  planDegradation(world, model, {
    ...slowReturn,
    kind: 'degrade',
    at,
    doubtful,
    target: { ...target, value: name },
    atMs: { ...atMs, value: atMs.value + forMs.value },
    forMs: { ...forMs, value: 0 },
  });
}

function fail({ group, member, cause }: PlannedFailure): void {
  if (member) group.fail(member, cause);
  else group.failAll(cause);
}
