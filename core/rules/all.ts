import { groupBelowMinimum } from './group-below-minimum.ts';
import { groupMinimumMissing } from './group-minimum-missing.ts';
import { groupNoHeadroom } from './group-no-headroom.ts';
import { lowFaultToleranceLevel } from './low-fault-tolerance-level.ts';
import { quorumEvenSize } from './quorum-even-size.ts';
import type { Rule } from './rule.ts';
import { singleFailureDomain } from './single-failure-domain.ts';
import { singleInstance } from './single-instance.ts';
import { timeoutInverted } from './timeout-inverted.ts';
import { unknownReference } from './unknown-reference.ts';
import { unusedDefinition } from './unused-definition.ts';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  groupBelowMinimum,
  groupNoHeadroom,
  groupMinimumMissing,
  singleInstance,
  lowFaultToleranceLevel,
  singleFailureDomain,
  quorumEvenSize,
  unknownReference,
  unusedDefinition,
  timeoutInverted,
];
