import type { Fault, Model } from '../../model/model.ts';
import type { Degradation } from '../degradation.ts';
import type { Engine } from '../engine.ts';
import type { Journal } from '../journal.ts';
import { type Affected, affectedBy } from '../targets.ts';
import type { World } from '../world.ts';

/** A degradation that fades does so in so many steps. */
const FADING_STEPS = 20;

interface PlannedDegradation extends Affected {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly target: string;
  readonly worst: Degradation;
  readonly forMs: number | undefined;
  readonly recoverOverMs: number;
  /** What there is of it at present. */
  present: Degradation;
  /** How many steps it has faded. */
  steps: number;
}

export function planDegradation(
  world: World,
  model: Model,
  fault: Fault & { kind: 'degrade' },
): void {
  const affected = affectedBy(world, model, fault.target.value);
  if (!affected) return;
  const worst: Degradation = {
    errorRate: fault.errorRate?.value,
    addedLatencyMs: fault.addedLatencyMs?.value ?? 0,
    capacityShare: fault.capacityShare?.value ?? 1,
  };
  const planned: PlannedDegradation = {
    ...affected,
    engine: world.engine,
    journal: world.journal,
    target: fault.target.value,
    worst,
    forMs: fault.forMs?.value,
    recoverOverMs: fault.recoverOverMs?.value ?? 0,
    present: worst,
    steps: 0,
  };
  world.engine.at(fault.atMs.value, begin, planned);
}

function begin(planned: PlannedDegradation): void {
  const { condition, engine, forMs, group, journal, recoverOverMs, target, worst } = planned;
  condition.begin(worst);
  group?.update();
  journal({ kind: 'degradation', atMs: engine.nowMs, target, ...worst });
  if (forMs === undefined) return;
  engine.after(forMs, recoverOverMs > 0 ? fade : end, planned);
}

/** One step towards the usual, and at the last one it is over. */
function fade(planned: PlannedDegradation): void {
  const { condition, engine, recoverOverMs, worst } = planned;
  if (planned.steps === FADING_STEPS) {
    end(planned);
    return;
  }
  // In the middle of each step, so that on average as much is left as of an even line.
  const left = 1 - (planned.steps + 0.5) / FADING_STEPS;
  planned.steps++;
  condition.end(planned.present);
  planned.present = {
    errorRate: worst.errorRate === undefined ? undefined : worst.errorRate * left,
    addedLatencyMs: worst.addedLatencyMs * left,
    capacityShare: 1 - (1 - worst.capacityShare) * left,
  };
  condition.begin(planned.present);
  engine.after(recoverOverMs / FADING_STEPS, fade, planned);
}

function end({ condition, engine, group, journal, present, target }: PlannedDegradation): void {
  condition.end(present);
  group?.update();
  journal({ kind: 'degradation-end', atMs: engine.nowMs, target });
}
