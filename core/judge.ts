import { compareWith, type KnownFindings } from './baseline/index.ts';
import type { Config, LineIndex } from './config/index.ts';
import { FORMAT_RULES } from './formats/index.ts';
import type { ImportedTexts } from './imports/index.ts';
import { compareFindings, type Finding, type SuppressedFinding } from './model/finding.ts';
import type { SourceRange } from './model/source.ts';
import {
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
  /** The other files that findings speak of, by name. */
  readonly elsewhere?: ReadonlyMap<string, FoundText>;
  /** Whose format the file is in, where it is not Faultline's own: `Dapr`. */
  readonly format?: string;
}

/** A text in which something was found. */
export interface FoundText {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/** The text that a place is in: of the file that was judged, or of another one. */
export function textAt(
  checked: FoundText & Pick<Analysis, 'elsewhere'>,
  { file }: SourceRange,
): FoundText {
  return checked.elsewhere?.get(file) ?? checked;
}

/** How a config is judged; plain data, which can cross to another thread. */
export interface Judging {
  readonly settings?: RuleSettings;
  /** What was there before. */
  readonly known?: KnownFindings;
  /** The files that the config imports; absent where it imports none, or none can be read. */
  readonly imports?: ImportedTexts;
}

export interface AnalyseOptions extends Judging {
  readonly onRuleFailure?: RuleFailureListener;
}

const RULE_IDS: ReadonlySet<string> = new Set([...RULES, ...FORMAT_RULES].map(({ id }) => id));

/**
 * What is reported of what rules have found in a file, and what is not.
 *
 * @param failed the ids of rules that could not judge it
 */
export function judge(
  config: Config,
  found: readonly Finding[],
  failed: ReadonlySet<string>,
  { settings = USUAL_SETTINGS, known = {} }: Judging,
): Analysis {
  const isOn = (id: string) => settings.get(id)?.severity !== 'off';
  const judged = new Set(
    config.problems.length === 0 ? [...RULE_IDS].filter((id) => isOn(id) && !failed.has(id)) : [],
  );
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
