import { type Config, readConfig } from './config/index.ts';
import { compareFindings, type Finding, type SuppressedFinding } from './model/finding.ts';
import { checkModel, RULES, type RuleFailureListener } from './rules/index.ts';
import { applySuppressions, checkSuppressions, readSuppressions } from './suppressions/index.ts';

/** A config and everything that is wrong with it. */
export interface Analysis extends Config {
  /** Problems of the text and findings of the rules, sorted by place. */
  readonly findings: readonly Finding[];
  /** What comments in the file silence. */
  readonly suppressed: readonly SuppressedFinding[];
}

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** Reads a config and runs every rule over what could be read. Never throws. */
export function analyse(
  text: string,
  file: string,
  onRuleFailure: RuleFailureListener = () => {},
): Analysis {
  const config = readConfig(text, file);
  const judged = new Set(config.problems.length === 0 ? RULE_IDS : []);
  const found = checkModel(config.model, {
    onRuleFailure: (rule, error) => {
      judged.delete(rule.id);
      onRuleFailure(rule, error);
    },
  });
  const suppressions = readSuppressions(config);
  const { findings, suppressed, used } = applySuppressions(found, suppressions);
  const ofSuppressions = checkSuppressions(suppressions, { known: RULE_IDS, judged, used });
  const all = [...config.problems, ...findings, ...ofSuppressions].sort(compareFindings);
  return { ...config, findings: all, suppressed };
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
