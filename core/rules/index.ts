export { RULES, TOPICS } from './all.ts';
export { checkModel, type RuleFailureListener } from './check.ts';
export type { Evidence, Rule, RuleInfo } from './rule.ts';
