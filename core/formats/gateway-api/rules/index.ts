import type { FormatRule } from '../../format.ts';
import type { GatewayWhole } from '../whole.ts';
import { gatewayRetryExperimental } from './retry-experimental.ts';
import { gatewayValueRefused } from './value-refused.ts';

export const GATEWAY_API_RULES: readonly FormatRule<GatewayWhole>[] = [
  gatewayValueRefused,
  gatewayRetryExperimental,
];
