import { type Config, readConfig } from './config/index.ts';
import { compareFindings, type Finding } from './model/finding.ts';
import { checkModel, type RuleFailureListener } from './rules/index.ts';

/** A config and everything that is wrong with it. */
export interface Analysis extends Config {
  /** Problems of the text and findings of the rules, sorted by place. */
  readonly findings: readonly Finding[];
}

/** Reads a config and runs every rule over what could be read. Never throws. */
export function analyse(text: string, file: string, onRuleFailure?: RuleFailureListener): Analysis {
  const config = readConfig(text, file);
  const found = checkModel(config.model, onRuleFailure);
  return { ...config, findings: [...config.problems, ...found].sort(compareFindings) };
}

/**
 * What keeps a config from being simulated or loaded: errors of the text, and names that refer to
 * nothing. Numbers and policies of a system that nobody described would be worse than none.
 */
export function blockersOf({ problems, findings }: Analysis): readonly Finding[] {
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ ruleId }) => ruleId === 'unknown-reference'),
  ];
}
