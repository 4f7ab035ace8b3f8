import type { Rule } from '../rule.ts';
import { objectivesContradict } from './objectives-contradict.ts';
import { recoveryExceedsErrorBudget } from './recovery-exceeds-error-budget.ts';
import { sloUnrealistic } from './slo-unrealistic.ts';

export const OBJECTIVE_RULES: readonly Rule[] = [
  sloUnrealistic,
  recoveryExceedsErrorBudget,
  objectivesContradict,
];
