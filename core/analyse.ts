import { compareWith, type KnownFindings } from './baseline/index.ts';
import { type Config, readConfig } from './config/index.ts';
import { compareFindings, type Finding, type SuppressedFinding } from './model/finding.ts';
import {
  checkModel,
  RULES,
  type RuleFailureListener,
  type RuleSettings,
  USUAL_SETTINGS,
} from './rules/index.ts';
import { applySuppressions, checkSuppressions, readSuppressions } from './suppressions/index.ts';

/** A config and everything that is wrong with it. */
export interface Analysis extends Config {
  /** Problems of the text and findings of the rules, sorted by place. */
  readonly findings: readonly Finding[];
  /** What is kept, but not reported: comments silence it, or it was there before. */
  readonly suppressed: readonly SuppressedFinding[];
  /** How many of the findings that were there before are gone. */
  readonly gone: number;
}

/** How a config is judged; plain data, which can cross to another thread. */
export interface Judging {
  readonly settings?: RuleSettings;
  /** What was there before. */
  readonly known?: KnownFindings;
}

export interface AnalyseOptions extends Judging {
  readonly onRuleFailure?: RuleFailureListener;
}

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** Reads a config and runs every rule over what could be read. Never throws. */
export function analyse(
  text: string,
  file: string,
  { settings = USUAL_SETTINGS, known = {}, onRuleFailure = () => {} }: AnalyseOptions = {},
): Analysis {
  const config = readConfig(text, file);
  const isOn = (id: string) => settings.get(id)?.severity !== 'off';
  const judged = new Set(config.problems.length === 0 ? [...RULE_IDS].filter(isOn) : []);
  const found = checkModel(config.model, {
    settings,
    onRuleFailure: (rule, error) => {
      judged.delete(rule.id);
      onRuleFailure(rule, error);
    },
  });
  const suppressions = readSuppressions(config);
  const { findings, suppressed, used } = applySuppressions(found, suppressions);
  const ofSuppressions = checkSuppressions(suppressions, { known: RULE_IDS, judged, used });
  const compared = compareWith(known, findings, config.root);
  return {
    ...config,
    findings: [
      ...config.problems,
      ...compared.findings,
      ...ofSuppressions.filter(({ ruleId }) => isOn(ruleId)).map((one) => asSet(one, settings)),
    ].sort(compareFindings),
    suppressed: [...suppressed, ...compared.suppressed].sort((a, b) => {
      return compareFindings(a.finding, b.finding);
    }),
    gone: compared.gone,
  };
}

/** As bad as the settings say. */
function asSet(finding: Finding, settings: RuleSettings): Finding {
  const severity = settings.get(finding.ruleId)?.severity;
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

const UNKNOWN_REFERENCE = RULES.filter(({ id }) => id === 'unknown-reference');

/**
 * What keeps a config from being simulated or loaded: errors of the text, and names that refer to
 * nothing, whether they are reported or not. Numbers and policies of a system that nobody described
 * would be worse than none.
 */
export function blockersOf({ problems, model }: Config): readonly Finding[] {
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...checkModel(model, { rules: UNKNOWN_REFERENCE }),
  ];
}
