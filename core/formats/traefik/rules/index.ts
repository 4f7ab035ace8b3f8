import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';
import { traefikBreakerOpensAtOnce } from './breaker-opens-at-once.ts';
import { traefikDeadServerKept } from './dead-server-kept.ts';
import { traefikExpressionRefused } from './expression-refused.ts';
import { traefikFailoverWithoutCheck } from './failover-without-check.ts';
import { traefikGroupRemoved } from './group-removed.ts';
import { traefikRateLimitNone } from './rate-limit-none.ts';
import { traefikRetryImmediate } from './retry-immediate.ts';
import { traefikRetryOff } from './retry-off.ts';

export const TRAEFIK_RULES: readonly FormatRule<TraefikWhole>[] = [
  traefikRetryOff,
  traefikRetryImmediate,
  traefikExpressionRefused,
  traefikBreakerOpensAtOnce,
  traefikFailoverWithoutCheck,
  traefikDeadServerKept,
  traefikRateLimitNone,
  traefikGroupRemoved,
];
