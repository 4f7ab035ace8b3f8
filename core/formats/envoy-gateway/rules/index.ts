import type { FormatRule } from '../../format.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';
import { envoyGatewayEjectionImpossible } from './ejection-impossible.ts';
import { envoyGatewayFaultInjected } from './fault-injected.ts';
import { envoyGatewaySettingIgnored } from './setting-ignored.ts';
import { envoyGatewayTimeoutNotRetried } from './timeout-not-retried.ts';
import { envoyGatewayTriesWithoutLimit } from './tries-without-limit.ts';
import { envoyGatewayUnhealthyAtOnce } from './unhealthy-at-once.ts';
import { envoyGatewayValueRefused } from './value-refused.ts';

export const ENVOY_GATEWAY_RULES: readonly FormatRule<EnvoyGatewayWhole>[] = [
  envoyGatewayTimeoutNotRetried,
  envoyGatewayTriesWithoutLimit,
  envoyGatewayEjectionImpossible,
  envoyGatewaySettingIgnored,
  envoyGatewayUnhealthyAtOnce,
  envoyGatewayValueRefused,
  envoyGatewayFaultInjected,
];
