import type { FormatRule } from '../../format.ts';
import type { KubernetesWhole } from '../whole.ts';
import { k8sHpaRange } from './hpa-range.ts';
import { k8sHpaWithoutRequests } from './hpa-without-requests.ts';
import { k8sKilledWhileStopping } from './killed-while-stopping.ts';
import { k8sLivenessBeforeReadiness } from './liveness-before-readiness.ts';
import { k8sPdbBlocksDrain } from './pdb-blocks-drain.ts';
import { k8sPdbContradictsItself } from './pdb-contradicts-itself.ts';
import { k8sPdbsOverlap } from './pdbs-overlap.ts';
import { k8sProbeOutlastsPeriod } from './probe-outlasts-period.ts';
import { k8sReplicasResetByApply } from './replicas-reset-by-apply.ts';
import { k8sRolloutStopsAll } from './rollout-stops-all.ts';
import { k8sSingleReplica } from './single-replica.ts';
import { k8sSpreadSelectsNothing } from './spread-selects-nothing.ts';

export const KUBERNETES_RULES: readonly FormatRule<KubernetesWhole>[] = [
  k8sPdbBlocksDrain,
  k8sPdbContradictsItself,
  k8sPdbsOverlap,
  k8sSingleReplica,
  k8sReplicasResetByApply,
  k8sHpaRange,
  k8sHpaWithoutRequests,
  k8sRolloutStopsAll,
  k8sKilledWhileStopping,
  k8sLivenessBeforeReadiness,
  k8sProbeOutlastsPeriod,
  k8sSpreadSelectsNothing,
];
