import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';
import { istioDetectionOutOfPlace } from './detection-out-of-place.ts';
import { istioEjectionImpossible } from './ejection-impossible.ts';
import { istioEjectsEveryHost } from './ejects-every-host.ts';
import { istioFailoverWithoutDetection } from './failover-without-detection.ts';
import { istioFaultInjected } from './fault-injected.ts';
import { istioGatewayErrorsShadowed } from './gateway-errors-shadowed.ts';
import { istioLocalOriginNotSplit } from './local-origin-not-split.ts';
import { istioPoolOfOne } from './pool-of-one.ts';
import { istioRetriesWithoutAttempts } from './retries-without-attempts.ts';
import { istioSettingRemoved } from './setting-removed.ts';
import { istioTimeoutNotRetried } from './timeout-not-retried.ts';

export const ISTIO_RULES: readonly FormatRule<IstioWhole>[] = [
  istioTimeoutNotRetried,
  istioRetriesWithoutAttempts,
  istioFaultInjected,
  istioSettingRemoved,
  istioGatewayErrorsShadowed,
  istioLocalOriginNotSplit,
  istioEjectionImpossible,
  istioEjectsEveryHost,
  istioFailoverWithoutDetection,
  istioDetectionOutOfPlace,
  istioPoolOfOne,
];
