import type { Rule } from '../rule.ts';
import { capacityAfterFailover } from './capacity-after-failover.ts';
import { capacityBelowDemand } from './capacity-below-demand.ts';
import { domainLossBreaksMinimum } from './domain-loss-breaks-minimum.ts';
import { groupAvailabilityBelowSlo } from './group-availability-below-slo.ts';
import { groupBelowMinimum } from './group-below-minimum.ts';
import { groupMinimumMissing } from './group-minimum-missing.ts';
import { groupNoHeadroom } from './group-no-headroom.ts';
import { hiddenSinglePointOfFailure } from './hidden-single-point-of-failure.ts';
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
  hiddenSinglePointOfFailure,
  lowFaultToleranceLevel,
  levelDependsOnColdStandby,
  singleFailureDomain,
  standbySharesDomain,
  domainLossBreaksMinimum,
  groupAvailabilityBelowSlo,
  capacityBelowDemand,
  capacityAfterFailover,
];
