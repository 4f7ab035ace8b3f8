import type { FormatRule } from '../../format.ts';
import type { ComposeWhole } from '../whole.ts';
import { composeCheckAlwaysPasses } from './check-always-passes.ts';
import { composeCheckOutlastsInterval } from './check-outlasts-interval.ts';
import { composeCheckWithoutShell } from './check-without-shell.ts';
import { composeCheckWordsDropped } from './check-words-dropped.ts';
import { composeCompletedRestarts } from './completed-restarts.ts';
import { composeDependencyCycle } from './dependency-cycle.ts';
import { composeGracePeriodCut } from './grace-period-cut.ts';
import { composeHangNotNoticed } from './hang-not-noticed.ts';
import { composeHealthNotAwaited } from './health-not-awaited.ts';
import { composeHealthUnknown } from './health-unknown.ts';
import { composeNotRestarted } from './not-restarted.ts';
import { composeOneNameForSeveral } from './one-name-for-several.ts';
import { composeOnePortForSeveral } from './one-port-for-several.ts';
import { composeReplicasOfGlobal } from './replicas-of-global.ts';
import { composeReplicasOnOneNode } from './replicas-on-one-node.ts';
import { composeRestartGivesUp } from './restart-gives-up.ts';
import { composeRestartPolicyOfSwarm } from './restart-policy-of-swarm.ts';
import { composeRestartWrittenTwice } from './restart-written-twice.ts';
import { composeStackRefuses } from './stack-refuses.ts';
import { composeSwarmOnly } from './swarm-only.ts';
import { composeUnknownDependency } from './unknown-dependency.ts';
import { composeUpdateStopsAll } from './update-stops-all.ts';
import { composeValueRefused } from './value-refused.ts';

export const COMPOSE_RULES: readonly FormatRule<ComposeWhole>[] = [
  composeCheckAlwaysPasses,
  composeCheckOutlastsInterval,
  composeCheckWithoutShell,
  composeCheckWordsDropped,
  composeCompletedRestarts,
  composeDependencyCycle,
  composeGracePeriodCut,
  composeHangNotNoticed,
  composeHealthNotAwaited,
  composeHealthUnknown,
  composeNotRestarted,
  composeOneNameForSeveral,
  composeOnePortForSeveral,
  composeReplicasOfGlobal,
  composeReplicasOnOneNode,
  composeRestartGivesUp,
  composeRestartPolicyOfSwarm,
  composeRestartWrittenTwice,
  composeStackRefuses,
  composeSwarmOnly,
  composeUnknownDependency,
  composeUpdateStopsAll,
  composeValueRefused,
];
