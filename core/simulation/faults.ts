import type { Fault, FaultSeverity, Model } from '../model/model.ts';
import type { RandomStream } from '../time/index.ts';
import type { Condition, Degradation } from './degradation.ts';
import type { Engine } from './engine.ts';
import type { GroupProcess } from './group.ts';
import type { Journal } from './journal.ts';
import type { MemberProcess } from './member.ts';
import type { FailureCause } from './repairs.ts';
import { componentNames, findTarget } from './targets.ts';
import type { World } from './world.ts';

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

/** When all that a fault says has happened; a recovery that a policy decides about may come later. */
export function faultEndMs(fault: Fault): number {
  return fault.kind === 'random-failures'
    ? fault.atMs.value + fault.withinMs.value + fault.repairMaxMs.value
    : fault.atMs.value + (fault.forMs?.value ?? 0);
}

/**
 * Plans one fault of a scenario.
 *
 * @param goOn asked now and then whether to continue
 * @returns false when it was given up
 */
export function planFault(
  world: World,
  model: Model,
  fault: Fault,
  random: RandomStream,
  goOn: () => boolean,
): boolean {
  switch (fault.kind) {
    case 'fail':
      planFailure(world, model, fault);
      return true;
    case 'degrade':
      planDegradation(world, model, fault);
      return true;
    case 'random-failures':
      return planRandomFailures(world, model, fault, random, goOn);
  }
}

interface PlannedFailure {
  readonly group: GroupProcess;
  /** Absent means the whole group. */
  readonly member: MemberProcess | undefined;
  readonly cause: FailureCause;
}

function planFailure(world: World, model: Model, fault: Fault & { kind: 'fail' }): void {
  const target = findTarget(model, fault.target.value);
  if (!target || target.kind === 'service') return;
  const group = world.group(target.group.name);
  const cause: FailureCause = {
    failureType: fault.failureType.value,
    severity: fault.severity.value,
    ...(fault.forMs && { repair: { afterMs: fault.forMs.value, method: SCRIPTED_REPAIR } }),
  };
  const member = target.kind === 'component' ? group.member(target.member.name) : undefined;
  world.engine.at(fault.atMs.value, fail, { group, member, cause });
}

function fail({ group, member, cause }: PlannedFailure): void {
  if (member) group.fail(member, cause);
  else group.failAll(cause);
}

/** The same number of draws for each failure, so that changing one leaves the others alone. */
function planRandomFailures(
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
    if (target?.kind !== 'component') continue;
    const group = world.group(target.group.name);
    const member = group.member(target.member.name);
    world.engine.at(atMs, fail, { group, member, cause: { failureType, severity, repair } });
  }
  return true;
}

interface PlannedDegradation {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly target: string;
  readonly condition: Condition;
  /** The group to tell, when it or one of its members is concerned. */
  readonly group: GroupProcess | undefined;
  readonly degradation: Degradation;
  readonly forMs: number | undefined;
}

function planDegradation(world: World, model: Model, fault: Fault & { kind: 'degrade' }): void {
  const target = findTarget(model, fault.target.value);
  if (!target) return;
  const group = target.kind === 'service' ? undefined : world.group(target.group.name);
  const condition =
    target.kind === 'service'
      ? world.station(target.service.name).condition
      : target.kind === 'component'
        ? world.group(target.group.name).member(target.member.name).condition
        : world.group(target.group.name).condition;
  const planned: PlannedDegradation = {
    engine: world.engine,
    journal: world.journal,
    target: fault.target.value,
    condition,
    group,
    degradation: {
      errorRate: fault.errorRate?.value,
      addedLatencyMs: fault.addedLatencyMs?.value ?? 0,
    },
    forMs: fault.forMs?.value,
  };
  world.engine.at(fault.atMs.value, beginDegradation, planned);
}

function beginDegradation(planned: PlannedDegradation): void {
  const { condition, degradation, engine, forMs, group, journal, target } = planned;
  condition.begin(degradation);
  group?.update();
  journal({ kind: 'degradation', atMs: engine.nowMs, target, ...degradation });
  if (forMs !== undefined) engine.after(forMs, endDegradation, planned);
}

function endDegradation(planned: PlannedDegradation): void {
  const { condition, degradation, engine, group, journal, target } = planned;
  condition.end(degradation);
  group?.update();
  journal({ kind: 'degradation-end', atMs: engine.nowMs, target });
}

function draw<T>(options: readonly T[], random: RandomStream): T {
  return options[Math.floor(random.next() * options.length)] as T;
}
