import type { Fault, Model } from '../model/model.ts';
import type { RandomStream } from '../time/index.ts';
import { planRandomFailures } from './faults/at-random.ts';
import { planDegradation } from './faults/degradation.ts';
import { planWrittenFailure } from './faults/failures.ts';
import {
  planClockJump,
  planHang,
  planPartition,
  planRollout,
  planSlowRecovery,
  planSurge,
} from './faults/lasting.ts';
import type { World } from './world.ts';

/** When all that a fault says has happened; a recovery that a policy decides about may come later. */
export function faultEndMs(fault: Fault): number {
  const startMs = fault.atMs.value;
  switch (fault.kind) {
    case 'random-failures':
      return startMs + fault.withinMs.value + fault.repairMaxMs.value;
    case 'degrade':
      return startMs + (fault.forMs?.value ?? 0) + (fault.recoverOverMs?.value ?? 0);
    case 'fail':
    case 'fail-domain': {
      const { forMs, slowReturn } = fault;
      return startMs + (forMs?.value ?? 0) + (slowReturn?.recoverOverMs.value ?? 0);
    }
    default:
      return startMs + (fault.forMs?.value ?? 0);
  }
}

/**
 * Plans one fault of a scenario.
 *
 * @param stream for what is drawn of it, one of its own for each purpose
 * @param goOn asked now and then whether to continue
 * @returns false when it was given up
 */
export function planFault(
  world: World,
  model: Model,
  fault: Fault,
  stream: (purpose: string) => RandomStream,
  goOn: () => boolean,
): boolean {
  switch (fault.kind) {
    case 'fail':
    case 'fail-domain':
      planWrittenFailure(world, model, fault);
      break;
    case 'degrade':
      planDegradation(world, model, fault);
      break;
    case 'clock-jump':
      planClockJump(world, fault);
      break;
    case 'hang':
      planHang(world, model, fault);
      break;
    case 'partition':
      planPartition(world, fault);
      break;
    case 'rollout':
      planRollout(world, model, fault);
      break;
    case 'slow-recovery':
      planSlowRecovery(world, fault);
      break;
    case 'surge':
      planSurge(world, fault);
      break;
    case 'random-failures':
      return planRandomFailures(world, model, fault, stream, goOn);
  }
  return true;
}
