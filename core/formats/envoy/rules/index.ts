import type { FormatRule } from '../../format.ts';
import type { EnvoyWhole } from '../whole.ts';
import { envoyDeadHostKept } from './dead-host-kept.ts';
import { envoyDurationRefused } from './duration-refused.ts';
import { envoyEjectionImpossible } from './ejection-impossible.ts';
import { envoyFaultInjected } from './fault-injected.ts';
import { envoyGatewayFailureShadowed } from './gateway-failure-shadowed.ts';
import { envoyRetryConditionUnknown } from './retry-condition-unknown.ts';
import { envoyRetryLimitUnset } from './retry-limit-unset.ts';
import { envoyRetryWithoutConditions } from './retry-without-conditions.ts';
import { envoySettingIgnored } from './setting-ignored.ts';
import { envoyThresholdNotEnforced } from './threshold-not-enforced.ts';
import { envoyTimeoutNotRetried } from './timeout-not-retried.ts';
import { envoyTriesWithoutLimit } from './tries-without-limit.ts';
import { envoyUnknownCluster } from './unknown-cluster.ts';

export const ENVOY_RULES: readonly FormatRule<EnvoyWhole>[] = [
  envoyRetryWithoutConditions,
  envoyRetryConditionUnknown,
  envoyTimeoutNotRetried,
  envoyTriesWithoutLimit,
  envoyRetryLimitUnset,
  envoyEjectionImpossible,
  envoyThresholdNotEnforced,
  envoyGatewayFailureShadowed,
  envoyDeadHostKept,
  envoySettingIgnored,
  envoyUnknownCluster,
  envoyDurationRefused,
  envoyFaultInjected,
];
