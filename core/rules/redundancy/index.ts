import type { Rule } from '../rule.ts';
import { domainLossBreaksMinimum } from './domain-loss-breaks-minimum.ts';
import { groupBelowMinimum } from './group-below-minimum.ts';
import { groupMinimumMissing } from './group-minimum-missing.ts';
import { groupNoHeadroom } from './group-no-headroom.ts';
import { levelDependsOnColdStandby } from './level-depends-on-cold-standby.ts';
import { lowFaultToleranceLevel } from './low-fault-tolerance-level.ts';
import { singleFailureDomain } from './single-failure-domain.ts';
import { singleInstance } from './single-instance.ts';
import { standbySharesDomain } from './standby-shares-domain.ts';

export const REDUNDANCY_RULES: readonly Rule[] = [
  groupBelowMinimum,
  groupNoHeadroom,
  groupMinimumMissing,
  singleInstance,
  lowFaultToleranceLevel,
  levelDependsOnColdStandby,
  singleFailureDomain,
  standbySharesDomain,
  domainLossBreaksMinimum,
];
