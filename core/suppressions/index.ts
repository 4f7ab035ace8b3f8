export { applySuppressions, type Judged } from './apply.ts';
export { checkSuppressions } from './check.ts';
export { isSuppressible, proposeSuppressions } from './propose.ts';
export { SUPPRESSION_RULES } from './rules.ts';
export { DIRECTIVE, readSuppressions, type Suppression } from './suppression.ts';
