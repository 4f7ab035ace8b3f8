import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';
import { daprBreakerBlindToHangs } from './breaker-blind-to-hangs.ts';
import { daprBreakerOfBothDirections } from './breaker-of-both-directions.ts';
import { daprBreakerWithoutTimeout } from './breaker-without-timeout.ts';
import { daprFailuresNeverForgotten } from './failures-never-forgotten.ts';
import { daprOneRequestOpensBreaker } from './one-request-opens-breaker.ts';
import { daprPolicyOutOfPlace } from './policy-out-of-place.ts';
import { daprResourceRefused } from './resource-refused.ts';
import { daprRetriesUnlimited } from './retries-unlimited.ts';
import { daprSettingIgnored } from './setting-ignored.ts';
import { daprTimeoutWithoutUnit } from './timeout-without-unit.ts';
import { daprTripUnknownName } from './trip-unknown-name.ts';
import { daprTripWholeQuotient } from './trip-whole-quotient.ts';
import { daprUnknownPolicy } from './unknown-policy.ts';
import { daprUnusedPolicy } from './unused-policy.ts';

export const DAPR_RULES: readonly FormatRule<DaprWhole>[] = [
  daprUnknownPolicy,
  daprPolicyOutOfPlace,
  daprResourceRefused,
  daprUnusedPolicy,
  daprSettingIgnored,
  daprTimeoutWithoutUnit,
  daprRetriesUnlimited,
  daprTripUnknownName,
  daprTripWholeQuotient,
  daprFailuresNeverForgotten,
  daprBreakerBlindToHangs,
  daprOneRequestOpensBreaker,
  daprBreakerWithoutTimeout,
  daprBreakerOfBothDirections,
];
