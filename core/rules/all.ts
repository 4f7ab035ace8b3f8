import { BREAKER_RULES } from './breakers/index.ts';
import { FALLBACK_RULES } from './fallbacks/index.ts';
import { GRAPH_RULES } from './graph/index.ts';
import { OBJECTIVE_RULES } from './objectives/index.ts';
import { POOL_RULES } from './pools/index.ts';
import { RECOVERY_RULES } from './recovery/index.ts';
import { REDUNDANCY_RULES } from './redundancy/index.ts';
import { REPLICATION_RULES } from './replication/index.ts';
import { RETRY_RULES } from './retries/index.ts';
import type { Rule } from './rule.ts';
import { SCENARIO_RULES } from './scenarios/index.ts';
import { SETTING_RULES } from './settings/index.ts';
import { TIMEOUT_RULES } from './timeouts/index.ts';

/** Every rule by topic, in the order of the documentation. */
export const TOPICS: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  { title: 'Redundancy', rules: REDUNDANCY_RULES },
  { title: 'Replication', rules: REPLICATION_RULES },
  { title: 'Failover and recovery', rules: RECOVERY_RULES },
  { title: 'Objectives', rules: OBJECTIVE_RULES },
  { title: 'References and dependencies', rules: GRAPH_RULES },
  { title: 'Timeouts', rules: TIMEOUT_RULES },
  { title: 'Retries and hedges', rules: RETRY_RULES },
  { title: 'Circuit breakers', rules: BREAKER_RULES },
  { title: 'Pools and limits', rules: POOL_RULES },
  { title: 'Fallbacks and caches', rules: FALLBACK_RULES },
  { title: 'Settings', rules: SETTING_RULES },
  { title: 'Scenarios', rules: SCENARIO_RULES },
];

export const RULES: readonly Rule[] = TOPICS.flatMap(({ rules }) => rules);
