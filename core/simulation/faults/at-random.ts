import type { Fault, FaultSeverity, Model, RandomFailureKind } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { RandomStream } from '../../time/index.ts';
import type { Repair } from '../repairs.ts';
import { callsOf, componentNames, findTarget, zoneNames } from '../targets.ts';
import type { World } from '../world.ts';
import { planDegradation } from './degradation.ts';
import { planDomainFailure, planFailure } from './failures.ts';
import { planHang, planPartition } from './lasting.ts';

const FAILURE_TYPES = [
  'hardware_failure',
  'network_timeout',
  'memory_exhaustion',
  'disk_full',
  'software_crash',
] as const;
const SEVERITIES: readonly FaultSeverity[] = ['low', 'medium', 'high', 'critical'];
const RECOVERY_METHODS = ['automatic_restart', 'manual_intervention', 'failover'] as const;

/** How many failures are planned between two looks at the outside. */
const FAILURES_PER_LOOK = 4096;

type RandomFailures = Fault & { kind: 'random-failures' };

/** All that is drawn of one failure, whatever its kind, so that what one draws leaves others alone. */
interface Drawn {
  readonly atMs: number;
  readonly component: string | undefined;
  readonly failureType: string;
  readonly severity: FaultSeverity;
  readonly repair: Repair;
  readonly kind: RandomFailureKind;
  readonly errorRate: number;
  readonly addedLatencyMs: number;
  readonly call: readonly [from: string, to: string] | undefined;
  readonly zone: string | undefined;
}

/**
 * @param stream one of its own for each purpose
 * @param goOn asked now and then whether to continue
 * @returns false when it was given up
 */
export function planRandomFailures(
  world: World,
  model: Model,
  fault: RandomFailures,
  stream: (purpose: string) => RandomStream,
  goOn: () => boolean,
): boolean {
  const next = drawing(model, fault, stream);
  for (let i = 0; i < fault.count.value; i++) {
    if (i % FAILURES_PER_LOOK === FAILURES_PER_LOOK - 1 && !goOn()) return false;
    plan(world, model, fault, next());
  }
  return true;
}

function drawing(
  model: Model,
  fault: RandomFailures,
  stream: (purpose: string) => RandomStream,
): () => Drawn {
  const named = fault.components.map(({ value }) => value);
  const components = named.length > 0 ? named : componentNames(model);
  const [calls, zones] = [callsOf(model), zoneNames(model)];
  const [when, kinds, worse] = [stream(''), stream('kinds'), stream('degradations')];
  const [cuts, lost] = [stream('calls'), stream('zones')];
  const shortestMs = fault.repairMinMs.value;
  const spreadMs = Math.max(0, fault.repairMaxMs.value - shortestMs);
  return () => {
    const atMs = fault.atMs.value + when.next() * fault.withinMs.value;
    const component = draw(components, when);
    const afterMs = shortestMs + when.next() * spreadMs;
    const failureType = draw(FAILURE_TYPES, when) as string;
    const severity = draw(SEVERITIES, when) as FaultSeverity;
    const repair = { afterMs, method: draw(RECOVERY_METHODS, when) as string };
    const kind = draw(fault.failureKinds, kinds) as RandomFailureKind;
    const errorRate = worse.next() * fault.worstErrorRate.value;
    const addedLatencyMs = worse.next() * fault.worstLatencyMs.value;
    const [call, zone] = [draw(calls, cuts), draw(zones, lost)];
    const what = { component, failureType, severity, repair, call, zone };
    return { ...what, atMs, kind, errorRate, addedLatencyMs };
  };
}

/** Plans it as if it had been written. */
function plan(world: World, model: Model, written: RandomFailures, drawn: Drawn): void {
  const { at, doubtful } = written;
  const said = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at } });
  const base = { at, doubtful, atMs: said(drawn.atMs), forMs: said(drawn.repair.afterMs) };
  const { failureType, repair, severity } = drawn;
  const cause = { failureType, severity, repair };
  if (drawn.kind === 'partition') {
    if (!drawn.call) return;
    const [from, to] = drawn.call.map((name) => [said(name)]);
    if (from && to) planPartition(world, { ...base, kind: 'partition', between: from, and: to });
    return;
  }
  if (drawn.kind === 'failZone') {
    if (drawn.zone !== undefined)
      planDomainFailure(world, model, 'zone', drawn.zone, drawn.atMs, cause);
    return;
  }
  if (drawn.component === undefined) return;
  if (findTarget(model, drawn.component)?.kind !== 'component') return;
  const target = said(drawn.component);
  switch (drawn.kind) {
    case 'fail':
      planFailure(world, model, drawn.component, drawn.atMs, cause);
      break;
    case 'hang':
      planHang(world, model, { ...base, kind: 'hang', target });
      break;
    case 'degrade': {
      const [errorRate, addedLatencyMs] = [said(drawn.errorRate), said(drawn.addedLatencyMs)];
      planDegradation(world, model, {
        ...base,
        kind: 'degrade',
        target,
        errorRate,
        addedLatencyMs,
      });
    }
  }
}

/** Takes a number from the stream even where there is nothing to draw. */
function draw<T>(options: readonly T[], random: RandomStream): T | undefined {
  return options[Math.floor(random.next() * options.length)];
}
