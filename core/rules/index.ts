export { RULES, TOPICS } from './all.ts';
export { type CheckOptions, checkModel, type RuleFailureListener } from './check.ts';
export type { Evidence, Provable, Rule, RuleInfo, RuleParameter } from './rule.ts';
export { type RuleSetting, type RuleSettings, USUAL_SETTINGS } from './settings.ts';
