import type { Rule } from '../rule.ts';
import { breakerBlindToHangs } from './breaker-blind-to-hangs.ts';
import { breakerNeverEvaluates } from './breaker-never-evaluates.ts';
import { breakerOpenProlongsOutage } from './breaker-open-prolongs-outage.ts';
import { breakerOutsideRetry } from './breaker-outside-retry.ts';
import { breakerProbesBeforeRecovery } from './breaker-probes-before-recovery.ts';
import { breakerSlowCallUnreachable } from './breaker-slow-call-unreachable.ts';
import { breakerSpansCallees } from './breaker-spans-callees.ts';
import { breakerThresholdIneffective } from './breaker-threshold-ineffective.ts';
import { breakerTripsOnNoise } from './breaker-trips-on-noise.ts';
import { breakerTripsOnOneRequest } from './breaker-trips-on-one-request.ts';
import { breakerWindowShorterThanTimeout } from './breaker-window-shorter-than-timeout.ts';
import { halfOpenFlood } from './half-open-flood.ts';
import { halfOpenLimitAboveThreshold } from './half-open-limit-above-threshold.ts';

export const BREAKER_RULES: readonly Rule[] = [
  breakerNeverEvaluates,
  breakerThresholdIneffective,
  breakerSlowCallUnreachable,
  breakerWindowShorterThanTimeout,
  breakerBlindToHangs,
  breakerTripsOnOneRequest,
  breakerTripsOnNoise,
  breakerSpansCallees,
  breakerOutsideRetry,
  breakerOpenProlongsOutage,
  breakerProbesBeforeRecovery,
  halfOpenFlood,
  halfOpenLimitAboveThreshold,
];
