import type { Rule } from '../rule.ts';
import { groupBelowMinimum } from './group-below-minimum.ts';
import { groupMinimumMissing } from './group-minimum-missing.ts';
import { groupNoHeadroom } from './group-no-headroom.ts';
import { lowFaultToleranceLevel } from './low-fault-tolerance-level.ts';
import { singleFailureDomain } from './single-failure-domain.ts';
import { singleInstance } from './single-instance.ts';

export const REDUNDANCY_RULES: readonly Rule[] = [
  groupBelowMinimum,
  groupNoHeadroom,
  groupMinimumMissing,
  singleInstance,
  lowFaultToleranceLevel,
  singleFailureDomain,
];
