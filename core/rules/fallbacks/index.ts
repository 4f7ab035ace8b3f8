import type { Rule } from '../rule.ts';
import { cacheExpiresBeforeRecovery } from './cache-expires-before-recovery.ts';
import { cacheLossOverloadsCallee } from './cache-loss-overloads-callee.ts';
import { cacheSeldomHelps } from './cache-seldom-helps.ts';
import { fallbackHidesFailures } from './fallback-hides-failures.ts';
import { fallbackOverloadsTarget } from './fallback-overloads-target.ts';
import { fallbackSameDependency } from './fallback-same-dependency.ts';
import { sharedFateDependency } from './shared-fate-dependency.ts';

export const FALLBACK_RULES: readonly Rule[] = [
  fallbackSameDependency,
  sharedFateDependency,
  fallbackHidesFailures,
  fallbackOverloadsTarget,
  cacheLossOverloadsCallee,
  cacheExpiresBeforeRecovery,
  cacheSeldomHelps,
];
