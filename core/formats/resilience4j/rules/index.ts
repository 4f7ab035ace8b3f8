import type { FormatRule } from '../../format.ts';
import type { SpringWhole } from '../whole.ts';
import { resilience4jBackoffOff } from './backoff-off.ts';
import { resilience4jBackoffWithoutWait } from './backoff-without-wait.ts';
import { resilience4jDurationAsMap } from './duration-as-map.ts';
import { resilience4jDurationWithoutUnit } from './duration-without-unit.ts';
import { resilience4jExceptionBothWays } from './exception-both-ways.ts';
import { resilience4jInstanceNamedDefault } from './instance-named-default.ts';
import { resilience4jMinimumAboveWindow } from './minimum-above-window.ts';
import { resilience4jOneRequestOpensBreaker } from './one-request-opens-breaker.ts';
import { resilience4jOutOfPlace } from './out-of-place.ts';
import { resilience4jRateLimitWithoutPeriod } from './rate-limit-without-period.ts';
import { resilience4jRetriesOpenBreaker } from './retries-open-breaker.ts';
import { resilience4jSlowCallsUnreachable } from './slow-calls-unreachable.ts';
import { resilience4jTimeWindowInSeconds } from './time-window-in-seconds.ts';
import { resilience4jTimeWindowMinimum } from './time-window-minimum.ts';
import { resilience4jUnknownBaseConfig } from './unknown-base-config.ts';
import { resilience4jUnknownSetting } from './unknown-setting.ts';
import { resilience4jValueRefused } from './value-refused.ts';

export const RESILIENCE4J_RULES: readonly FormatRule<SpringWhole>[] = [
  resilience4jUnknownBaseConfig,
  resilience4jValueRefused,
  resilience4jDurationAsMap,
  resilience4jDurationWithoutUnit,
  resilience4jUnknownSetting,
  resilience4jOutOfPlace,
  resilience4jBackoffOff,
  resilience4jBackoffWithoutWait,
  resilience4jMinimumAboveWindow,
  resilience4jTimeWindowMinimum,
  resilience4jTimeWindowInSeconds,
  resilience4jSlowCallsUnreachable,
  resilience4jOneRequestOpensBreaker,
  resilience4jRetriesOpenBreaker,
  resilience4jExceptionBothWays,
  resilience4jRateLimitWithoutPeriod,
  resilience4jInstanceNamedDefault,
];
