import { defineFormat } from '../format.ts';
import { GRPC_RULES } from './rules/index.ts';
import { GRPC, isServiceConfig, readServiceConfig } from './service-config.ts';
import { joinServiceConfigs } from './whole.ts';

/** gRPC service configs. */
export const GRPC_FORMAT = defineFormat({
  name: GRPC,
  mayBe: (text) => text.includes('methodConfig') || text.includes('retryThrottling'),
  recognises: isServiceConfig,
  read: readServiceConfig,
  join: joinServiceConfigs,
  rules: GRPC_RULES,
  generalRules: {},
});
