import type { Fault, FaultSeverity, Model } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { RandomStream } from '../../time/index.ts';
import type { GroupProcess } from '../group.ts';
import type { MemberProcess } from '../member.ts';
import type { FailureCause } from '../repairs.ts';
import { componentNames, findTarget, membersIn } from '../targets.ts';
import type { World } from '../world.ts';
import { planHang } from './lasting.ts';

const FAILURE_TYPES = [
  'hardware_failure',
  'network_timeout',
  'memory_exhaustion',
  'disk_full',
  'software_crash',
] as const;
const SEVERITIES: readonly FaultSeverity[] = ['low', 'medium', 'high', 'critical'];
const RECOVERY_METHODS = ['automatic_restart', 'manual_intervention', 'failover'] as const;
/** How a component comes back when the fault says how long it lasts. */
const SCRIPTED_REPAIR = 'scripted_repair';

/** How many failures are planned between two looks at the outside. */
const FAILURES_PER_LOOK = 4096;

interface PlannedFailure {
  readonly group: GroupProcess;
  /** Absent means the whole group. */
  readonly member: MemberProcess | undefined;
  readonly cause: FailureCause;
}

export function planFailure(world: World, model: Model, fault: Fault & { kind: 'fail' }): void {
  const target = findTarget(model, fault.target.value);
  if (!target || target.kind === 'service') return;
  const group = world.group(target.group.name);
  const member = target.kind === 'component' ? group.member(target.member.name) : undefined;
  world.engine.at(fault.atMs.value, fail, { group, member, cause: causeOf(fault) });
}

/** All in a zone or region, at the same moment. */
export function planDomainFailure(
  world: World,
  model: Model,
  fault: Fault & { kind: 'fail-domain' },
): void {
  const cause = causeOf(fault);
  for (const { group, member } of membersIn(model, fault.domain, fault.target.value)) {
    const process = world.group(group.name);
    const planned = { group: process, member: process.member(member.name), cause };
    world.engine.at(fault.atMs.value, fail, planned);
  }
}

function causeOf({
  failureType,
  forMs,
  severity,
}: Fault & { kind: 'fail' | 'fail-domain' }): FailureCause {
  return {
    failureType: failureType.value,
    severity: severity.value,
    ...(forMs && { repair: { afterMs: forMs.value, method: SCRIPTED_REPAIR } }),
  };
}

function fail({ group, member, cause }: PlannedFailure): void {
  if (member) group.fail(member, cause);
  else group.failAll(cause);
}

/** The same number of draws for each failure, so that changing one leaves the others alone. */
export function planRandomFailures(
  world: World,
  model: Model,
  fault: Fault & { kind: 'random-failures' },
  random: RandomStream,
  goOn: () => boolean,
): boolean {
  const named = fault.components.map(({ value }) => value);
  const components = named.length > 0 ? named : componentNames(model);
  const { value: shortestMs } = fault.repairMinMs;
  const spreadMs = Math.max(0, fault.repairMaxMs.value - shortestMs);
  for (let i = 0; i < fault.count.value; i++) {
    if (i % FAILURES_PER_LOOK === FAILURES_PER_LOOK - 1 && !goOn()) return false;
    const atMs = fault.atMs.value + random.next() * fault.withinMs.value;
    const target = findTarget(model, draw(components, random));
    const afterMs = shortestMs + random.next() * spreadMs;
    const failureType = draw(FAILURE_TYPES, random);
    const severity = draw(SEVERITIES, random);
    const repair = { afterMs, method: draw(RECOVERY_METHODS, random) };
    const { failureKinds } = fault;
    const kind = failureKinds.length > 1 ? draw(failureKinds, random) : failureKinds[0];
    if (target?.kind !== 'component') continue;
    if (kind === 'hang') {
      planHang(world, model, hangOf(fault, target.member.name, atMs, afterMs));
      continue;
    }
    const group = world.group(target.group.name);
    const member = group.member(target.member.name);
    world.engine.at(atMs, fail, { group, member, cause: { failureType, severity, repair } });
  }
  return true;
}

/** One of the random failures that is a hang, as if it had been written. */
function hangOf(
  { at, doubtful }: Fault & { kind: 'random-failures' },
  component: string,
  atMs: number,
  forMs: number,
): Fault & { kind: 'hang' } {
  const drawn = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at } });
  const [target, start, length] = [drawn(component), drawn(atMs), drawn(forMs)];
  return { kind: 'hang', at, doubtful, atMs: start, target, forMs: length };
}

function draw<T>(options: readonly T[], random: RandomStream): T {
  return options[Math.floor(random.next() * options.length)] as T;
}
