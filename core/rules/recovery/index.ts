import type { Rule } from '../rule.ts';
import { detectionTooSlow } from './detection-too-slow.ts';
import { detectionWithoutTolerance } from './detection-without-tolerance.ts';
import { recoveryGivesUp } from './recovery-gives-up.ts';
import { rtoNotMet } from './rto-not-met.ts';
import { standbyActivationTooSlow } from './standby-activation-too-slow.ts';

export const RECOVERY_RULES: readonly Rule[] = [
  standbyActivationTooSlow,
  rtoNotMet,
  detectionTooSlow,
  detectionWithoutTolerance,
  recoveryGivesUp,
];
