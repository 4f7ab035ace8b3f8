import type { Rule } from '../rule.ts';
import { dependencyLacksExtraNine } from './dependency-lacks-extra-nine.ts';
import { latencyObjectiveUnreachable } from './latency-objective-unreachable.ts';
import { objectivesContradict } from './objectives-contradict.ts';
import { recoveryExceedsErrorBudget } from './recovery-exceeds-error-budget.ts';
import { sloAboveDependencyCeiling } from './slo-above-dependency-ceiling.ts';
import { sloUnrealistic } from './slo-unrealistic.ts';

export const OBJECTIVE_RULES: readonly Rule[] = [
  sloUnrealistic,
  sloAboveDependencyCeiling,
  dependencyLacksExtraNine,
  recoveryExceedsErrorBudget,
  objectivesContradict,
  latencyObjectiveUnreachable,
];
